from django.http import Http404
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import get_region
from regions.month import iso_month, parse_month
from regions.roles import Permission
from reports.selectors.run import find_run
from reports.selectors.standing import require_told
from reports.selectors.value import list_values, values_as_rows
from reports.views.requests import per_of


@api_view(["GET", "HEAD"])
def measures(request: Request, code: str, period: str) -> Response:
    """All values of a region and month, as the command `measures --json` prints them; `?per=` as of a day."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    try:
        month = parse_month(period)
    except ValueError as error:
        raise Http404(period) from error
    per = per_of(request)
    require_told(request.user, region, month)
    run = find_run(request.user, region, month, per)
    return Response(
        {
            "region": region.code,
            "period": iso_month(month),
            "per": per and per.isoformat(),
            "run": run.pk if run else None,
            "values": values_as_rows(list_values(run)) if run else [],
        }
    )
