"""The ledger of acts: its rows for pages."""

from collections.abc import Iterable

from django.db.models import QuerySet

from regions.access import within_codes
from regions.models import Act, Region, User
from regions.roles import Permission


def list_acts(user: User) -> QuerySet[Act]:
    """Acts in the regions where the user may read the ledger, newest first."""
    return Act.objects.filter(
        within_codes(user, column="region_code", permission=Permission.VIEW_LEDGER)
    ).order_by("-pk")


def name_regions(acts: Iterable[Act]) -> list[Act]:
    """The acts with the name of their region, which the ledger itself keeps as a code only."""
    found = list(acts)
    regions = Region.objects.in_bulk([act.region_code for act in found if act.region_code])
    for act in found:
        region = regions.get(act.region_code)
        act.region_name = region.full_label if region else act.region_code  # type: ignore[attr-defined]
    return found
