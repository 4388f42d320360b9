"""Workbooks with a password, opened in memory."""

import re
import struct
import zlib
from io import BytesIO

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

# Each round costs; Excel takes 100,000.
_MOST_ROUNDS = 1_000_000
_ROUNDS = re.compile(rb'spinCount="(\d{1,12})"')
LONGEST_PASSWORD = 255
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    DecryptionError,
    FileFormatError,
    InvalidKeyError,
    ParseError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    struct.error,
    zlib.error,
)


class WrongPassword(Exception):
    """The password, or the way the workbook is closed, does not let it be opened."""


def needs_password(content: bytes) -> bool:
    """Whether a workbook opens with a password only; what is no workbook at all does not."""
    if not content.startswith(_OLE):
        return False
    try:
        return bool(msoffcrypto.OfficeFile(BytesIO(content)).is_encrypted())
    except _BROKEN:
        return False


def unlocked(content: bytes, password: str) -> bytes:
    """The workbook without its protection. Raises WrongPassword."""
    rounds = [int(found) for found in _ROUNDS.findall(content)]
    if not password or len(password) > LONGEST_PASSWORD or any(count > _MOST_ROUNDS for count in rounds):
        raise WrongPassword
    opened = BytesIO()
    try:
        office = msoffcrypto.OfficeFile(BytesIO(content))
        office.load_key(password=password)
        office.decrypt(opened)
    except _BROKEN as error:
        raise WrongPassword from error
    return opened.getvalue()
