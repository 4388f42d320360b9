from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, get_regions, scope_of
from regions.models import Region
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.csv_file import csv_file
from reports.drawing.charts import TrendPoint
from reports.drawing.comparison import NARROW_ROOM, WIDE_ROOM, ComparedLine, comparison_svg
from reports.measures.catalogue import MEASURES
from reports.selectors.boards.side_by_side import (
    MOST,
    SHOWN,
    ComparedRegion,
    compare_regions,
    list_peers,
    newest_month,
)
from reports.selectors.standing import require_told
from reports.views.board_pictures import BoardChart
from reports.views.breadcrumbs import region_trail
from reports.views.export import VALUE_HEADER, value_row
from reports.views.requests import period_of


def _asked(request: SignedInRequest, code: str) -> tuple[Region, list[ComparedRegion]]:
    """The region of the address first, then those chosen; whoever may not be seen is not found."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    codes = [one for one in dict.fromkeys(request.GET.getlist("dengan")) if one != code][: MOST - 1]
    others = get_regions(request.user, codes, Permission.VIEW_COVERAGE)
    month = period_of(request) or newest_month(request.user, region)
    require_told(request.user, region, month)
    return region, compare_regions(request.user, [region, *others], month)


@require_safe
def region_comparison(request: SignedInRequest, code: str) -> HttpResponse:
    """Two to eight regions side by side."""
    region, rows = _asked(request, code)
    lines = [
        ComparedLine(
            row.region.label,
            [
                TrendPoint(v.run.period, v.rate, is_open=not v.run.closing)
                for v in row.trend
                if v.rate is not None
            ],
        )
        for row in rows
    ]
    wide, narrow = (
        comparison_svg(lines, _("UCJ wilayah yang dibandingkan"), room) for room in (WIDE_ROOM, NARROW_ROOM)
    )
    chosen = {row.region.code for row in rows}
    context = {
        "region": region,
        "month": rows[0].month,
        "rows": rows,
        "headings": [MEASURES[one].label for one in SHOWN[1:]],
        "peers": [(peer, peer.code in chosen) for peer in list_peers(request.user, region)],
        "most": MOST,
        "chart": BoardChart(wide, narrow) if wide else None,
        "trail": region_trail(scope_of(request.user), region),
        "csv_query": request.GET.urlencode(),
    }
    return render(request, "reports/region_comparison.html", context)


@require_safe
def region_comparison_csv(request: SignedInRequest, code: str) -> HttpResponse:
    _region, rows = _asked(request, code)
    lines = (
        value_row(row.region.code, row.region.full_label, row.month, row.values[code])
        for row in rows
        for code in SHOWN
        if code in row.values
    )
    return csv_file(f"banding-{code}-{iso_month(rows[0].month)}.csv", VALUE_HEADER, lines)
