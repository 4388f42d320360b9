"""What the addresses of the pages about persons ask for: a region and a month."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from regions.access import get_region, require_anywhere
from regions.models import Region
from regions.month import first_of, parse_month
from regions.roles import Permission
from regions.selectors.region import list_entry_regions

# More regions than this are not chosen from a list; their code is typed.
_CHOICES = 60


def asked_region(request: HttpRequest) -> Region:
    """The region in the address, or the first whose persons this officer may see."""
    require_anywhere(request.user, Permission.VIEW_PERSONS)
    code = request.GET.get("wilayah", "").strip()
    if not code:
        first = list_entry_regions(request.user, Permission.VIEW_PERSONS).order_by("level", "code").first()
        if first is None:
            raise Http404
        return first
    return get_region(request.user, code, Permission.VIEW_PERSONS)


def asked_month(request: HttpRequest) -> date:
    """The month in the address, or this one. An unreadable one is not found."""
    text = request.GET.get("periode", "")
    try:
        return parse_month(text) if text else first_of(localdate())
    except ValueError as error:
        raise Http404 from error


def asked(request: HttpRequest) -> dict[str, Any]:
    """Both, and the regions to choose from, for participants/_asked.html."""
    choices = list(list_entry_regions(request.user, Permission.VIEW_PERSONS)[: _CHOICES + 1])
    return {
        "region": asked_region(request),
        "month": asked_month(request),
        "regions": choices if len(choices) <= _CHOICES else [],
    }
