"""Active members per segment as branches report them, and the rows behind each sum."""

from datetime import date

from django.db.models import Q, QuerySet

from participants.enums import CountedSegment
from participants.models import MembershipCount
from participants.programme_set import in_order
from participants.selectors.programme_rule import Programmes, covering_programmes
from regions.access import within
from regions.models import User
from regions.month import add_months, months_between
from regions.region_months import RegionMonths


def count_members(asked: RegionMonths, programmes: Programmes) -> dict[date, dict[str, dict[str, int]]]:
    """Month → region code → segment → active members reported; what was not reported is absent.

    Only rows that count just those programmes which count in their month.
    """
    found: dict[date, dict[str, dict[str, int]]] = {}
    rows = MembershipCount.objects.filter(asked.of_regions(), month__range=(asked.first, asked.last))
    columns = ("month", "region_id", "segment", "programmes", "members")
    wanted = _in_order(programmes)
    for month, code, segment, told, members in rows.order_by().values_list(*columns):
        if told == wanted.get(month):
            found.setdefault(month, {}).setdefault(code, {})[segment] = members
    return found


def reported_before(asked: RegionMonths, programmes: Programmes) -> dict[date, dict[str, frozenset[str]]]:
    """Month → region code → segments of which members were reported in the twelve months before it.

    Of the programmes that count in the month itself.
    """
    rows = MembershipCount.objects.filter(
        asked.of_regions(), month__range=(add_months(asked.first, -12), add_months(asked.last, -1))
    ).exclude(segment=CountedSegment.ALL)
    told: dict[date, dict[str, set[str]]] = {}
    columns = ("month", "region_id", "segment", "programmes")
    wanted = _in_order(programmes)
    for month, code, segment, counted in rows.order_by().values_list(*columns):
        for later in months_between(add_months(month, 1), add_months(month, 12)):
            if later in asked and counted == wanted.get(later):
                told.setdefault(later, {}).setdefault(code, set()).add(segment)
    return {
        month: {code: frozenset(segments) for code, segments in by_region.items()}
        for month, by_region in told.items()
    }


def _in_order(programmes: Programmes) -> dict[date, list[str]]:
    return {month: in_order(told) for month, told in programmes.items()}


def explain_members(region_code: str, month: date) -> QuerySet[MembershipCount]:
    """All rows of a region and month, whatever programmes they count."""
    return (
        MembershipCount.objects.filter(region_id=region_code, month=month)
        .select_related("entered_by")
        .order_by("segment", "programmes")
    )


def counted_otherwise(region_code: str, month: date) -> bool:
    """Whether members of the month were reported, yet none of the programmes that make covered."""
    told = list(explain_members(region_code, month).values_list("programmes", flat=True))
    return bool(told) and in_order(covering_programmes(month)) not in told


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
    return rows.order_by("-month", "region_id", "segment", "programmes")


def months_with_members() -> set[date]:
    return set(MembershipCount.objects.order_by().values_list("month", flat=True).distinct())
