from dataclasses import dataclass

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
from reports.drawing.charts import NARROW, SCREEN_FONT, WIDE, TargetLine, TrendPoint, trend_svg
from reports.drawing.maps import Area, draw_map
from reports.drawing.money import MoneyBar, money_svgs
from reports.drawing.svg import labelled
from reports.enums import BoardTab
from reports.selectors.boards.board import Board, get_board
from reports.selectors.boards.headline import binding_target, headline_of
from reports.value_words import explain_url
from reports.views.board_tabs import tab_url, tabs_of
from reports.views.breadcrumbs import region_trail
from reports.views.requests import per_of, period_of, status_url

# Tabs with pictures.
_DRAWN = (BoardTab.COVERAGE, BoardTab.ALL)
_WITH_MONEY = (BoardTab.MONEY, BoardTab.ALL)


@require_safe
def region_index(request: SignedInRequest) -> HttpResponse:
    """To the first region the person sees."""
    codes = home_codes(request.user)
    if not codes:
        raise OutsideScope("no region")
    return redirect("region_board", codes[0])


@require_safe
def region_board(request: SignedInRequest, code: str, tab: str = BoardTab.COVERAGE) -> HttpResponse:
    """What is known of a region and month, from the nation down to the regency, a tab at a time."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level > Level.REGENCY:
        return render(request, "reports/region_below.html", {"region": region})
    board = get_board(request.user, region, period_of(request), per_of(request))
    shown = BoardTab(tab)
    draws = shown in _DRAWN
    context = {
        "board": board,
        "headline": headline_of(board),
        "tab": shown,
        "tabs": tabs_of(board, shown),
        "tab_url": tab_url(board, shown).partition("?")[0],
        "meeting_url": f"{reverse('meeting', args=[code])}?periode={iso_month(board.period)}",
        "print_url": tab_url(board, BoardTab.ALL),
        "trail": region_trail(scope_of(request.user), region),
        "chart": trend_chart(board) if draws else None,
        "money_chart": money_chart(board) if shown in _WITH_MONEY else None,
        "map": region_map(board) if draws else None,
        "status_url": status_url(board.region.code, board.period, board.run),
    }
    return render(request, "reports/region_board.html", context)


@dataclass(frozen=True)
class TrendChart:
    """The same picture for wide and for narrow screens; of either the style sheet shows one."""

    wide: str
    narrow: str


def trend_chart(board: Board) -> TrendChart | None:
    """None of fewer than two months."""
    points = [
        TrendPoint(value.run.period, value.rate, explain_url(value), is_open=not value.run.closing)
        for value in board.trend
        if value.rate is not None
    ]
    if len(points) < 2:
        return None
    row = binding_target(board)
    target = TargetLine(row.label, row.target.percent) if row else None
    title = _("UCJ %(region)s, %(count)s bulan") % {
        "region": board.region.full_label,
        "count": len(points),
    }
    return TrendChart(*(trend_svg(points, target, title, size) for size in (WIDE, NARROW)))


def money_chart(board: Board) -> TrendChart | None:
    bars = [MoneyBar(one.month, one.received, one.paid) for one in board.money_board.months]
    title = _("Iuran dan klaim %(region)s per bulan") % {"region": board.region.full_label}
    wide, narrow = money_svgs(bars, title)
    return TrendChart(wide, narrow) if wide else None


@dataclass(frozen=True)
class RegionMap:
    """`narrow` is empty where the wide one fits a narrow screen, or can be made smaller."""

    svg: str
    narrow: str
    absent_text: str


# What fits the screen of a telephone with its names.
_FITS = 400


def region_map(board: Board) -> RegionMap | None:
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
    if drawn is None:
        return None
    small = None
    if not outlines and drawn.width > _FITS:
        small = draw_map(areas, outlines, SCREEN_FONT, is_compact=True)
    narrow = labelled(small.svg, title) if small else ""
    return RegionMap(labelled(drawn.svg, title), narrow, drawn.absent_text)
