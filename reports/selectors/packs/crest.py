"""Crests of regions."""

from django.db.models import QuerySet

from regions.access import within
from regions.models import User
from regions.roles import Permission
from reports.models import Crest


def crest_of(region_code: str) -> bytes:
    """For the packs of a region; empty where nobody uploaded one."""
    row = Crest.objects.filter(region=region_code).first()
    return b"" if row is None else bytes(row.content)


def list_crests(user: User) -> QuerySet[Crest]:
    rows = Crest.objects.filter(within(user, permission=Permission.MANAGE_REFERENCE))
    return rows.defer("content").select_related("region", "by").order_by("region_id")


def get_crest(user: User, region_code: str) -> Crest | None:
    rows = Crest.objects.filter(within(user, permission=Permission.MANAGE_REFERENCE), region=region_code)
    return rows.first()
