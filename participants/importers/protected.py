"""Workbooks with a password, opened in memory."""

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from participants.importers.archive import is_locked_ods
from participants.importers.workbook import OLE
from regions.alone import run_alone

# Each round costs; Excel takes 100,000.
_MOST_ROUNDS = 1_000_000
_ROUNDS = re.compile(rb'spinCount="(\d{1,12})"')
LONGEST_PASSWORD = 255
_MOST_SECONDS = 60
# Run alone, and imported by no module.
_UNLOCK_ODS = Path(__file__).with_name("unlock_ods.py")
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
    if content.startswith(b"PK"):
        return is_locked_ods(BytesIO(content))
    if not content.startswith(OLE):
        return False
    try:
        return bool(msoffcrypto.OfficeFile(BytesIO(content)).is_encrypted())
    except _BROKEN:
        return False


def unlocked(content: bytes, password: str) -> bytes:
    """The workbook without its protection. Raises WrongPassword."""
    if content.startswith(b"PK"):
        return _unlocked_ods(content, password)
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


def _unlocked_ods(content: bytes, password: str) -> bytes:
    """Opened in a process of its own: what it says it costs to open, and to unpack, may be anything."""
    if not password or len(password) > LONGEST_PASSWORD:
        raise WrongPassword
    try:
        code, opened = run_alone(_UNLOCK_ODS, password, content, _MOST_SECONDS)
    except TimeoutError as error:
        raise WrongPassword from error
    if code or not opened:
        raise WrongPassword
    return opened
