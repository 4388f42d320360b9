"""NIK, the 16 digits of a person: `PPKKCC DDMMYY SSSS`, with 40 added to the day of women.

The digits never leave this value by accident: `str()` and `repr()` show the masked form.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_FILLING = re.compile(r"[\s.\-\u00a0\u200b\u2010-\u2013'’‘`\"]")
_BLANKS = re.compile(r"[\s'’‘`\"]")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
_DECIMAL_TAIL = re.compile(r"\d{15,16}[.,]0+")
_LONG_DIGITS = re.compile(r"\d(?:[\s.\-']?\d){9,}")
_DIGITS = re.compile(r"[0-9]+")
_FEMALE = 40


class NikReason(StrEnum):
    MISSING = "nik_missing"
    DAMAGED = "nik_damaged_by_spreadsheet"
    WRONG_LENGTH = "nik_wrong_length"
    NOT_DIGITS = "nik_not_digits"
    IMPOSSIBLE = "nik_impossible"


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
    if _SCIENTIFIC.fullmatch(_BLANKS.sub("", text)) or _DECIMAL_TAIL.fullmatch(text):
        raise NikRefused(NikReason.DAMAGED)
    return Nik(_FILLING.sub("", text))


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


def mask_digits(text: str) -> str:
    """The text with every run of ten or more digits reduced to its first six and last four, or less."""
    return _LONG_DIGITS.sub(lambda found: _masked_run(found[0]), text)


def _masked_run(run: str) -> str:
    digits = "".join(filter(str.isdigit, run))
    if len(digits) < 14:
        return digits[:4] + "*" * (len(digits) - 4)
    return digits[:6] + "*" * (len(digits) - 10) + digits[-4:]
