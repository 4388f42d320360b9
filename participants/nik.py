"""NIK, the 16 digits of a person: `PPKKCC DDMMYY SSSS`, with 40 added to the day of women.

The digits never leave this value by accident: `str()` and `repr()` show the masked form.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regions.plain_characters import plain_text

_FILLING = re.compile(r"[\s.\-\u2010-\u2013'’‘`\"=]")
_BLANKS = re.compile(r"[\s'’‘`\"]")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_DECIMAL_TAIL = re.compile(r"\d{15,16}[.,]0+")
_SEVERAL = re.compile(r"\d{16}\D+\d{16}")
# Digits, or letters that are taken for digits, with the marks people set between groups.
_LOOK_ALIKE = "OoDQIlLi|SsBbZzGgq"
_LONG_NUMBER = re.compile(rf"\d(?:[\s.\-']?\d|[{_LOOK_ALIKE}])*")
_LONG_WORD = re.compile(r"[^\W_]{14,20}")
_LEAST_DIGITS = 9
_DIGITS = re.compile(r"[0-9]+")
# As this application and others give it back.
_MASKED = re.compile(r"[0-9]{2,8}[*xX•●]{4,}[0-9]{0,6}")
_FEMALE = 40


class NikReason(StrEnum):
    MISSING = "nik_missing"
    DAMAGED = "nik_damaged_by_spreadsheet"
    WRONG_LENGTH = "nik_wrong_length"
    NOT_DIGITS = "nik_not_digits"
    IMPOSSIBLE = "nik_impossible"
    SEVERAL = "several_nik"
    MASKED = "nik_masked"


class NikRefused(ValueError):
    """The cell holds no usable NIK; `reason` says why, the digits are not repeated here."""

    def __init__(self, reason: NikReason) -> None:
        self.reason = reason
        super().__init__(reason.value)


class NikDoubt(StrEnum):
    """Why a NIK makes one look twice; never a refusal, since regions are recoded and dates corrected."""

    DATE = "date_differs_from_nik"
    SEX = "sex_differs_from_nik"
    REGION = "region_differs_from_nik"


@dataclass(frozen=True, slots=True, repr=False)
class Nik:
    digits: str

    def __post_init__(self) -> None:
        """Raises NikRefused unless the digits can be a NIK."""
        if not _DIGITS.fullmatch(self.digits):
            raise NikRefused(NikReason.NOT_DIGITS)
        if len(self.digits) != 16:
            raise NikRefused(NikReason.WRONG_LENGTH)
        day, month = int(self.digits[6:8]), int(self.digits[8:10])
        possible_day = 1 <= day <= 31 or 1 <= day - _FEMALE <= 31
        same = len(set(self.digits)) == 1
        if not possible_day or not 1 <= month <= 12 or self.digits[12:] == "0000" or same:
            raise NikRefused(NikReason.IMPOSSIBLE)

    @property
    def masked(self) -> str:
        return f"{self.digits[:6]}******{self.digits[-4:]}"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Nik({self.masked})"

    @property
    def region(self) -> str:
        """The regency of first issue as four digits, e.g. `3672`."""
        return self.digits[:4]

    @property
    def sex(self) -> str:
        """`L` or `P`, as the day of birth tells."""
        return "P" if int(self.digits[6:8]) > _FEMALE else "L"

    def agrees_with(self, birth_date: date) -> bool:
        day = birth_date.day + (_FEMALE if self.sex == "P" else 0)
        return self.digits[6:12] == f"{day:02}{birth_date.month:02}{birth_date.year % 100:02}"


def parse_nik(cell: object) -> Nik:
    """`3672…`, `'3672…`, `3672 0307 …` → Nik. Raises NikRefused otherwise.

    A number has lost its last digit in the spreadsheet and is refused, never guessed.
    """
    if cell is None or (isinstance(cell, str) and not _FILLING.sub("", cell)):
        raise NikRefused(NikReason.MISSING)
    if not isinstance(cell, str):
        raise NikRefused(NikReason.DAMAGED)
    text = cell.strip()
    if len(text) == 16 and _DIGITS.fullmatch(text):
        return Nik(text)
    if not text.isascii():
        # Wide digits and marks of direction, as they come from web pages and telephones.
        text = plain_text(unicodedata.normalize("NFKC", text))
    if _SEVERAL.search(text):
        raise NikRefused(NikReason.SEVERAL)
    if _SCIENTIFIC.fullmatch(_BLANKS.sub("", text)) or _DECIMAL_TAIL.fullmatch(text):
        raise NikRefused(NikReason.DAMAGED)
    bare = _FILLING.sub("", text)
    if _MASKED.fullmatch(bare):
        raise NikRefused(NikReason.MASKED)
    return Nik(bare)


def list_doubts(nik: Nik, *, birth_date: date | None, sex: str, region: str) -> list[NikDoubt]:
    """What differs between a NIK and its row; `region` is a Kemendagri code such as `36.72`, or empty."""
    doubts = []
    if birth_date and not nik.agrees_with(birth_date):
        doubts.append(NikDoubt.DATE)
    if sex and sex != nik.sex:
        doubts.append(NikDoubt.SEX)
    expected = region.replace(".", "")[:4]
    if expected.isdigit() and not nik.digits.startswith(expected):
        doubts.append(NikDoubt.REGION)
    return doubts


def mask_phone(phone: str) -> str:
    """Its first four and last two digits."""
    return f"{phone[:4]}{'*' * (len(phone) - 6)}{phone[-2:]}" if phone else ""


def mask_digits(text: str) -> str:
    """The text with every long number reduced to its first six and last four characters, or less.

    A number with a letter typed for a digit is a number of a person all the same.
    """
    if sum(map(str.isdigit, text)) < _LEAST_DIGITS:
        return text
    return _LONG_WORD.sub(_masked_word, _LONG_NUMBER.sub(_masked_number, text))


def _masked_number(found: re.Match[str]) -> str:
    run = found[0]
    signs = "".join(sign for sign in run if sign.isdigit() or sign in _LOOK_ALIKE)
    if len(signs) < 10 or sum(map(str.isdigit, signs)) < _LEAST_DIGITS:
        return run
    return _masked(signs)


def _masked_word(found: re.Match[str]) -> str:
    return _masked(found[0]) if sum(map(str.isdigit, found[0])) >= 12 else found[0]


def _masked(signs: str) -> str:
    if len(signs) < 14:
        return signs[:4] + "*" * (len(signs) - 4)
    return signs[:6] + "*" * (len(signs) - 10) + signs[-4:]
