"""Months as values: a period is the first day of its month."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.timezone import localdate

# First and last month, both included; None as last means open-ended.
Span = tuple[date, date | None]

_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/.](\d{4})")
# Years that a report can speak of; others are slips of the hand.
YEARS = range(1950, 2200)
_NAMED = re.compile(r"([a-z]{3,})\.?[-/ ]?(\d{4}|\d{2})")
# Short and English names beside the beginnings of the full ones.
SHORT_NAMES = {
    **{"jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7},
    **{"agu": 8, "agt": 8, "ags": 8, "agst": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10},
    **{"nov": 11, "nop": 11, "des": 12, "dec": 12},
}
_NAMES = [
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
]


def first_of(day: date) -> date:
    return day.replace(day=1)


def next_month(month: date) -> date:
    return add_months(month, 1)


def add_months(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def last_day(month: date) -> date:
    return date.fromordinal(next_month(first_of(month)).toordinal() - 1)


def fiscal_year_start(month: date) -> date:
    """The Indonesian fiscal year is the calendar year (UU 17/2003)."""
    return date(month.year, 1, 1)


def year_end(month: date) -> date:
    """The last month of its fiscal year."""
    return date(month.year, 12, 1)


def year_end_before(month: date) -> date:
    """December of the year before, with which the month's year is compared."""
    return date(month.year - 1, 12, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from `first` to `last`, both included; nothing when `last` is earlier."""
    month = first_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def months_from(first: date, last: date) -> int:
    """How many months later the last one is; negative where it is earlier."""
    return (last.year - first.year) * 12 + last.month - first.month


def month_choices(shown: date) -> list[date]:
    """What a list offers: the months of four fiscal years, newest first, and the one shown in any case."""
    newest = max(year_end(shown), year_end(localdate()))
    listed = [add_months(newest, -back) for back in range(4 * 12)]
    return listed if shown in listed else [*listed, shown]


def parse_month(text: str) -> date:
    """`2024-08`, `08/2024`, `Agustus 2024`, `Agu 2024` and `Agt-24` → 1 August 2024; else ValueError."""
    cleaned = " ".join(text.split()).lower()
    if match := _ISO_MONTH.fullmatch(cleaned):
        return _month(int(match[1]), int(match[2]))
    if match := _MONTH_FIRST.fullmatch(cleaned):
        return _month(int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(cleaned):
        found = [i for i, name in enumerate(_NAMES, start=1) if name.startswith(match[1])]
        found = found if len(found) == 1 else [SHORT_NAMES[match[1]]] if match[1] in SHORT_NAMES else []
        if found:
            return _month(int(match[2]) + (2000 if len(match[2]) == 2 else 0), found[0])
    raise ValueError(text)


def _month(year: int, month: int) -> date:
    if year not in YEARS:
        raise ValueError(year)
    return date(year, month, 1)


@lru_cache(maxsize=2048)
def iso_month(month: date) -> str:
    return f"{month:%Y-%m}"
