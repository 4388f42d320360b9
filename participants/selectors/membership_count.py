"""Active members per segment as branches report them, and the rows behind each sum."""

from datetime import date

from django.db.models import Q, QuerySet

from participants.enums import CountedSegment
from participants.models import MembershipCount
from regions.access import within
from regions.models import User
from regions.month import add_months, months_between
from regions.region_months import RegionMonths


def count_members(asked: RegionMonths) -> dict[date, dict[str, dict[str, int]]]:
    """Month → region code → segment → active members reported; what was not reported is absent."""
    found: dict[date, dict[str, dict[str, int]]] = {}
    rows = MembershipCount.objects.filter(asked.of_regions(), month__range=(asked.first, asked.last))
    columns = ("month", "region_id", "segment", "members")
    for month, code, segment, members in rows.order_by().values_list(*columns):
        found.setdefault(month, {}).setdefault(code, {})[segment] = members
    return found


def reported_before(asked: RegionMonths) -> dict[date, dict[str, frozenset[str]]]:
    """Month → region code → segments of which members were reported in the twelve months before it."""
    rows = MembershipCount.objects.filter(
        asked.of_regions(), month__range=(add_months(asked.first, -12), add_months(asked.last, -1))
    ).exclude(segment=CountedSegment.ALL)
    told: dict[date, dict[str, set[str]]] = {}
    for month, code, segment in rows.order_by().values_list("month", "region_id", "segment"):
        for later in months_between(add_months(month, 1), add_months(month, 12)):
            if later in asked:
                told.setdefault(later, {}).setdefault(code, set()).add(segment)
    return {
        month: {code: frozenset(segments) for code, segments in by_region.items()}
        for month, by_region in told.items()
    }


def explain_members(region_code: str, month: date) -> QuerySet[MembershipCount]:
    """The rows that `count_members` counts for a region and month."""
    return (
        MembershipCount.objects.filter(region_id=region_code, month=month)
        .select_related("entered_by")
        .order_by("segment")
    )


def list_membership_counts(
    user: User, *, region_code: str = "", month: date | None = None
) -> QuerySet[MembershipCount]:
    rows = MembershipCount.objects.filter(
        within(user, permission=MembershipCount.fact.listed_with)
    ).select_related("region", "entered_by")
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    if month:
        rows = rows.filter(month=month)
    return rows.order_by("-month", "region_id", "segment")


def months_with_members() -> set[date]:
    return set(MembershipCount.objects.order_by().values_list("month", flat=True).distinct())
