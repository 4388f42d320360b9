from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, home_codes, scope_of
from regions.enums import Level
from regions.errors import OutsideScope
from regions.formats import month_name, percent
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.drawing.charts import SCREEN_FONT, TargetLine, TrendPoint, trend_svg
from reports.drawing.maps import Area, Map, draw_map
from reports.drawing.svg import labelled
from reports.selectors.boards.board import Board, get_board
from reports.value_words import explain_url
from reports.views.breadcrumbs import region_trail
from reports.views.requests import per_of, period_of, status_url


@require_safe
def region_index(request: SignedInRequest) -> HttpResponse:
    """To the first region the person sees."""
    codes = home_codes(request.user)
    if not codes:
        raise OutsideScope("no region")
    return redirect("region_board", codes[0])


@require_safe
def region_board(request: SignedInRequest, code: str) -> HttpResponse:
    """Coverage of a region and month, from the nation down to the regency."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level > Level.REGENCY:
        return render(request, "reports/region_below.html", {"region": region})
    board = get_board(request.user, region, period_of(request), per_of(request))
    context = {
        "board": board,
        "trail": region_trail(scope_of(request.user), region),
        "chart": trend_chart(board),
        "map": region_map(board),
        "status_url": status_url(board.region.code, board.period, board.run),
    }
    return render(request, "reports/region_board.html", context)


def trend_chart(board: Board) -> str:
    points = [
        TrendPoint(value.run.period, value.rate, explain_url(value))
        for value in board.trend
        if value.rate is not None
    ]
    if len(points) < 2:
        return ""
    own = [row for row in board.targets if not row.is_comparison]
    targets = [TargetLine(row.label, row.target.percent) for row in own]
    title = _("UCJ %(region)s, %(count)s bulan") % {
        "region": board.region.full_label,
        "count": len(points),
    }
    return trend_svg(points, targets, title)


def region_map(board: Board) -> Map | None:
    """The regions below by their coverage; none where there are none or nothing is known of any."""
    if all(row.rate is None for row in board.rank):
        return None
    month = iso_month(board.period)
    areas = [
        Area(
            row.region.code,
            row.region.full_label,
            row.rate,
            percent(row.rate, 2),
            f"{reverse('region_board', args=[row.region.code])}?periode={month}{board.per_query}",
        )
        for row in board.rank
    ]
    outlines = {row.region.code: row.outline for row in board.rank if row.outline}
    words = {"region": board.region.full_label, "month": month_name(board.period)}
    title = _("Peta UCJ %(region)s, %(month)s") % words
    drawn = draw_map(areas, outlines, SCREEN_FONT)
    return replace(drawn, svg=labelled(drawn.svg, title)) if drawn else None
