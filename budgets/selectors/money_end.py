"""Until when there is money for a category: by the lines of its budget, and by what was paid ahead."""

from collections.abc import Collection, Iterable
from datetime import date

from budgets.models import Allocation, Contribution
from budgets.selectors.received import share_of_months
from regions.month import add_months, months_between

CategoryFunding = tuple[str, str]
_DECEMBER = 12
_AHEAD = 12


def budget_ends(
    codes: Collection[str], month: date, today: date
) -> dict[str, dict[CategoryFunding, tuple[date, Allocation]]]:
    """Region code → (category, payer), "" where not told → the last month with money, and the line.

    The months of a line count from January. Who is still covered after them is paid for up to December, with
    which every line ends; one of the next year goes on from there.
    """
    rows = Allocation.objects.filter(
        region__in=codes, year__in=(month.year, month.year + 1), decided_on__lte=today, amount__gt=0
    )
    latest = rows.order_by("line", "-decided_on", "-phase", "-sequence", "-pk").distinct("line")
    found: dict[str, dict[CategoryFunding, tuple[date, Allocation]]] = {}
    for row in sorted(latest, key=lambda row: row.year):
        cells = found.setdefault(row.region_id, {})
        cell = (row.category_id or "", row.funding_id or "")
        end, known = _last_month(row), cells.get(cell)
        if row.year == month.year:
            end = end if end >= month else date(row.year, _DECEMBER, 1)
            if known is None or end > known[0]:
                cells[cell] = end, row
        elif known is not None and known[0] >= date(month.year, _DECEMBER, 1) and end > known[0]:
            cells[cell] = end, row
    return found


def end_of(cells: dict[CategoryFunding, tuple[date, Allocation]], cell: CategoryFunding) -> date | None:
    """That of the line of just this category and payer, else of one that tells only one of both."""
    category, funding = cell
    named = ((category, funding), (category, ""), ("", funding))
    return next((cells[one][0] for one in named if one in cells), None)


def _last_month(row: Allocation) -> date:
    """The whole year where a line says neither its months nor people and rate."""
    months = row.months
    if not months and row.heads and row.monthly_rate:
        months = row.amount // (row.heads * row.monthly_rate)
    return date(row.year, min(max(months or _DECEMBER, 1), _DECEMBER), 1)


def paid_ahead(
    codes: Collection[str], month: date, today: date
) -> dict[tuple[str, date], dict[CategoryFunding, int]]:
    """(Region code, month after the one named) → (category, payer) → rupiah that were paid for it already."""
    until = add_months(month, _AHEAD)
    rows = Contribution.objects.filter(region__in=codes, last_month__gt=month, paid_on__lte=today)
    found: dict[tuple[str, date], dict[CategoryFunding, int]] = {}
    for row in rows:
        first = max(row.first_month, add_months(month, 1))
        for at in months_between(first, min(row.last_month, until)):
            cells = found.setdefault((row.region_id, at), {})
            cell = (row.category_id or "", row.funding_id or "")
            share = share_of_months(row.amount, row.first_month, row.last_month, at)
            cells[cell] = cells.get(cell, 0) + share
    return found


def prepaid_until(
    paid: dict[tuple[str, date], dict[CategoryFunding, int]],
    place: tuple[str, date],
    cell: CategoryFunding,
    due: int | None,
) -> date | None:
    """The last of the months after the one named, one after another, of which all is paid; None for none."""
    code, month = place
    last = None
    for at in _following(month):
        if not due or paid.get((code, at), {}).get(cell, 0) < due:
            return last
        last = at
    return last


def _following(month: date) -> Iterable[date]:
    return (add_months(month, ahead) for ahead in range(1, _AHEAD + 1))
