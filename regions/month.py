"""Months as values: a period is the first day of its month."""

import re
from collections.abc import Iterator
from datetime import date

_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


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


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from `first` to `last`, both included; nothing when `last` is earlier."""
    month = first_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def parse_month(text: str) -> date:
    """`2024-08` → 1 August 2024. Raises ValueError for anything else."""
    match = _ISO_MONTH.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), 1)


def iso_month(month: date) -> str:
    return f"{month:%Y-%m}"
