"""Contributions against claims on several bases side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from budgets.enums import BalanceBasis, ClaimKind, ProgrammeGroup
from budgets.models import Claim, Contribution
from budgets.selectors.claim_sums import ClaimGroup
from budgets.selectors.payment import ReceivedPayment
from budgets.selectors.received import paid_for, share_of_months
from budgets.selectors.to_date import Event, sum_to_date
from regions.month import first_of, fiscal_year_start, last_day, months_between
from regions.region_months import RegionMonths

_JKK_JKM = frozenset({ProgrammeGroup.JKK, ProgrammeGroup.JKM, ProgrammeGroup.JKK_JKM})


@dataclass(frozen=True)
class Balances:
    """Rupiah in and out of a region by the code of the basis; a basis that cannot be told is absent."""

    money_in: dict[str, int]
    money_out: dict[str, int]


def sum_balances(
    payments: Iterable[ReceivedPayment], claims: Iterable[ClaimGroup], asked: RegionMonths
) -> dict[date, dict[str, Balances]]:
    """Month → region code → every named balance, fiscal year to date."""
    into, out = sum_to_date(_paid_in(payments), asked), sum_to_date(_paid_out(claims), asked)
    return {
        month: {
            code: Balances(_by_basis(into[month].get(code, {})), _by_basis(out[month].get(code, {})))
            for code in {*into[month], *out[month]}
        }
        for month in asked.months
    }


@dataclass(frozen=True)
class _Key:
    """`accrual` tells by which day the rupiah counts; `government` is None where no payer was told."""

    accrual: bool
    programme: str
    government: bool | None


def _paid_in(payments: Iterable[ReceivedPayment]) -> Iterator[Event[_Key]]:
    for one in payments:
        yield one.code, _Key(False, one.programme, one.government), first_of(one.paid_on), one.amount
        for _month, counts, rupiah in one.shares():
            yield one.code, _Key(True, one.programme, one.government), counts, rupiah


def _paid_out(claims: Iterable[ClaimGroup]) -> Iterator[Event[_Key]]:
    """What was promised for years to come is no claim of this year, nor what happened in another one."""
    for one in claims:
        if one.is_paid:
            yield one.code, _Key(False, one.programme, one.government), one.paid, one.rupiah
            if one.happened.year == one.paid.year:
                yield one.code, _Key(True, one.programme, one.government), one.paid, one.rupiah


def _claim_rows(month: date, *, accrual: bool) -> QuerySet[Claim]:
    """What was promised for years to come is no claim of this year."""
    bounds = (fiscal_year_start(month), last_day(month))
    rows = Claim.objects.exclude(kind=ClaimKind.LIABILITY)
    if not accrual:
        return rows.filter(paid_on__range=bounds)
    happened = Coalesce(F("happened_on"), F("paid_on"))
    return rows.annotate(on=happened).filter(on__range=bounds, paid_on__lte=bounds[1])


@dataclass(frozen=True)
class _Selection:
    accrual: bool = False
    government: bool = False
    programmes: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


_SELECTIONS = {
    BalanceBasis.CASH: _Selection(),
    BalanceBasis.CASH_WITHOUT_JHT: _Selection(without=frozenset({ProgrammeGroup.JHT})),
    BalanceBasis.CASH_JKK_JKM: _Selection(programmes=_JKK_JKM),
    BalanceBasis.CASH_GOVERNMENT: _Selection(government=True),
    BalanceBasis.CASH_GOVERNMENT_JKK_JKM: _Selection(government=True, programmes=_JKK_JKM),
    BalanceBasis.ACCRUAL: _Selection(accrual=True),
    BalanceBasis.ACCRUAL_GOVERNMENT: _Selection(accrual=True, government=True),
}


def _by_basis(sums: Mapping[_Key, int]) -> dict[str, int]:
    found = {}
    for basis, selection in _SELECTIONS.items():
        rows = {key: rupiah for key, rupiah in sums.items() if key.accrual == selection.accrual}
        if rows and _can_tell(rows, selection):
            found[basis.value] = sum(rupiah for key, rupiah in rows.items() if _selected(key, selection))
    return found


def _can_tell(rows: Iterable[_Key], selection: _Selection) -> bool:
    """A sum whose payer or programme was not told belongs neither here nor there."""
    keys = list(rows)
    undivided = any(one.programme == ProgrammeGroup.ALL for one in keys)
    nameless = any(one.government is None for one in keys)
    by_programme = selection.programmes is not None or bool(selection.without)
    return not (by_programme and undivided) and not (selection.government and nameless)


def _selected(one: _Key, selection: _Selection) -> bool:
    if selection.government and not one.government:
        return False
    if selection.programmes is not None and one.programme not in selection.programmes:
        return False
    return one.programme not in selection.without


def explain_money_in(region_code: str, month: date, basis: str) -> list[tuple[Contribution, int]]:
    """The contributions that a basis counts for a region, each with the rupiah that counts."""
    selection, first = _SELECTIONS[BalanceBasis(basis)], fiscal_year_start(month)
    rows: QuerySet[Contribution]
    if selection.accrual:
        rows = paid_for(first, month)
    else:
        rows = Contribution.objects.filter(paid_on__range=(first, last_day(month)))
    rows = rows.filter(_filter(selection), region_id=region_code)
    found = rows.select_related("category", "funding", "entered_by").order_by("paid_on", "pk")
    return [(row, _counted(row, first, month) if selection.accrual else row.amount) for row in found]


def _counted(row: Contribution, first: date, month: date) -> int:
    """The share of a payment that is for the months of the fiscal year to date."""
    months = months_between(max(row.first_month, first), min(row.last_month, month))
    return sum(share_of_months(row.amount, row.first_month, row.last_month, one) for one in months)


def explain_money_out(region_code: str, month: date, basis: str) -> QuerySet[Claim]:
    """The claims that a basis counts for a region."""
    selection = _SELECTIONS[BalanceBasis(basis)]
    rows = _claim_rows(month, accrual=selection.accrual).filter(_filter(selection), region_id=region_code)
    return rows.select_related("category", "funding", "entered_by").order_by("paid_on", "pk")


def _filter(selection: _Selection) -> Q:
    wanted = ~Q(programme__in=selection.without)
    if selection.government:
        wanted &= Q(funding__is_government=True)
    if selection.programmes is not None:
        wanted &= Q(programme__in=selection.programmes)
    return wanted
