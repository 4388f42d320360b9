"""Employers whose report holds in a month: the rows, their sums, and the register.

A report holds from its month until the same employer's next one, at most twelve months. One without an NPP is
left out as long as one of the same name with an NPP holds: it is the same employer, registered since.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from budgets.enums import PARTLY_REGISTERED, EmployerStanding, EmployerSum
from budgets.models import Employer
from budgets.models.employer import HOLDS_AFTER
from budgets.selectors.to_date import ByMonth
from regions.access import within
from regions.models import User
from regions.month import add_months, months_between
from regions.region_months import RegionMonths
from regions.roles import Permission
from regions.selectors.region import in_subtree


class _Report(NamedTuple):
    """The columns of a row that are counted."""

    code: str
    month: date
    identity: str
    called: str
    npp: str
    standing: str
    known: int | None
    insured: int | None
    arrears_months: int | None
    arrears: int | None


_COLUMNS = (
    *("region_id", "month", "identity", "called", "npp", "standing"),
    *("workers_known", "workers_registered", "arrears_months", "arrears"),
)


def sum_employers(asked: RegionMonths) -> ByMonth[str]:
    """Month → region code → sum (EmployerSum) → number; what was not reported is absent, never zero."""
    since = add_months(asked.first, -HOLDS_AFTER)
    rows = Employer.objects.filter(asked.of_regions(), month__range=(since, asked.last)).order_by("month")
    reports: dict[str, dict[date, list[_Report]]] = {}
    for row in map(_Report._make, rows.values_list(*_COLUMNS)):
        reports.setdefault(row.code, {}).setdefault(row.month, []).append(row)
    found: ByMonth[str] = {month: {} for month in asked.months}
    for code, by_month in reports.items():
        newest: dict[str, _Report] = {}
        for month in months_between(since, asked.last):
            newest.update((row.identity, row) for row in by_month.get(month, ()))
            if month in found and (holding := _holding(newest.values(), month)):
                found[month][code] = _sums(holding)
    return found


def _holding(newest: Iterable[_Report], month: date) -> list[_Report]:
    since = add_months(month, -HOLDS_AFTER)
    recent = [row for row in newest if row.month >= since]
    registered = {row.called for row in recent if row.npp}
    return [row for row in recent if row.npp or row.called not in registered]


def _sums(rows: list[_Report]) -> dict[str, int]:
    registered = [row for row in rows if row.standing != EmployerStanding.UNREGISTERED]
    sums = {
        EmployerSum.KNOWN: len(rows),
        EmployerSum.REGISTERED: len(registered),
        EmployerSum.PARTLY: sum(row.standing in PARTLY_REGISTERED for row in rows),
    }
    pairs = [(row.known, _insured(row)) for row in rows]
    told = [(known, insured) for known, insured in pairs if known is not None and insured is not None]
    if told:
        sums[EmployerSum.TOLD] = len(told)
        sums[EmployerSum.WORKERS] = sum(known for known, _insured in told)
        sums[EmployerSum.INSURED] = sum(insured for _known, insured in told)
    answered = [row for row in registered if not (row.arrears is None and row.arrears_months is None)]
    if answered:
        sums[EmployerSum.ANSWERED] = len(answered)
        sums[EmployerSum.IN_ARREARS] = sum(bool(row.arrears or row.arrears_months) for row in answered)
    owed = [row.arrears for row in registered if row.arrears is not None]
    if owed:
        sums[EmployerSum.ARREARS] = sum(owed)
    return {one.value: number for one, number in sums.items()}


def _insured(row: _Report) -> int | None:
    """Of who is not registered no worker is."""
    return 0 if row.standing == EmployerStanding.UNREGISTERED else row.insured


def employers_holding(month: date) -> QuerySet[Employer]:
    """The same rows as `sum_employers` counts in a month, of all regions."""
    since = add_months(month, -HOLDS_AFTER)
    recent = Employer.objects.filter(month__range=(since, month))
    next_one = recent.filter(
        region=OuterRef("region"), identity=OuterRef("identity"), month__gt=OuterRef("month")
    )
    newest = recent.filter(~Exists(next_one))
    numbered = newest.exclude(npp="").filter(region=OuterRef("region"), called=OuterRef("called"))
    return newest.exclude(Q(npp="") & Exists(numbered))


def explain_employers(region_code: str, month: date) -> QuerySet[Employer]:
    """The rows behind the sums of a region and month."""
    rows = employers_holding(month).filter(region_id=region_code)
    return rows.select_related("entered_by").order_by("name", "pk")


@dataclass(frozen=True)
class EmployerFilters:
    """What the register is asked for; empty words ask for everything."""

    standing: str = ""
    sector: str = ""
    size: str = ""
    words: str = ""

    def as_q(self) -> Q:
        wanted = Q()
        for column in ("standing", "sector", "size"):
            if value := getattr(self, column):
                wanted &= Q(**{column: value})
        for word in self.words.split()[:6]:
            wanted &= Q(name__icontains=word) | Q(npp__icontains=word)
        return wanted


def list_employers(
    user: User, *, month: date, region_code: str = "", filters: EmployerFilters | None = None
) -> QuerySet[Employer]:
    """The register of a month, where the user may see persons."""
    rows = employers_holding(month).filter(within(user, permission=Permission.VIEW_PERSONS))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    rows = rows.filter((filters or EmployerFilters()).as_q())
    return rows.select_related("region", "entered_by").order_by("region_id", "name", "pk")


def newest_employer_month(user: User, region_code: str = "") -> date | None:
    rows = Employer.objects.filter(within(user, permission=Permission.VIEW_PERSONS))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    newest: date | None = rows.aggregate(newest=Max("month"))["newest"]
    return newest


def register_sums(rows: QuerySet[Employer]) -> Mapping[str, int | None]:
    """What the listed employers come to; None where no row tells it."""
    registered = ~Q(standing=EmployerStanding.UNREGISTERED)
    return rows.order_by().aggregate(
        employers=Count("pk"),
        registered=Count("pk", filter=registered),
        partly=Count("pk", filter=Q(standing__in=PARTLY_REGISTERED)),
        workers_known=Sum("workers_known"),
        workers_registered=Sum("workers_registered"),
        wages=Sum("wages"),
        arrears=Sum("arrears"),
        fine=Sum("fine"),
    )
