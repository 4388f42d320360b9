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
_LONGEST_PASSWORD = 255


class WrongPassword(Exception):
    """The password, or the way the workbook is closed, does not let it be opened."""


def unlocked(content: bytes, password: str) -> bytes:
    """The workbook without its protection. Raises WrongPassword."""
    rounds = [int(found) for found in _ROUNDS.findall(content)]
    if not password or len(password) > _LONGEST_PASSWORD or any(count > _MOST_ROUNDS for count in rounds):
        raise WrongPassword
    opened = BytesIO()
    try:
        office = msoffcrypto.OfficeFile(BytesIO(content))
        office.load_key(password=password)
        office.decrypt(opened)
    except (
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
    ) as error:
        raise WrongPassword from error
    return opened.getvalue()
