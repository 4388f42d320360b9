"""What protecting all workers of each category would ask: how many there are, how many are covered, the cost.

Only what somebody counted is reckoned with. A region that reported no category at all tells nothing of those
covered; one that reported some, and none of a category, covers nobody of it as far as anybody knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from budgets.selectors.usual_prices import UsualPrices
from participants.models import Category, CategoryPopulation
from participants.selectors.category_population import populations_in_force
from regions.enums import Level
from regions.models import Region, User
from regions.month import first_of
from regions.selectors.region import regencies_of
from reports.selectors.covered import covered_by_category

_MONTHS = 12


@dataclass(frozen=True)
class NeedCell:
    """A category in one regency; None where nobody said it."""

    region: Region
    category: Category
    population: CategoryPopulation | None
    covered: int | None
    price: int | None

    @property
    def gap(self) -> int | None:
        if self.population is None or self.covered is None:
            return None
        return max(0, self.population.people - self.covered)

    @property
    def monthly(self) -> int | None:
        if self.gap == 0:
            return 0
        return None if self.gap is None or self.price is None else self.gap * self.price


@dataclass(frozen=True)
class NeedRow:
    """A category in a region: the sums of its places, and of how many of them each is."""

    category: Category
    cells: list[NeedCell]
    own: CategoryPopulation | None
    months_left: int

    @cached_property
    def counted(self) -> list[NeedCell]:
        return [cell for cell in self.cells if cell.population is not None]

    @property
    def places(self) -> int:
        return len(self.cells)

    @property
    def is_whole(self) -> bool:
        """Whether the workers of every place are counted."""
        return len(self.counted) == self.places

    @property
    def uses_own(self) -> bool:
        """A province's own count serves where not all of its regencies have one."""
        return self.own is not None and not self.is_whole

    @property
    def population(self) -> int | None:
        if self.uses_own and self.own:
            return self.own.people
        return _sum(cell.population.people for cell in self.counted if cell.population)

    @property
    def told(self) -> CategoryPopulation | None:
        """The one row behind the number, where it is a single one."""
        if self.uses_own:
            return self.own
        return self.counted[0].population if self.places == 1 and self.counted else None

    @property
    def covered(self) -> int | None:
        return _sum(cell.covered for cell in self.cells if cell.covered is not None)

    @property
    def covered_places(self) -> int:
        return sum(cell.covered is not None for cell in self.cells)

    @property
    def gaps(self) -> list[NeedCell]:
        return [cell for cell in self.cells if cell.gap is not None]

    @property
    def gap(self) -> int | None:
        if self.uses_own and self.own:
            whole = self.covered_places == self.places and self.covered is not None
            return max(0, self.own.people - (self.covered or 0)) if whole else None
        return _sum(cell.gap for cell in self.gaps if cell.gap is not None)

    @property
    def gap_is_whole(self) -> bool:
        return self.uses_own or len(self.gaps) == self.places

    @property
    def prices(self) -> list[int]:
        """Different prices of one person in a month, the lowest first."""
        return sorted({cell.price for cell in self.cells if cell.price is not None})

    @property
    def monthly(self) -> int | None:
        """None too where a part of the gap has no price: a sum without it would be too small."""
        if self.gap is None:
            return None
        if self.uses_own:
            alike = len(self.prices) == 1 and all(cell.price is not None for cell in self.cells)
            return self.gap * self.prices[0] if alike else None
        parts = [cell.monthly for cell in self.gaps]
        return None if None in parts else sum(part for part in parts if part is not None)

    @property
    def to_december(self) -> int | None:
        return None if self.monthly is None else self.monthly * self.months_left


@dataclass(frozen=True)
class PlaceNeed:
    """A regency of a province: what is missing there in all categories whose workers are counted."""

    region: Region
    counted: int
    gap: int | None
    monthly: int | None
    covered_month: date | None


@dataclass(frozen=True)
class CategoryNeed:
    region: Region
    today: date
    rows: list[NeedRow]
    # Regency → the month of which those covered are told.
    months: dict[str, date]
    # Vulnerable categories of which nothing is known here.
    unknown: list[Category] = field(default_factory=list)
    places: list[PlaceNeed] = field(default_factory=list)

    @property
    def month(self) -> date:
        """The month whose tariff counts, and the first that would be paid."""
        return first_of(self.today)

    @property
    def months_left(self) -> int:
        return _MONTHS + 1 - self.today.month

    @property
    def covered_months(self) -> list[date]:
        """The earliest and the latest of the months, once where they are the same."""
        told = set(self.months.values())
        return sorted({min(told), max(told)}) if told else []

    @property
    def known(self) -> list[NeedRow]:
        return [row for row in self.rows if row.gap is not None]

    @property
    def gap(self) -> int | None:
        return _sum(row.gap for row in self.known if row.gap is not None)

    @property
    def priced(self) -> list[NeedRow]:
        return [row for row in self.known if row.monthly is not None]

    @property
    def monthly(self) -> int | None:
        return _sum(row.monthly for row in self.priced if row.monthly is not None)

    @property
    def to_december(self) -> int | None:
        return None if self.monthly is None else self.monthly * self.months_left


def get_category_need(user: User, region: Region, today: date) -> CategoryNeed:
    """Of a regency itself; of a province or the nation its regencies."""
    places = regencies_of(region, today)
    codes = [place.pk for place in places]
    populations = populations_in_force([*codes, region.pk], today.year)
    months, covered = covered_by_category(user, codes)
    categories = list(Category.objects.order_by("name"))
    touched = {category for _code, category in (*populations, *covered)}
    prices = UsualPrices(first_of(today))
    by_code = {category.pk: category for category in categories}
    rows = [
        NeedRow(
            by_code[code],
            [
                NeedCell(
                    place,
                    by_code[code],
                    populations.get((place.pk, code)),
                    covered.get((place.pk, code), 0) if place.pk in months else None,
                    prices.of(place.pk, code, by_code[code].segment),
                )
                for place in places
            ],
            populations.get((region.pk, code)) if region.level < Level.REGENCY else None,
            _MONTHS + 1 - today.month,
        )
        for code in sorted(touched)
    ]
    unknown = [one for one in categories if one.is_vulnerable and one.pk not in touched]
    below = _by_place(places, rows, months) if region.level < Level.REGENCY else []
    return CategoryNeed(region, today, sorted(rows, key=_worst_first), months, unknown, below)


def _by_place(places: list[Region], rows: list[NeedRow], months: dict[str, date]) -> list[PlaceNeed]:
    cells: dict[str, list[NeedCell]] = {place.pk: [] for place in places}
    for row in rows:
        for cell in row.counted:
            cells[cell.region.pk].append(cell)
    found = []
    for place in places:
        known = [cell for cell in cells[place.pk] if cell.gap is not None]
        priced = [cell.monthly for cell in known]
        monthly = None if None in priced else _sum(part for part in priced if part is not None)
        gap = _sum(cell.gap for cell in known if cell.gap is not None)
        found.append(PlaceNeed(place, len(cells[place.pk]), gap, monthly, months.get(place.pk)))
    return sorted(found, key=lambda one: (one.gap is None, -(one.gap or 0), one.region.name))


def _worst_first(row: NeedRow) -> tuple[bool, int, str]:
    return row.gap is None, -(row.gap or 0), row.category.name


def _sum(numbers: Iterable[int]) -> int | None:
    """None for the sum of nothing: no number is known, which is not nought."""
    found = list(numbers)
    return sum(found) if found else None
