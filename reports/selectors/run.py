"""Runs, what waits to be computed, and the months of which anything is known."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Max, QuerySet

from budgets.models import Claim, Contribution
from budgets.selectors.money import months_with_payments
from participants.selectors.headcount import months_with_headcounts
from participants.selectors.membership_count import months_with_members
from participants.selectors.persons.enrolment import months_with_enrolments
from regions.access import within
from regions.models import Change, Region, User
from reports.measures.frozen import Below, from_json
from reports.measures.quantities import CoveragePair, Quantities
from reports.models import Heartbeat, Run, WaitingRegion
from reports.selectors.standing import Person, standing, stood


def known_months(codes: Collection[str]) -> set[date]:
    """Months of which anything was reported or computed, or in which these regions list people by name."""
    computed = set(Run.objects.filter(is_current=True).order_by().values_list("period", flat=True).distinct())
    return (
        computed
        | months_with_members()
        | months_with_headcounts()
        | months_with_enrolments(codes)
        | months_with_payments(Contribution)
        | months_with_payments(Claim)
    )


def get_current_run(region: Region, period: date, per: date | None = None) -> Run | None:
    """The one that stands now, or stood at the end of the day `per`, whoever asks."""
    return Run.objects.filter(stood(per), region=region, period=period).first()


def find_run(user: Person, region: Region, period: date, per: date | None = None) -> Run | None:
    """The same as far as the user is told of it."""
    return Run.objects.filter(standing(user, per), region=region, period=period).first()


def periods_of(user: User, region: Region) -> list[date]:
    """Months of which anything was computed and the user is told, newest first."""
    runs = Run.objects.filter(standing(user), region=region).order_by("-period")
    return list(runs.values_list("period", flat=True))


RegionMonth = tuple[str, date]


def current_runs(pairs: Collection[RegionMonth]) -> dict[RegionMonth, Run]:
    """(Region code, month) → its current run, without quantities."""
    return {(run.region_id, run.period): run for run in _current(pairs)}


def stored_quantities(codes: Collection[str], months: Collection[date]) -> dict[RegionMonth, Below]:
    """(Region code, month) → what its current run was computed from, or closed with."""
    runs = Run.objects.filter(region__in=codes, period__in=months, is_current=True, quantities__isnull=False)
    rows = runs.values_list("region_id", "period", "quantities")
    return {(code, period): Below.read(stored) for code, period, stored in rows if stored}


def closed_quantities(runs: Iterable[Run]) -> dict[RegionMonth, Quantities]:
    """(Region code, month) → what a run was closed with."""
    rows = Run.objects.filter(pk__in=[run.pk for run in runs]).values_list(
        "region_id", "period", "quantities"
    )
    return {(code, period): from_json(stored) for code, period, stored in rows if stored}


def stored_coverage(pairs: Collection[RegionMonth]) -> dict[RegionMonth, CoveragePair | None]:
    """(Region code, month) → the coverage that counts there."""
    runs = _current(pairs).filter(quantities__isnull=False)
    return {
        (code, period): from_json({"coverage": stored}).coverage
        for code, period, stored in runs.values_list("region_id", "period", "quantities__coverage")
    }


def _current(pairs: Collection[RegionMonth]) -> QuerySet[Run]:
    codes, months = {code for code, _month in pairs}, {month for _code, month in pairs}
    return Run.objects.filter(region__in=codes, period__in=months, is_current=True)


def list_runs(user: User) -> QuerySet[Run]:
    return Run.objects.filter(within(user)).select_related("region").order_by("-pk")


def list_waiting(user: User) -> QuerySet[WaitingRegion]:
    """In the order in which workers take them."""
    return WaitingRegion.objects.filter(within(user)).select_related("region").order_by(*WaitingRegion.ORDER)


def list_changes(user: User) -> QuerySet[Change]:
    return Change.objects.filter(within(user)).select_related("region").order_by("pk")


def get_heartbeat(name: str) -> Heartbeat | None:
    return Heartbeat.objects.filter(name=name).first()


def get_heartbeats(*names: str) -> dict[str, Heartbeat]:
    return {row.name: row for row in Heartbeat.objects.filter(name__in=names)}


def count_all_waiting() -> int:
    return Change.objects.count() + WaitingRegion.objects.count()


def newest_period(user: User) -> date | None:
    """The newest month of which anything was computed for a region the user sees."""
    rows = Run.objects.filter(within(user), standing(user))
    newest: date | None = rows.aggregate(newest=Max("period"))["newest"]
    return newest
