"""Claims paid, summed by region and month, and the rows behind each sum."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from budgets.enums import ClaimKind
from budgets.models import Claim
from budgets.selectors.money import explain_region, list_money, sum_by_region
from regions.models import User
from regions.month import fiscal_year_start, last_day


def sum_claims(month: date) -> dict[str, dict[str, int]]:
    return sum_by_region(Claim, month)


def explain_claims(region_code: str, month: date) -> QuerySet[Claim]:
    """The rows that `sum_claims` sums for a region and month."""
    return explain_region(Claim, region_code, month)


def explain_claim_part(
    region_code: str, month: date, *, programme: str = "", kind: str = ""
) -> QuerySet[Claim]:
    """The rows behind one part of `sum_claim_parts`."""
    rows = Claim.objects.filter(
        region_id=region_code, paid_on__range=(fiscal_year_start(month), last_day(month))
    )
    rows = rows.filter(kind=kind) if kind else rows.exclude(kind=ClaimKind.LIABILITY)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.select_related("category", "funding", "entered_by").order_by("paid_on", "pk")


def list_claims(
    user: User, *, region_code: str = "", month: date | None = None, programme: str = "", kind: str = ""
) -> QuerySet[Claim]:
    rows = list_money(Claim, user, region_code=region_code, month=month)
    if programme:
        rows = rows.filter(programme=programme)
    return rows.filter(kind=kind) if kind else rows


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
