"""Templates of packs in use."""

from django.db.models import QuerySet

from regions.access import require, within
from regions.models import User
from regions.models.region import ancestor_codes
from regions.roles import Permission
from reports.models import Face, PackTemplate


def template_for(region_code: str, face: Face) -> bytes | None:
    """The layout in use at the nearest region; None where the application's own serves."""
    places = [region_code, *reversed(ancestor_codes(region_code))]
    rows = PackTemplate.objects.filter(region__in=places, face=face, in_use=True).defer("content")
    found = {row.region_id: row for row in rows}
    nearest = next((found[code] for code in places if code in found), None)
    return None if nearest is None else bytes(nearest.content)


def list_templates(user: User) -> QuerySet[PackTemplate]:
    rows = PackTemplate.objects.filter(within(user, permission=Permission.MANAGE_REFERENCE))
    return rows.defer("content").select_related("region", "by").order_by("region_id", "face", "-pk")


def get_template(user: User, pk: int) -> PackTemplate | None:
    rows = PackTemplate.objects.filter(within(user), pk=pk).select_related("region")
    template = rows.first()
    if template is not None:
        require(user, Permission.MANAGE_REFERENCE, template.region_id)
    return template
