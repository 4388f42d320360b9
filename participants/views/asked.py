"""What the addresses of the pages about persons ask for: a region and a month."""

from datetime import date
from typing import Any

from django.http import Http404

from participants.selectors.persons.enrolment import newest_enrolled_month
from regions.access import get_region, require_anywhere
from regions.models import Region
from regions.month import parse_month
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest

# More regions than this are not chosen from a list; their code is typed.
_CHOICES = 60


def asked_region(request: SignedInRequest) -> Region:
    """The region in the address, or the first whose persons this officer may see."""
    require_anywhere(request.user, Permission.VIEW_PERSONS)
    code = request.GET.get("wilayah", "").strip()
    if not code:
        first = list_entry_regions(request.user, Permission.VIEW_PERSONS).order_by("level", "code").first()
        if first is None:
            raise Http404
        return first
    return get_region(request.user, code, Permission.VIEW_PERSONS)


def asked_month(request: SignedInRequest, region: Region) -> date:
    """The month in the address, or the newest with anybody listed. An unreadable one is not found."""
    text = request.GET.get("periode", "")
    try:
        return parse_month(text) if text else newest_enrolled_month(region.code)
    except ValueError as error:
        raise Http404 from error


def asked(request: SignedInRequest) -> dict[str, Any]:
    """Both, and the regions to choose from, for participants/_asked.html."""
    choices = list(list_entry_regions(request.user, Permission.VIEW_PERSONS)[: _CHOICES + 1])
    region = asked_region(request)
    return {
        "region": region,
        "month": asked_month(request, region),
        "regions": choices if len(choices) <= _CHOICES else [],
    }
