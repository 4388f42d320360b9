"""Telephones and numbers of membership cards as cells hold them; what a spreadsheet cut is no number."""

import re
from typing import NamedTuple

from participants.importers.faults import Doubt

_KPJ_LENGTH = 11
_NO_DIGIT = re.compile(r"\D+")
_DIGIT = re.compile(r"\d")
_POWER = re.compile(r"\d(?:[.,]\d+)?\s*e\s*[+-]?\s*\d{1,3}", re.IGNORECASE)
# A number format that shows cents.
_CENTS = re.compile(r"(\d{8,15})[.,]0{1,2}")
_EXTENSION = re.compile(r"\b(ext|pes|pesawat)\b.*", re.IGNORECASE)
_BETWEEN = re.compile(r"[/;,&|]|\batau\b|\bdan\b|\s{2,}|\n", re.IGNORECASE)
# So many noughts at the end are what a spreadsheet leaves of a number it cut.
_CUT_PHONE, _CUT_KPJ = "000000", "00000"
_WORDS = re.compile(r"[^\d+ .\-]+")
_PHONE_DIGITS = range(8, 16)
_USUAL = range(10, 14)


class ReadNumber(NamedTuple):
    """Digits to keep, or none, and what somebody should know of the cell."""

    digits: str
    doubt: Doubt | None = None


def kpj_in(text: str) -> ReadNumber:
    """The eleven digits of a card; anything else is no number of a card and is not kept."""
    if len(text) == _KPJ_LENGTH and text.isdigit() and not text.endswith(_CUT_KPJ):
        return ReadNumber(text)
    if not text:
        return ReadNumber("")
    if _POWER.search(text):
        return ReadNumber("", Doubt.KPJ_CUT)
    cents = _CENTS.fullmatch(text)
    digits = _NO_DIGIT.sub("", cents[1] if cents else text)
    if len(digits) != _KPJ_LENGTH:
        return ReadNumber("", Doubt.KPJ_UNCLEAR)
    return ReadNumber("", Doubt.KPJ_CUT) if digits.endswith(_CUT_KPJ) else ReadNumber(digits)


def phone_in(text: str) -> ReadNumber:
    """Digits with their leading 0, which spreadsheets drop; of several numbers the first."""
    if len(text) in _USUAL and text.startswith("08") and text.isdigit() and not text.endswith(_CUT_PHONE):
        return ReadNumber(text)
    if not text or not _DIGIT.search(text):
        return ReadNumber("")
    if _POWER.search(text):
        return ReadNumber("", Doubt.PHONE_CUT)
    cents = _CENTS.fullmatch(text)
    parts = _numbers_in(_EXTENSION.sub("", cents[1] if cents else text))
    if not parts:
        return ReadNumber("", Doubt.PHONE_UNCLEAR)
    if parts[0].endswith(_CUT_PHONE):
        return ReadNumber("", Doubt.PHONE_CUT)
    return ReadNumber(parts[0], Doubt.PHONE_SEVERAL if len(parts) > 1 else None)


def _numbers_in(text: str) -> list[str]:
    """The telephones of a cell: one with any marks in it, or several with a mark between them."""
    whole = _with_nought(_NO_DIGIT.sub("", text))
    separate = [number for part in _BETWEEN.split(text) if (number := _with_nought(_NO_DIGIT.sub("", part)))]
    complete = [number for number in separate if len(number) in _PHONE_DIGITS]
    if len(complete) > 1:
        return complete
    if len(whole) in _PHONE_DIGITS:
        return [whole]
    # Several numbers with words or brackets between them, or nothing but a blank.
    worded = [_with_nought(_NO_DIGIT.sub("", part)) for part in _WORDS.split(text)]
    complete = complete or [number for number in worded if len(number) in _PHONE_DIGITS]
    spaced = [_with_nought(_NO_DIGIT.sub("", part)) for part in text.split()]
    return complete or [number for number in spaced if len(number) in _PHONE_DIGITS]


def _with_nought(digits: str) -> str:
    if digits.startswith("62") and len(digits) > 9:
        digits = digits[2:].lstrip("0")
    return f"0{digits}" if digits.startswith("8") else digits
