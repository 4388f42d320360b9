from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from regions.access import get_region
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.selectors.boards.waiting import count_waiting
from reports.selectors.run import find_run
from reports.views.requests import period_of


@require_safe
def region_status(request: SignedInRequest, code: str) -> HttpResponse:
    """How old the figures on the page are; makes the page load anew when a newer run exists."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    period = period_of(request)
    run = find_run(request.user, region, period) if period else None
    shown = request.GET.get("hitungan", "0")
    if str(run.pk if run else 0) != shown:
        return HttpResponseClientRefresh()
    context = {
        "computed_at": run.computed_at if run else None,
        "waiting": count_waiting(region).total,
        "status_url": request.get_full_path(),
    }
    return render(request, "reports/region_status.html", context)
