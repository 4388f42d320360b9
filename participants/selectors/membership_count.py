from datetime import date

from django.db.models import Q, QuerySet

from participants.models import MembershipCount
from regions.access import within
from regions.models import User


def count_members(month: date) -> dict[str, dict[str, int]]:
    """Region code → segment → active members reported for a month; what was not reported is absent."""
    found: dict[str, dict[str, int]] = {}
    rows = MembershipCount.objects.filter(month=month)
    for code, segment, members in rows.values_list("region_id", "segment", "members"):
        found.setdefault(code, {})[segment] = members
    return found


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
    rows = MembershipCount.objects.filter(within(user)).select_related("region", "entered_by")
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    if month:
        rows = rows.filter(month=month)
    return rows.order_by("-month", "region_id", "segment")


def months_with_members() -> set[date]:
    return set(MembershipCount.objects.order_by().values_list("month", flat=True).distinct())
