"""Institutions of a region that enter, pay or send."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from regions.access import within, within_of
from regions.errors import OutsideScope
from regions.models import Institution, Region, User
from regions.roles import Permission
from regions.selectors.region import in_subtree


def existing_institutions() -> QuerySet[Institution]:
    today = localdate()
    return Institution.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today)).order_by("name")


def list_institutions(user: User, permission: Permission) -> QuerySet[Institution]:
    """Those that exist, of the regions where the user holds the permission, or those the user is bound to."""
    return existing_institutions().filter(within_of(user, permission=permission, institutions=("pk",)))


def institutions_in(regions: QuerySet[Region]) -> QuerySet[Institution]:
    """Those that exist in these regions."""
    return existing_institutions().filter(region__in=regions).order_by("region", "name")


def list_managed_institutions(user: User, text: str = "") -> QuerySet[Institution]:
    """Those an administrator looks after, ended ones too."""
    rows = Institution.objects.filter(within(user, permission=Permission.MANAGE_REFERENCE))
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(region__name__icontains=text))
    return rows.select_related("region__parent").order_by("region", "name")


def get_managed_institution(user: User, code: str) -> Institution:
    """Raises OutsideScope, for unknown and foreign ones alike."""
    row = list_managed_institutions(user).filter(pk=code).first()
    if row is None:
        raise OutsideScope(code)
    return row


def institutions_of(region_code: str, kinds: Collection[str]) -> list[Institution]:
    """Those of some kinds that exist in a region and below it; whoever asks was let in before."""
    rows = existing_institutions().filter(in_subtree("region__code", region_code), kind__in=kinds)
    return list(rows.order_by("name"))
