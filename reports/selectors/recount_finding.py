"""Which months are counted a second time, and what was found."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from regions.access import within
from regions.enums import Level
from regions.models import User
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.models import Recount, Run


def months_to_recount(level: Level, count: int) -> list[tuple[str, date]]:
    """By lot, of the current runs of this version; not those whose facts moved since the month was closed.

    Nor where that is so of a region below or of an earlier month, whose closed figures count on.
    """
    moved = set(
        Run.objects.filter(is_current=True, moved_at__isnull=False).values_list("region_id", flat=True)
    )
    runs = Run.objects.filter(is_current=True, region__level=level, code_version=COMPUTATION_VERSION)
    chosen: list[tuple[str, date]] = []
    for code, period in runs.order_by("?").values_list("region_id", "period")[: count * 3]:
        if len(chosen) < count and not any(one == code or one.startswith(f"{code}.") for one in moved):
            chosen.append((code, period))
    return chosen


@dataclass(frozen=True)
class RecountSummary:
    compared: int
    different: int
    last: datetime | None


def recount_summary(user: User) -> RecountSummary:
    """Of the regions that the user sees."""
    different = Count("pk", filter=Q(different__gt=0))
    told = _standing(user).aggregate(n=Count("pk"), different=different, last=Max("at"))
    return RecountSummary(told["n"], told["different"], told["last"])


def list_different(user: User) -> QuerySet[Recount]:
    """Findings about figures that still stand."""
    return _standing(user).filter(different__gt=0).select_related("region").order_by("region_id", "-period")


def _standing(user: User) -> QuerySet[Recount]:
    current = Run.objects.filter(region=OuterRef("region"), period=OuterRef("period"), is_current=True)
    return Recount.objects.filter(within(user), run_number=Subquery(current.values("pk")[:1]))
