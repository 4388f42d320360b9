"""Contributions by the months they are for, and claims by day and event: what balances are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from budgets.enums import BalanceBasis, ClaimKind, Programme
from budgets.models import Claim, Contribution
from regions.month import fiscal_year_start, last_day, months_between

_JKK_JKM = frozenset({Programme.JKK, Programme.JKM, Programme.JKK_JKM})


def share_of_months(amount: int, first: date, last: date, month: date) -> int:
    """The whole rupiah of one month of a payment for several; the months together are the payment."""
    count = _index(last) - _index(first) + 1
    place = _index(month) - _index(first)
    return amount * (place + 1) // count - amount * place // count


def _index(month: date) -> int:
    return month.year * 12 + month.month


def sum_received(month: date) -> dict[str, dict[tuple[date, str, str], int]]:
    """Region code → (month paid for, category, funding) → rupiah, for the months of the fiscal year to date.

    Only what was paid by the end of `month` counts, so that a month's figure stays what it was then.
    """
    found: dict[str, dict[tuple[date, str, str], int]] = {}
    first = fiscal_year_start(month)
    columns = ("region_id", "category_id", "funding_id", "first_month", "last_month", "amount")
    for code, category, funding, begin, end, amount in _paid_for(first, month).values_list(*columns):
        cells = found.setdefault(code, {})
        for one in months_between(max(begin, first), min(end, month)):
            cell = (one, category or "", funding or "")
            cells[cell] = cells.get(cell, 0) + share_of_months(amount, begin, end, one)
    return found


def _paid_for(first: date, month: date) -> QuerySet[Contribution]:
    return Contribution.objects.filter(
        first_month__lte=month, last_month__gte=first, paid_on__lte=last_day(month)
    )


def explain_received(region_code: str, month: date) -> QuerySet[Contribution]:
    """The payments of which `sum_received` takes its share for a region."""
    rows = _paid_for(fiscal_year_start(month), month).filter(region_id=region_code)
    return rows.select_related("category", "funding", "entered_by").order_by("first_month", "pk")


@dataclass(frozen=True)
class Balances:
    """Rupiah in and out of a region by the code of the basis; a basis that cannot be told is absent."""

    money_in: dict[str, int]
    money_out: dict[str, int]


def sum_balances(month: date) -> dict[str, Balances]:
    """Region code → every named balance, fiscal year to date."""
    into, out = _by_region(_contributions(month)), _by_region(_claims(month))
    return {
        code: Balances(_by_basis(into.get(code, [])), _by_basis(out.get(code, []))) for code in {*into, *out}
    }


@dataclass(frozen=True)
class _Sum:
    """`accrual` tells by which day the rupiah counts; `government` is None where no payer was told."""

    code: str
    accrual: bool
    programme: str
    government: bool | None
    rupiah: int


def _contributions(month: date) -> Iterable[_Sum]:
    first = fiscal_year_start(month)
    cash = Contribution.objects.filter(paid_on__range=(first, last_day(month)))
    columns = ("region_id", "programme", "funding__is_government")
    for code, programme, government, total in (
        cash.order_by().values_list(*columns).annotate(total=Sum("amount"))
    ):
        yield _Sum(code, False, programme, government, int(total))
    spans = _paid_for(first, month).values_list(*columns, "first_month", "last_month", "amount")
    for code, programme, government, begin, end, amount in spans:
        rupiah = sum(
            share_of_months(amount, begin, end, one)
            for one in months_between(max(begin, first), min(end, month))
        )
        yield _Sum(code, True, programme, government, rupiah)


def _claims(month: date) -> Iterable[_Sum]:
    """What was promised for years to come is no claim of this year."""
    bounds = (fiscal_year_start(month), last_day(month))
    rows = Claim.objects.exclude(kind=ClaimKind.LIABILITY)
    happened = Coalesce(F("happened_on"), F("paid_on"))
    for accrual, found in (
        (False, rows.filter(paid_on__range=bounds)),
        (True, rows.annotate(on=happened).filter(on__range=bounds, paid_on__lte=bounds[1])),
    ):
        columns = ("region_id", "programme", "funding__is_government")
        for code, programme, government, total in (
            found.order_by().values_list(*columns).annotate(total=Sum("amount"))
        ):
            yield _Sum(code, accrual, programme, government, int(total))


def _by_region(sums: Iterable[_Sum]) -> dict[str, list[_Sum]]:
    found: dict[str, list[_Sum]] = {}
    for one in sums:
        found.setdefault(one.code, []).append(one)
    return found


@dataclass(frozen=True)
class _Selection:
    accrual: bool = False
    government: bool = False
    programmes: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


_SELECTIONS = {
    BalanceBasis.CASH: _Selection(),
    BalanceBasis.CASH_WITHOUT_JHT: _Selection(without=frozenset({Programme.JHT})),
    BalanceBasis.CASH_JKK_JKM: _Selection(programmes=_JKK_JKM),
    BalanceBasis.CASH_GOVERNMENT: _Selection(government=True),
    BalanceBasis.CASH_GOVERNMENT_JKK_JKM: _Selection(government=True, programmes=_JKK_JKM),
    BalanceBasis.ACCRUAL: _Selection(accrual=True),
    BalanceBasis.ACCRUAL_GOVERNMENT: _Selection(accrual=True, government=True),
}


def _by_basis(sums: list[_Sum]) -> dict[str, int]:
    found = {}
    for basis, selection in _SELECTIONS.items():
        rows = [one for one in sums if one.accrual == selection.accrual]
        if rows and _can_tell(rows, selection):
            found[basis.value] = sum(one.rupiah for one in rows if _selected(one, selection))
    return found


def _can_tell(rows: list[_Sum], selection: _Selection) -> bool:
    """A sum whose payer or programme was not told belongs neither here nor there."""
    undivided = any(one.programme == Programme.ALL for one in rows)
    nameless = any(one.government is None for one in rows)
    by_programme = selection.programmes is not None or bool(selection.without)
    return not (by_programme and undivided) and not (selection.government and nameless)


def _selected(one: _Sum, selection: _Selection) -> bool:
    if selection.government and not one.government:
        return False
    if selection.programmes is not None and one.programme not in selection.programmes:
        return False
    return one.programme not in selection.without


@dataclass(frozen=True)
class ClaimSums:
    """Rupiah and cases by programme (cases only where every row told them), and rupiah by kind."""

    rupiah: dict[str, int]
    cases: dict[str, int]
    kinds: dict[str, int]


def sum_claim_parts(month: date) -> dict[str, ClaimSums]:
    """Region code → claims paid in the fiscal year to date, taken apart."""
    rows = Claim.objects.filter(paid_on__range=(fiscal_year_start(month), last_day(month)))
    found: dict[str, ClaimSums] = {}
    untold: set[tuple[str, str]] = set()
    totals = rows.order_by().values_list("region_id", "programme", "kind")
    for code, programme, kind, rupiah, cases, lines, told in totals.annotate(
        rupiah=Sum("amount"), n=Sum("cases"), lines=Count("pk"), told=Count("cases")
    ):
        sums = found.setdefault(code, ClaimSums({}, {}, {}))
        sums.kinds[kind] = sums.kinds.get(kind, 0) + int(rupiah)
        if kind == ClaimKind.LIABILITY:
            continue
        sums.rupiah[programme] = sums.rupiah.get(programme, 0) + int(rupiah)
        sums.cases[programme] = sums.cases.get(programme, 0) + int(cases or 0)
        if told < lines:
            untold.add((code, programme))
    for code, programme in untold:
        found[code].cases.pop(programme, None)
    return found
