"""Months as files of money write them: one, a range, a quarter, half a year."""

import re
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.importers.money_cells import CellRefused, date_of, text_of
from participants.importers.birth_date import NotADate, day_of
from participants.importers.workbook import Cell
from regions.month import YEARS, add_months, first_of, parse_month

_LONGEST = 60
_PACKED = re.compile(r"(\d{4})(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.]\s*(\d{1,2})")
_BETWEEN = re.compile(
    r"\s*(?:–|—|s/d|\bs\.?\s?d\.?(?!\w)|\bsampai(?:\s+dengan)?\b|\bhingga\b)\s*|\s+-\s+", re.IGNORECASE
)
# `Januari-Maret 2025`, `Jan-Mar 2025`, `Des 2024-Feb 2025`: a hyphen between names.
_HYPHEN = re.compile(r"(?<=[A-Za-z0-9])\s*-\s*(?=[A-Za-z])")
# `7/2025-9/2025`, `2025/07-2025/09`, `202507-202509`: a hyphen between numbers.
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*-\s*(?=\d{1,2}[/.]\d{4}$|\d{4}[/.]?\d{2}$)")
# `07-09/2025`, `7-9 2025`: no day, whose parts would have one mark between them.
_TWO_NUMBERS = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2})\s*[/. ]\s*(\d{4})", re.ASCII)
_SPACED = re.compile(r"(\d{1,2})\s*[/. ]\s*(\d{4})")
_ONLY_MONTH = re.compile(r"\d{1,2}")
_BEFORE = re.compile(r"(?:untuk\s+)?(?:bulan|bln|periode|masa)\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUMERALS |= {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
_PART = re.compile(
    r"(?P<word>triwulan|tri wulan|tw|kuartal|kwartal|q|semester|smt|sem|caturwulan|cawu)\W*"
    r"(?:ke\W*)?(?P<which>iv|iii|ii|i|[1-4]|pertama|kedua|ketiga|keempat)(?:\W*(?:tahun|ta|th)?\W*(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(r"(?:tahun|ta|tahun anggaran)\W*(\d{4})", re.IGNORECASE)


def months_of(cell: Cell, paid: date | None = None) -> tuple[date, date]:
    """`Juli 2025`, `2025/07`, `Januari-Maret 2025`, `TW 2`, `Semester I 2025` … Raises CellRefused.

    A quarter that names no year is the last one that had begun when it was `paid`.
    """
    if isinstance(cell, date):
        return first_of(date_of(cell)), first_of(date_of(cell))
    text = text_of(cell)
    said = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    if numbers := _TWO_NUMBERS.fullmatch(said):
        first, last = (_month_in(f"{number}/{numbers[3]}") for number in numbers.group(1, 2))
        if first and last and first <= last:
            return first, last
        raise _no_month(text)
    found = _month_in(said)
    if found is not None:
        return found, found
    span = _part_of_year(said, paid) or _range(said)
    if span:
        return span
    raise _no_month(text)


def months_of_days(cell: Cell) -> tuple[date, date]:
    """The same where days are told: `1 Maret 2025` is March. Raises CellRefused."""
    try:
        day = first_of(date_of(cell))
    except CellRefused:
        return months_of(cell)
    return day, day


def _no_month(text: str) -> CellRefused:
    return CellRefused(
        _("“%(said)s” bukan bulan. Tulis seperti Juli 2025, 2025-07, atau 07/2025.")
        % {"said": text[:_LONGEST]}
    )


def _part_of_year(text: str, paid: date | None) -> tuple[date, date] | None:
    if whole := _WHOLE_YEAR.fullmatch(text):
        year = int(whole[1])
        return (date(year, 1, 1), date(year, 12, 1)) if year in YEARS else None
    part = _PART.fullmatch(text)
    if not part:
        return None
    word, which = part["word"].lower(), _NUMERALS[part["which"].lower()]
    months = 6 if word.startswith("s") else 4 if word.startswith("ca") else 3
    if which * months > 12:
        return None
    start = (which - 1) * months + 1
    if part["year"]:
        year = int(part["year"])
    elif paid is not None:
        year = paid.year if date(paid.year, start, 1) <= paid else paid.year - 1
    else:
        return None
    first = date(year, start, 1) if year in YEARS else None
    return (first, add_months(first, months - 1)) if first else None


def _range(text: str) -> tuple[date, date] | None:
    for mark in (_BETWEEN, _HYPHEN, _BETWEEN_NUMBERS):
        parts = mark.split(text)
        if len(parts) != 2:
            continue
        last, year = _month_in(parts[1]), _YEAR.search(parts[1])
        if year and _ONLY_MONTH.fullmatch(parts[0].strip()):
            first = _month_in(f"{parts[0].strip()}/{year[1]}")
        else:
            first = _month_in(parts[0]) or (_month_in(f"{parts[0]} {year[1]}") if year else None)
        if first and last:
            return first, last
    return None


def _month_in(text: str) -> date | None:
    try:
        return parse_month(text)
    except ValueError:
        pass
    packed = _PACKED.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if packed and packed[0].isascii():
        year, month = int(packed[1]), int(packed[2])
        return date(year, month, 1) if year in YEARS and 1 <= month <= 12 else None
    if (spaced := _SPACED.fullmatch(text)) and spaced[0].isascii():
        year, month = int(spaced[2]), int(spaced[1])
        return date(year, month, 1) if year in YEARS and 1 <= month <= 12 else None
    try:
        day = day_of(text, today=localdate()) if "/" in text or "-" in text else None
    except NotADate:
        return None
    return first_of(day) if day and day.year in YEARS else None
