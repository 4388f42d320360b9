"""Open to everybody where the installation says so: closed months, no persons, no small cells."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.models.region import NATION
from regions.month import iso_month, parse_month
from regions.views.csv_file import csv_file
from reports.selectors.public import (
    PublicRegion,
    find_public_region,
    get_public_region,
    list_public_months,
    public_rows,
)


def published(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where nobody switched the page on there is none."""

    @wraps(view)
    def if_on(request: HttpRequest, **arguments: str) -> HttpResponse:
        if not settings.PUBLIC_PAGE:
            raise Http404
        return view(request, **arguments)

    return if_on


@login_not_required
@published
@require_safe
def public_index(request: HttpRequest) -> HttpResponse:
    return redirect("public_region", settings.HOME_REGION or NATION)


@login_not_required
@published
@require_safe
def public_region(request: HttpRequest, code: str) -> HttpResponse:
    """Coverage of a region and those below it, and its people by category, in a closed month."""
    months = list_public_months()
    if not months:
        return render(request, "reports/public_empty.html")
    told, month = _told(request, code, months)
    context = {"told": told, "period": month, "periods": months, "least": settings.PUBLIC_LEAST}
    return render(request, "reports/public_region.html", context)


@login_not_required
@published
@require_safe
def public_csv(request: HttpRequest, code: str) -> HttpResponse:
    told, month = _told(request, code, list_public_months())
    head = [
        _("periode"),
        _("kode_wilayah"),
        _("wilayah"),
        _("kategori"),
        _("orang"),
        _("pekerja"),
        _("persen"),
    ]
    return csv_file(f"jamsostek-{code}-{iso_month(month)}.csv", head, public_rows(told, month))


def _told(request: HttpRequest, code: str, months: list[date]) -> tuple[PublicRegion, date]:
    text = request.GET.get("periode", "")
    try:
        month = parse_month(text) if text else months[0]
    except (ValueError, IndexError) as error:
        raise Http404(text) from error
    region = find_public_region(code, month)
    if region is None or month not in months:
        raise Http404(code)
    return get_public_region(region, month), month
