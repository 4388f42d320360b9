"""Whose cover ends in the twelve months from the newest reported one, why, and what is left of the coverage.

A forecast (perkiraan): it rests on what is recorded today, is stored nowhere and enters no measure.
Somebody's cover ends when the last of what covers them ends; persons by name count once, whatever lists they
stand in.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from participants.models import Category, FundingSource
from participants.selectors.persons.cover_end import count_held, list_held
from regions.enums import Level
from regions.models import Region, User
from regions.month import add_months, months_between
from regions.rate import rate_of
from regions.selectors.region import regencies_of
from reports.enums import EndingCause
from reports.models import MeasureValue
from reports.selectors.cover_ends import CoverEnd, KnownEnds, last_of
from reports.selectors.covered import CoveredCell, covered_cells
from reports.selectors.value import find_last_whole

_AHEAD = 12


@dataclass
class EndingLine:
    """People of a category and payer in a region whose cover ends with a month, for one cause."""

    region_code: str
    category: Category
    funding: FundingSource
    cause: EndingCause
    price: int | None
    named: int = 0
    unnamed: int = 0

    @property
    def people(self) -> int:
        return self.named + self.unnamed

    @property
    def monthly(self) -> int | None:
        return None if self.price is None else self.people * self.price


@dataclass
class EndingGroup:
    """Lines of all regions with one category, payer and cause; no cost without all prices."""

    category: Category
    funding: FundingSource
    cause: EndingCause
    lines: list[EndingLine] = field(default_factory=list)

    @property
    def people(self) -> int:
        return sum(line.people for line in self.lines)

    @property
    def named(self) -> int:
        return sum(line.named for line in self.lines)

    @property
    def monthly(self) -> int | None:
        known = [line.monthly for line in self.lines if line.monthly is not None]
        return sum(known) if len(known) == len(self.lines) else None


@dataclass
class EndingMonth:
    """`members` are those of the stored coverage less all who left by then; None where not known."""

    month: date
    lines: list[EndingLine] = field(default_factory=list)
    members: int | None = None
    rate: Decimal | None = None

    @property
    def groups(self) -> list[EndingGroup]:
        found: dict[tuple[str, str, str], EndingGroup] = {}
        for line in self.lines:
            key = (line.category.pk, line.funding.pk, line.cause)
            group = found.setdefault(key, EndingGroup(line.category, line.funding, line.cause))
            group.lines.append(line)
        return sorted(found.values(), key=lambda one: (-one.people, one.category.name, one.funding.name))

    @property
    def people(self) -> int:
        return sum(line.people for line in self.lines)

    @property
    def named(self) -> int:
        return sum(line.named for line in self.lines)

    @property
    def unpriced(self) -> int:
        """People whose price nobody knows; the cost is without them."""
        return sum(line.people for line in self.lines if line.price is None)

    @property
    def monthly(self) -> int | None:
        known = [line.monthly for line in self.lines if line.monthly is not None]
        return sum(known) if known else None

    def holding(self, months: int) -> int | None:
        """What it costs to hold those of them whose price is known for so many months more."""
        return None if self.monthly is None else self.monthly * months


@dataclass(frozen=True)
class PlaceEndings:
    """A regency in the calendar: people whose cover ends with each month; None where nothing was reported."""

    region: Region
    people: list[int] | None


@dataclass(frozen=True)
class CoverEndings:
    region: Region
    month: date
    months: list[EndingMonth]
    covered: int
    # Of those covered nobody said until when.
    open_ended: int
    coverage: MeasureValue | None
    places: list[PlaceEndings]

    @property
    def people(self) -> int:
        return sum(one.people for one in self.months)

    @property
    def told(self) -> list[EndingMonth]:
        return [one for one in self.months if one.lines]

    @property
    def worst(self) -> EndingMonth | None:
        """The cliff: the month with which most people leave, the first of equal ones."""
        return max(self.told, key=lambda one: one.people, default=None)

    def of(self, month: date) -> EndingMonth | None:
        return next((one for one in self.months if one.month == month), None)


def get_cover_endings(
    user: User, region: Region, today: date, *, month: date | None = None, price: int | None = None
) -> CoverEndings | None:
    """From the newest month of which the user is told people by category; None where there is none.

    `price` serves where the tariff knows none, because nobody recorded a wage.
    """
    places = regencies_of(region, today)
    codes = [place.pk for place in places]
    newest, cells = covered_cells(user, codes, month)
    if not newest:
        return None
    at = max(newest.values())
    told = {code for code, period in newest.items() if period == at}
    cells = {cell: people for cell, people in cells.items() if cell[0] in told}
    known = KnownEnds.load(told, cells, at, today, price)
    months = {one: EndingMonth(one) for one in months_between(at, add_months(at, _AHEAD - 1))}
    open_ended = _fill(months, known, cells, at)
    for one in months.values():
        one.lines.sort(key=lambda line: (-line.people, line.category.name, line.funding.name))
    coverage = find_last_whole(user, region, add_months(at, 1))
    _project(months.values(), coverage)
    below = region.level < Level.REGENCY
    return CoverEndings(
        region,
        at,
        list(months.values()),
        sum(cells.values()),
        open_ended,
        coverage,
        _calendars(region, places, told, list(months.values())) if below else [],
    )


def persons_ending(
    user: User, region: Region, today: date, month: date, *, start: date | None = None
) -> dict[int, tuple[str, str, EndingCause]]:
    """Number of each person of a regency whose cover ends with the month → category, payer, cause."""
    newest, cells = covered_cells(user, [region.pk], start)
    if not newest:
        return {}
    at = newest[region.pk]
    ends = KnownEnds.load({region.pk}, cells, at, today, None).ends
    found = {}
    for person, held in list_held(region.pk, at, add_months(at, _AHEAD - 1)):
        end = last_of(region.pk, held, ends, at)
        if end is not None and end[1].month == month:
            found[person] = (*end[0], end[1].cause)
    return found


def _fill(months: dict[date, EndingMonth], known: KnownEnds, cells: dict[CoveredCell, int], at: date) -> int:
    """Sort people into months; how many of those covered have no known end within them."""
    lines: dict[tuple[date, CoveredCell, EndingCause], EndingLine] = {}
    named: dict[CoveredCell, int] = {}
    open_ended = 0

    def line(end: CoverEnd, cell: CoveredCell) -> EndingLine:
        key = (end.month, cell, end.cause)
        if key not in lines:
            code, category, funding = cell
            lines[key] = EndingLine(
                code, known.categories[category], known.fundings[funding], end.cause, known.prices.get(cell)
            )
            months[end.month].lines.append(lines[key])
        return lines[key]

    codes = {code for code, _category, _funding in cells}
    for code, held, people in count_held(codes, at, max(months)):
        if held[0].first > at:
            continue
        for spell in {(one.category, one.funding) for one in held if one.first == at}:
            named[code, *spell] = named.get((code, *spell), 0) + people
        end = last_of(code, held, known.ends, at)
        if end is None or end[1].month not in months:
            open_ended += people
        else:
            line(end[1], (code, *end[0])).named += people
    for cell, people in cells.items():
        unnamed = max(0, people - named.get(cell, 0))
        limit = known.ends.get(cell)
        if limit is None or limit.month not in months:
            open_ended += unnamed
        elif unnamed:
            line(limit, cell).unnamed += unnamed
    return open_ended


def _project(months: Iterable[EndingMonth], coverage: MeasureValue | None) -> None:
    """The stored members less those who leave, month after month, as if they found no other cover."""
    if coverage is None or not coverage.denominator:
        return
    members = coverage.numerator
    for one in months:
        members = max(0, members - one.people)
        one.members = members
        one.rate = rate_of(members, coverage.denominator)


def _calendars(
    region: Region, places: list[Region], told: set[str], months: list[EndingMonth]
) -> list[PlaceEndings]:
    """Regencies of a province; of the nation provinces, summed over those regencies that reported."""
    rows = [_calendar(place, told, months) for place in places]
    if region.level != Level.NATION:
        return rows
    summed: dict[str, list[int]] = {}
    for row in rows:
        if row.people is not None:
            sums = summed.setdefault(row.region.parent_id or "", [0] * len(months))
            summed[row.region.parent_id or ""] = [a + b for a, b in zip(sums, row.people, strict=True)]
    provinces = Region.objects.in_bulk({place.parent_id for place in places})
    return [PlaceEndings(provinces[code], summed.get(code)) for code in sorted(provinces)]


def _calendar(place: Region, told: set[str], months: Iterable[EndingMonth]) -> PlaceEndings:
    if place.pk not in told:
        return PlaceEndings(place, None)
    return PlaceEndings(
        place, [sum(line.people for line in one.lines if line.region_code == place.pk) for one in months]
    )
