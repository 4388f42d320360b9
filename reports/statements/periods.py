"""Which days a text speaks of: `22 Agustus 2024`, `(22/8/2024)`, `triwulan III 2025`, `TA 2025`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from regions.month import SHORT_NAMES, add_months, last_day
from reports.statements.passed_over import MONTHS

_FULL = {
    **{"januari": 1, "februari": 2, "pebruari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7},
    **{
        "agustus": 8,
        "september": 9,
        "sept": 9,
        "oktober": 10,
        "november": 11,
        "nopember": 11,
        "desember": 12,
    },
    **{"january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10},
    **{"december": 12, **SHORT_NAMES},
}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WORDED = {"pertama": 1, "kedua": 2, "ketiga": 3, "keempat": 4}
_DAY = re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{MONTHS})\b\.?,? (?P<year>\d{{4}})", re.IGNORECASE)
_SLASHED = re.compile(r"\b(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})\b")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_MONTH = re.compile(rf"(?<!\d )\b(?P<month>{MONTHS})\b\.? (?P<year>\d{{4}})\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?P<kind>triwulan|tw|kuartal|semester)\.? ?-?(?:ke-? ?)?(?P<which>iv"
    r"|i{1,3}|[1-4]|pertama|kedua|ketiga|keempat)\b"
    r"(?:[ /]+(?:tahun )?(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:tahun|ta|t\.a\.|tahun anggaran|apbd|akhir)\.? (?P<year>(?:19|20)\d{2})\b", re.IGNORECASE
)
_BARE = re.compile(r"(?<![\w.,/-])20\d\d(?!\w|[.,/-]\d)")
_RELATIVE = (
    (re.compile(r"\btahun (?:lalu|sebelumnya|kemarin)\b", re.IGNORECASE), -1),
    (re.compile(r"\btahun ini\b", re.IGNORECASE), 0),
)


@dataclass(frozen=True)
class SaidPeriod:
    """The first and the last day that are meant."""

    start: int
    end: int
    first: date
    last: date


def periods(text: str, on: date) -> list[SaidPeriod]:
    """In order; years and quarters without a year, and `tahun lalu`, are of the day `on` of the text."""
    found: list[SaidPeriod] = []
    for one in (
        *_days(text),
        *_months(text),
        *_parts(text, on),
        *_years(text),
        *_bare(text),
        *_relative(text, on),
    ):
        if not any(other.start < one.end and one.start < other.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _days(text: str) -> Iterator[SaidPeriod]:
    for rule in (_DAY, _SLASHED, _ISO):
        for match in rule.finditer(text):
            name = match["month"].lower()
            month = int(name) if name.isdigit() else _FULL.get(name, 0)
            try:
                day = date(int(match["year"]), month, int(match["day"]))
            except ValueError:
                continue
            yield SaidPeriod(match.start(), match.end(), day, day)


def _months(text: str) -> Iterator[SaidPeriod]:
    for match in _MONTH.finditer(text):
        first = _first(int(match["year"]), _FULL.get(match["month"].lower(), 0))
        if first:
            yield SaidPeriod(match.start(), match.end(), first, last_day(first))


def _parts(text: str, on: date) -> Iterator[SaidPeriod]:
    for match in _PART.finditer(text):
        which = match["which"].lower()
        number = _QUARTERS.get(which) or _WORDED[which]
        length = 6 if match["kind"].lower() == "semester" else 3
        if number * length > 12:
            continue
        first = _first(int(match["year"] or on.year), (number - 1) * length + 1)
        if first:
            end = add_months(first, length) - timedelta(days=1)
            yield SaidPeriod(match.start(), match.end(), first, end)


def _years(text: str) -> Iterator[SaidPeriod]:
    for match in _YEAR.finditer(text):
        year = int(match["year"])
        yield SaidPeriod(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31))


def _bare(text: str) -> Iterator[SaidPeriod]:
    """`cakupan 2023`."""
    for match in _BARE.finditer(text):
        year = int(match[0])
        yield SaidPeriod(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31))


def _relative(text: str, on: date) -> Iterator[SaidPeriod]:
    for rule, years in _RELATIVE:
        for match in rule.finditer(text):
            year = on.year + years
            yield SaidPeriod(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31))


def _first(year: int, month: int) -> date | None:
    return date(year, month, 1) if 1 <= month <= 12 and 1950 <= year < 2200 else None
