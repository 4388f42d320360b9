"""What was due and what came in, month by month and payer by payer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.timezone import localdate

from budgets.models import Contribution
from budgets.selectors.due_day import DueDays
from budgets.selectors.expected import DueTerms, PersonMonths, explain_expected, load_terms, price_people
from budgets.selectors.received import share_of_months
from participants.selectors.persons.months import count_named
from regions.access import require, visible_regions
from regions.enums import Level
from regions.models import Region, User
from regions.month import add_months, fiscal_year_start, last_day, months_between
from regions.region_months import RegionMonths
from regions.roles import Permission
from regions.selectors.region import existing, in_subtree

# So far back a membership may have been paid last; older debts lapsed long ago.
_LOOKED_BACK = 36
# (month, category, payer), the latter two empty where a payment does not tell them.
Cell = tuple[date, str, str]


@dataclass
class Due:
    """Rupiah due and received; `due` is None where no price of anybody is known, which is not zero.

    `fallen` is what of it had to be paid by the day asked about.
    """

    due: int | None = None
    fallen: int = 0
    received: int = 0
    # People whose price is not known.
    unpriced: int = 0

    @property
    def difference(self) -> int | None:
        """Negative where more came in than was due."""
        return None if self.due is None or self.unpriced else self.due - self.received

    @property
    def overdue(self) -> int | None:
        """Never negative: what one month or payer has too much pays for no other."""
        return None if self.difference is None else max(0, self.fallen - self.received)

    @property
    def overpaid(self) -> int | None:
        return None if self.difference is None else max(0, -self.difference)

    @property
    def short(self) -> int | None:
        """Late or not; never negative either."""
        return None if self.difference is None else max(0, self.difference)

    @property
    def running(self) -> int | None:
        """Due, not paid, and not late: the rest of the difference."""
        if self.due is None or self.difference is None:
            return None
        return max(0, self.due - max(self.fallen, self.received))


@dataclass(frozen=True)
class Sum:
    """The sums of what is shown, column by column; None where nothing is shown."""

    due: int | None
    received: int
    difference: int | None
    short: int | None
    overdue: int | None
    running: int | None
    overpaid: int | None
    unpriced: int


def sum_shown(cells: Iterable[Due | Sum]) -> Sum:
    rows = list(cells)
    names = ("due", "difference", "short", "overdue", "running", "overpaid")
    sums = {name: _sum_known(getattr(row, name) for row in rows) for name in names}
    return Sum(received=sum(row.received for row in rows), unpriced=sum(row.unpriced for row in rows), **sums)


def _sum_known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class PayerLine:
    """One payer in one month and the code of its source of funds; both empty where payments tell none."""

    payer: str
    cell: Due
    funding: str = ""


@dataclass(frozen=True)
class MonthLines:
    month: date
    lines: list[PayerLine]

    @property
    def total(self) -> Sum:
        return sum_shown(line.cell for line in self.lines)


@dataclass(frozen=True)
class ArrearsTable:
    """Months of the fiscal year to date × payers, with the sums over both."""

    months: list[MonthLines]

    @property
    def payers(self) -> list[tuple[str, Sum]]:
        found: dict[str, list[Due]] = {}
        for month in self.months:
            for line in month.lines:
                found.setdefault(line.payer, []).append(line.cell)
        return [(payer, sum_shown(cells)) for payer, cells in sorted(found.items())]

    @property
    def total(self) -> Sum:
        return sum_shown(line.cell for month in self.months for line in month.lines)


@dataclass
class Books:
    """Person-months with their prices, and payments by the month they are for, of one region.

    `day` is the one by which months had fallen due: the end of the period, or today if that is earlier.
    """

    owed: list[PersonMonths]
    received: dict[Cell, int]
    terms: DueTerms
    days: DueDays
    day: date


def open_books(user: User, region: Region, period: date) -> Books:
    """All that was due or paid for from three years before the period on; paid by the end of the period.

    Raises OutsideScope or NotPermitted.
    """
    require(user, Permission.VIEW_DRAFTS, region.pk)
    first = min(add_months(period, 1 - _LOOKED_BACK), fiscal_year_start(period))
    received = _received(Q(region=region), first, period).get(region.pk, {})
    terms = load_terms()
    owed = explain_expected(region.pk, first, period, terms)
    return Books(owed, received, terms, DueDays.load(), _asked_day(period))


def _asked_day(period: date) -> date:
    return min(localdate(), last_day(period))


def _received(where: Q, first: date, period: date) -> dict[str, dict[Cell, int]]:
    """Region → cell → rupiah for the months from `first` on, of payments made by the end of `period`."""
    found: dict[str, dict[Cell, int]] = {}
    rows = Contribution.objects.filter(where, last_month__gte=first, paid_on__lte=last_day(period))
    columns = ("region_id", "category_id", "funding_id", "first_month", "last_month", "amount")
    for code, category, funding, begin, end, amount in rows.values_list(*columns):
        cells = found.setdefault(code, {})
        for month in months_between(max(begin, first), end):
            cell = (month, category or "", funding or "")
            cells[cell] = cells.get(cell, 0) + share_of_months(amount, begin, end, month)
    return found


def arrears_table(books: Books, period: date) -> ArrearsTable:
    names = books.terms.fundings
    cells = _cells(books.owed, books.received, period, books.days, books.day)
    months = sorted({month for month, _funding in cells})
    return ArrearsTable(
        [
            MonthLines(
                month,
                sorted(
                    (
                        PayerLine(names.get(code, ""), cell, code)
                        for (m, code), cell in cells.items()
                        if m == month
                    ),
                    key=lambda line: (line.payer == "", line.payer),
                ),
            )
            for month in months
        ]
    )


def _cells(
    owed: Iterable[PersonMonths], received: Mapping[Cell, int], period: date, days: DueDays, day: date
) -> dict[tuple[date, str], Due]:
    """(month, payer) → due and received, of the fiscal year until the period."""
    first = fiscal_year_start(period)
    cells: dict[tuple[date, str], Due] = {}
    for row in owed:
        if row.month >= first:
            _add(cells.setdefault((row.month, row.funding), Due()), row, days, day)
    for (month, _category, funding), rupiah in received.items():
        if first <= month <= period:
            cells.setdefault((month, funding), Due()).received += rupiah
    return cells


def _add(due: Due, row: PersonMonths, days: DueDays, day: date) -> None:
    if row.price is None:
        due.unpriced += row.people
        return
    due.due = (due.due or 0) + row.rupiah
    if days.of(row.segment, row.month) <= day:
        due.fallen += row.rupiah


@dataclass(frozen=True)
class PlaceLine:
    """The fiscal year to date of a place below, with all within it."""

    region: Region
    sum: Sum


def list_places(user: User, region: Region, period: date) -> list[PlaceLine]:
    """The region's own books and those of each place below it, summed month by month and payer by payer."""
    require(user, Permission.VIEW_DRAFTS, region.pk)
    first, days, day = fiscal_year_start(period), DueDays.load(), _asked_day(period)
    standing = ExpressionWrapper(existing(last_day(period)), BooleanField())
    inside = visible_regions(user).filter(in_subtree("code", region.pk), level__lte=Level.REGENCY)
    places = list(inside.annotate(stands=standing).order_by("code"))
    asked = RegionMonths(first, period, tuple(place.pk for place in places))
    owed: dict[str, list[PersonMonths]] = {}
    for code, row in price_people(asked, count_named(asked, persons=False)):
        owed.setdefault(code, []).append(row)
    received = _received(in_subtree("region__code", region.pk), first, period)
    cells = {
        code: list(_cells(owed.get(code, ()), received.get(code, {}), period, days, day).values())
        for code in {*owed, *received}
    }
    own = [PlaceLine(region, sum_shown(cells[region.pk]))] if cells.get(region.pk) else []
    below = [place for place in places if place.parent_id == region.pk and place.stands]
    return own + [line for place in below if (line := _place(place, cells))]


def _place(place: Region, cells: Mapping[str, Sequence[Due]]) -> PlaceLine | None:
    inside = [
        cell
        for code, shown in cells.items()
        if code == place.pk or code.startswith(f"{place.pk}.")
        for cell in shown
    ]
    return PlaceLine(place, sum_shown(inside)) if inside else None
