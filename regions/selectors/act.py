"""The ledger of acts: its rows for pages, and the check of its chain of hashes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from regions.access import within_codes
from regions.ledger import GENESIS, hash_of
from regions.models import Act, Region, User
from regions.roles import Permission


@dataclass(frozen=True)
class ChainCheck:
    """`broken_at` is the number of the first act that does not fit, None when the chain is whole."""

    acts: int
    broken_at: int | None


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


def verify_acts() -> ChainCheck:
    previous, count = GENESIS, 0
    for act in Act.objects.order_by("pk").iterator(chunk_size=2000):
        if act.previous_hash != previous or act.hash != hash_of(act):
            return ChainCheck(count, act.pk)
        previous, count = act.hash, count + 1
    return ChainCheck(count, None)
