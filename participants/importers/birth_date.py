"""Dates of birth as lists write them."""

import re
from datetime import date, datetime, timedelta

from regions.month import SHORT_NAMES

_EARLIEST = date(1900, 1, 1)
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(1, 60_000)
_USUAL = re.compile(r"(\d{2})[-/](\d{2})[-/](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[-/. ]*([a-z]{3,9})[-/., ]*(\d{4}|\d{2})")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4})")
_CLOCK = re.compile(r"[t ](\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:[.,]\d+)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$")
# A day written as a moment of another zone: midnight here is 15.00, 16.00 or 17.00 the day before in UTC.
_NEXT_DAY_FROM = 14.5
_DAY_OR_MONTH = re.compile(r"\s*['’‘`]?(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})\s*")


class NotADate(ValueError):
    """The cell names no day, or one that cannot be a birth date."""


def parse_birth_date(cell: object, *, today: date, month_first: bool = False) -> date | None:
    """`07/04/1965`, `7 April 1965`, `1965-04-07`, `Cilegon, 07-04-1965`, a date cell → date.

    An empty cell → None. `month_first` is for columns that say so throughout. Raises NotADate for an
    impossible day, the future and before 1900.
    """
    if month_first and isinstance(cell, str) and (numbers := numbers_of(cell)):
        cell = f"{numbers[1]:02}/{numbers[0]:02}/{numbers[2]}"
    day = day_of(cell, today=today)
    if day is not None and not _EARLIEST <= day <= today:
        raise NotADate
    return day


def numbers_of(cell: str) -> tuple[int, int, str] | None:
    """The first, second and last number of a date written with three numbers, the year last."""
    found = _DAY_OR_MONTH.fullmatch(cell)
    return (int(found[1]), int(found[2]), found[3]) if found else None


def swapped(day: date) -> date | None:
    """The day with day and month exchanged; None where that is the same or no day."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def day_of(cell: object, *, today: date) -> date | None:
    """The day a cell names, whatever it is the day of; None for an empty cell. Raises NotADate."""
    if isinstance(cell, str) and (match := _USUAL.fullmatch(cell)):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    if isinstance(cell, datetime):
        return _nearest(cell.date(), cell.hour + cell.minute / 60)
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell == cell and int(min(max(cell, -1), 10**6)) in _SERIALS:  # noqa: PLR0124 - not a number
            return _nearest(_SERIAL_ORIGIN + timedelta(days=int(cell)), cell % 1 * 24)
        raise NotADate
    if not isinstance(cell, str):
        raise NotADate
    text = " ".join(cell.replace("\u00a0", " ").lower().strip(" '’`").split())
    if not text or text == "-":
        return None
    for part in (text, text.rpartition(",")[2].strip(), text.partition(" ")[2]):
        clock = _CLOCK.search(part)
        if part and (found := _from_text(part[: clock.start()] if clock else part, today)):
            hours = int(clock[1]) + int(clock[2]) / 60 if clock else 0
            offset = clock is not None and clock[3] is not None and clock[3][0] in "+-"
            return found if offset else _nearest(found, hours)
    raise NotADate


def _nearest(day: date, hours: float) -> date:
    """The day meant by a moment: exporters write midnight as the evening before."""
    return day + timedelta(days=1) if hours >= _NEXT_DAY_FROM else day


def _from_text(text: str, today: date) -> date | None:
    """None where the text has another shape; raises NotADate for a day no calendar has."""
    if match := _YEAR_FIRST.fullmatch(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if (match := _PACKED.fullmatch(text)) and int(match[3]) < _EARLIEST.year:
        # No year of a birth: eight digits with the year first.
        return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if match := _DAY_FIRST.fullmatch(text) or _PACKED.fullmatch(text):
        return _date(_year(match[3], today), int(match[2]), int(match[1]))
    if (match := _NAMED.fullmatch(text)) and (month := SHORT_NAMES.get(match[2][:3])):
        return _date(_year(match[3], today), month, int(match[1]))
    return None


def _year(text: str, today: date) -> int:
    """Two digits mean the last hundred years."""
    if len(text) == 4:
        return int(text)
    century = today.year - today.year % 100
    return century + int(text) - (100 if int(text) > today.year % 100 else 0)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NotADate from error
