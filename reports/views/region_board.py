from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from regions.access import get_region, home_codes, scope_of
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import User
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.enums import BoardTab
from reports.selectors.boards.board import Board, board_frame, fill_board
from reports.selectors.boards.headline import headline_of
from reports.views.below_pictures import below_pictures, rank_axis
from reports.views.board_pictures import (
    categories_chart,
    funnel_axis,
    gap_axis,
    money_chart,
    region_map,
    trend_chart,
)
from reports.views.board_tabs import tab_path, tab_url, tabs_of
from reports.views.breadcrumbs import region_trail
from reports.views.kept_board import find_kept, keep, kept_key
from reports.views.requests import per_of, period_of, status_url

# Tabs with pictures.
_DRAWN = (BoardTab.COVERAGE, BoardTab.ALL)
_WITH_BELOW = (BoardTab.BELOW, BoardTab.ALL)
_WITH_CATEGORIES = (BoardTab.CATEGORIES, BoardTab.ALL)
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
    shown = BoardTab(tab)
    if shown == BoardTab.BELOW and region.level == Level.REGENCY:
        raise Http404(tab)
    board = board_frame(region, period_of(request), per_of(request))
    context = {
        "board": board,
        "tab": shown,
        "tab_url": tab_path(code, shown),
        "trail": region_trail(scope_of(request.user), region),
        "status_url": status_url(board.region.code, board.period, board.run),
        "parts": _parts(board, request.user, shown),
    }
    return render(request, "reports/region_board.html", context)


def _parts(board: Board, user: User, shown: BoardTab) -> str:
    """All below the bar; written anew only where what it rests on has changed."""
    key = kept_key(board, user, shown)
    parts = find_kept(key)
    if parts is None:
        parts = render_to_string("reports/_board_parts.html", _drawn(fill_board(board, user), shown))
        keep(key, parts)
    return parts


def _drawn(board: Board, shown: BoardTab) -> dict[str, Any]:
    draws = shown in _DRAWN
    return {
        "board": board,
        "headline": headline_of(board),
        "tab": shown,
        "tabs": tabs_of(board, shown),
        "meeting_url": f"{reverse('meeting', args=[board.region.code])}?periode={iso_month(board.period)}",
        "print_url": tab_url(board, BoardTab.ALL),
        "chart": trend_chart(board) if draws else None,
        "money_chart": money_chart(board) if shown in _WITH_MONEY else None,
        "categories_chart": categories_chart(board) if shown in _WITH_CATEGORIES else None,
        "gap_axis": gap_axis(board) if shown in _WITH_CATEGORIES else None,
        "funnel_axis": funnel_axis(board) if shown in _WITH_MONEY else None,
        "map": region_map(board) if draws else None,
        "rank_axis": rank_axis(board) if draws else None,
        "below": below_pictures(board) if board.rank and shown in _WITH_BELOW else None,
    }
