"""What was due and what came in, month by month and payer by payer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from budgets.models import Contribution
from budgets.selectors.expected import DueTerms, PersonMonths, explain_expected, load_terms, sum_expected
from budgets.selectors.received import share_of_months
from regions.access import require
from regions.enums import Level
from regions.models import Region, User
from regions.month import add_months, fiscal_year_start, last_day, months_between
from regions.region_months import RegionMonths
from regions.roles import Permission
from regions.selectors.region import in_subtree, list_children

# So far back a membership may have been paid last; older debts lapsed long ago.
_LOOKED_BACK = 36
# (month, category, payer), the latter two empty where a payment does not tell them.
Cell = tuple[date, str, str]


@dataclass
class Due:
    """Rupiah due and received; `due` is None where no price of anybody is known, which is not zero."""

    due: int | None = None
    received: int = 0
    # People whose price is not known.
    unpriced: int = 0

    @property
    def arrears(self) -> int | None:
        """Negative where more came in than was due."""
        return None if self.due is None or self.unpriced else self.due - self.received


@dataclass(frozen=True)
class Sum:
    """The sums of what is shown, column by column; None where nothing is shown."""

    due: int | None
    received: int
    arrears: int | None
    unpriced: int


def sum_shown(cells: Iterable[Due]) -> Sum:
    rows = list(cells)
    due = [row.due for row in rows if row.due is not None]
    arrears = [row.arrears for row in rows if row.arrears is not None]
    return Sum(
        sum(due) if due else None,
        sum(row.received for row in rows),
        sum(arrears) if arrears else None,
        sum(row.unpriced for row in rows),
    )


@dataclass(frozen=True)
class PayerLine:
    """One payer in one month; `payer` is empty where payments do not tell theirs."""

    payer: str
    cell: Due


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
    """Person-months with their prices, and payments by the month they are for, of one region."""

    owed: list[PersonMonths]
    received: dict[Cell, int]
    terms: DueTerms


def open_books(user: User, region: Region, period: date) -> Books:
    """All that was due or paid for from three years before the period on; paid by the end of the period.

    Raises OutsideScope or NotPermitted.
    """
    require(user, Permission.VIEW_COVERAGE, region.pk)
    first = min(add_months(period, 1 - _LOOKED_BACK), fiscal_year_start(period))
    received = _received(Q(region=region), first, period).get(region.pk, {})
    terms = load_terms()
    return Books(explain_expected(region.pk, first, period, terms), received, terms)


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
    first = fiscal_year_start(period)
    cells: dict[tuple[date, str], Due] = {}
    for row in books.owed:
        if row.month >= first:
            _add(cells.setdefault((row.month, row.funding), Due()), row)
    for (month, _category, funding), rupiah in books.received.items():
        if first <= month <= period:
            cells.setdefault((month, funding), Due()).received += rupiah
    months = sorted({month for month, _funding in cells})
    return ArrearsTable(
        [
            MonthLines(
                month,
                sorted(
                    (PayerLine(names.get(code, ""), cell) for (m, code), cell in cells.items() if m == month),
                    key=lambda line: (line.payer == "", line.payer),
                ),
            )
            for month in months
        ]
    )


def _add(due: Due, row: PersonMonths) -> None:
    if row.price is None:
        due.unpriced += row.people
    else:
        due.due = (due.due or 0) + row.rupiah


@dataclass(frozen=True)
class PlaceLine:
    """The fiscal year to date of a place below, with all within it."""

    region: Region
    cell: Due


def list_places(user: User, region: Region, period: date) -> list[PlaceLine]:
    """The region's own books and those of each place below it, summed."""
    require(user, Permission.VIEW_COVERAGE, region.pk)
    first = fiscal_year_start(period)
    inside = Region.objects.filter(in_subtree("code", region.pk), level__lte=Level.REGENCY)
    codes = tuple(inside.values_list("code", flat=True))
    expected = sum_expected(RegionMonths(first, period, codes))
    received = _received(in_subtree("region__code", region.pk), first, period)
    cells: dict[str, Due] = {}
    for code in {*expected, *received}:
        cell = cells.setdefault(code, Due())
        if code in expected:
            due, unpriced = expected[code].due, expected[code].unpriced
            cell.due = sum(sum(cells.values()) for cells in due.values()) if due else None
            cell.unpriced = sum(sum(cells.values()) for cells in unpriced.values())
        cell.received = sum(
            rupiah
            for (month, _category, _funding), rupiah in received.get(code, {}).items()
            if month <= period
        )
    own = [PlaceLine(region, cells[region.pk])] if region.pk in cells else []
    below = list_children(user, region, last_day(period))
    return own + [line for place in below if (line := _place(place, cells))]


def _place(place: Region, cells: dict[str, Due]) -> PlaceLine | None:
    inside: Sequence[Due] = [
        cell for code, cell in cells.items() if code == place.pk or code.startswith(f"{place.pk}.")
    ]
    if not inside:
        return None
    shown = sum_shown(inside)
    return PlaceLine(place, Due(shown.due, shown.received, shown.unpriced))
