"""What the addresses of the budget pages ask for: a region, a fiscal year, a month of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404

from budgets.selectors.told_year import budget_month
from regions.access import get_region, home_codes, require_anywhere
from regions.models import Region
from regions.month import YEARS, parse_month
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest

# More regions than this are not chosen from a list; their code is typed.
_CHOICES = 60


def asked_region(request: SignedInRequest) -> Region:
    """The region in the address, or the place that the person's own pages start from."""
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    code = request.GET.get("wilayah", "").strip() or home_codes(request.user)[0]
    return get_region(request.user, code, Permission.VIEW_COVERAGE)


def asked_month(request: SignedInRequest, opening: Callable[[], date]) -> date:
    """Up to which month: the one in the address, else what the page opens with; 404 where unreadable."""
    text = request.GET.get("periode", "")
    try:
        month = parse_month(text) if text else opening()
    except ValueError as error:
        raise Http404 from error
    if month.year not in YEARS:
        raise Http404
    return month


def asked_budget(request: SignedInRequest) -> dict[str, Any]:
    """Both, and the regions to choose from; the month's year is the fiscal year."""
    region = asked_region(request)
    month = asked_month(request, lambda: budget_month(request.user, region.pk))
    choices = list(list_entry_regions(request.user, Permission.VIEW_COVERAGE)[: _CHOICES + 1])
    regions = choices if len(choices) <= _CHOICES else []
    return {"region": region, "month": month, "year": month.year, "regions": regions}
