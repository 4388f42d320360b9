"""The plan in use, dashed and named, beside the board of its region."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, scope_of
from regions.formats import percent
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.drawing.plan_lines import PlanSeries, plan_lines, ticks_of
from reports.drawing.style import INK, LINE
from reports.selectors.plans.used import UsedPlan, used_plan
from reports.views.breadcrumbs import region_trail
from reports.views.requests import period_of


@require_safe
def used_plan_page(request: SignedInRequest, code: str) -> HttpResponse:
    """A part of the board, and a page of its own without scripts; of the year of the month asked for."""
    region = get_region(request.user, code, Permission.VIEW_DRAFTS)
    year = (period_of(request) or localdate()).year
    found = used_plan(request.user, region, year)
    context = {
        "region": region,
        "year": year,
        "used": found,
        "picture": _picture(found) if found else None,
    }
    if request.htmx:
        return render(request, "reports/_used_plan.html", context)
    context["trail"] = region_trail(scope_of(request.user), region)
    return render(request, "reports/used_plan.html", context)


def _picture(used: UsedPlan) -> tuple[Any, Any] | None:
    reported = [one.reported.rate if one.reported else None for one in used.months]
    planned = [one.planned for one in used.months]
    series = [
        PlanSeries(_("dilaporkan"), reported, [percent(value, 2) for value in reported], "whole", LINE),
        PlanSeries(_("rencana"), planned, [percent(value, 2) for value in planned], "dashed", INK),
    ]
    places = [date_format(one.month, "M") for one in used.months]
    title = _("UCJ yang dilaporkan dan rencana %(name)s, bukan angka laporan") % {"name": used.scenario.name}
    return plan_lines(series, places, ticks_of(series, lambda value: percent(value, 0)), title)
