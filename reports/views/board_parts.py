"""All of a board below its bar, as markup: drawn anew only where what it rests on has changed."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from regions.models import User
from regions.month import iso_month
from reports.enums import BoardTab
from reports.selectors.boards.board import Board, fill_board
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
from reports.views.board_tabs import file_url, tab_url, tabs_of
from reports.views.kept_board import find_kept, keep, kept_key

# Tabs with pictures.
_DRAWN = (BoardTab.COVERAGE, BoardTab.ALL)
_WITH_BELOW = (BoardTab.BELOW, BoardTab.ALL)
_WITH_CATEGORIES = (BoardTab.CATEGORIES, BoardTab.ALL)
_WITH_MONEY = (BoardTab.MONEY, BoardTab.ALL)


def parts_of(board: Board, user: User, shown: BoardTab) -> str:
    """Kept as long as what it rests on stays as it is."""
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
        "share_url": f"{reverse('region_share', args=[board.region.code])}?periode={iso_month(board.period)}"
        if board.run and not board.per
        else "",
        "pdf_url": file_url(board, "region_pdf", shown.value),
        "chart": trend_chart(board) if draws else None,
        "money_chart": money_chart(board) if shown in _WITH_MONEY else None,
        "categories_chart": categories_chart(board) if shown in _WITH_CATEGORIES else None,
        "gap_axis": gap_axis(board) if shown in _WITH_CATEGORIES else None,
        "funnel_axis": funnel_axis(board) if shown in _WITH_MONEY else None,
        "map": region_map(board) if draws else None,
        "rank_axis": rank_axis(board) if draws else None,
        "below": below_pictures(board) if board.rank and shown in _WITH_BELOW else None,
    }
