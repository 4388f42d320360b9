"""Runs, what waits to be computed, and the months of which anything is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from budgets.models import Claim, Contribution
from budgets.selectors.money import months_with_payments
from participants.selectors.headcount import months_with_headcounts
from participants.selectors.membership_count import months_with_members
from participants.selectors.persons.enrolment import months_with_enrolments
from regions.access import within
from regions.models import Change, Region, User
from reports.models import Heartbeat, Run, StaleMonth

# The quantities that coverage is made of.
_COVERAGE = ("members", "eligible", "coverage", "segment_coverage")


def known_months() -> set[date]:
    """Months for which anything was reported or computed."""
    computed = set(Run.objects.order_by().values_list("period", flat=True).distinct())
    return (
        computed
        | months_with_members()
        | months_with_headcounts()
        | months_with_enrolments()
        | months_with_payments(Contribution)
        | months_with_payments(Claim)
    )


def get_current_run(region: Region, period: date) -> Run | None:
    return Run.objects.filter(region=region, period=period, is_current=True).first()


def frozen_runs(period: date, closings: Mapping[str, int]) -> dict[str, Run]:
    """Region code → the run with which its month was closed, where that closing has been computed."""
    runs = Run.objects.filter(period=period, is_current=True, region__in=list(closings))
    return {run.region_id: run for run in runs if run.closing == closings[run.region_id]}


def frozen_coverage(period: date, closings: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Region code → what coverage is made of, of the runs that `frozen_runs` finds; nothing more is read."""
    runs = Run.objects.filter(period=period, is_current=True, region__in=list(closings))
    columns = [f"quantities__{name}" for name in _COVERAGE]
    return {
        code: {name: one for name, one in zip(_COVERAGE, stored, strict=True) if one is not None}
        for code, closing, *stored in runs.values_list("region_id", "closing", *columns)
        if closing == closings[code]
    }


def list_runs(user: User) -> QuerySet[Run]:
    return Run.objects.filter(within(user)).select_related("region").order_by("-pk")


def list_stale(user: User) -> QuerySet[StaleMonth]:
    return StaleMonth.objects.filter(within(user)).select_related("region")


def list_changes(user: User) -> QuerySet[Change]:
    return Change.objects.filter(within(user)).select_related("region").order_by("pk")


def get_heartbeat(name: str) -> Heartbeat | None:
    return Heartbeat.objects.filter(name=name).first()


def count_all_waiting() -> int:
    return Change.objects.count() + StaleMonth.objects.count()


def newest_period(user: User) -> date | None:
    """The newest month of which anything was computed for a region the user sees."""
    rows = Run.objects.filter(within(user), is_current=True)
    newest: date | None = rows.aggregate(newest=Max("period"))["newest"]
    return newest
