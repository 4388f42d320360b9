"""The tabs of a board and their addresses; each keeps the month and the day of belief."""

from dataclasses import dataclass

from django.urls import reverse

from regions.enums import Level
from regions.models import Region
from regions.month import iso_month
from reports.enums import BoardTab
from reports.selectors.boards.board import Board


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool


def has_tab(region: Region, tab: BoardTab) -> bool:
    """A region of which none below has figures has no tab for them."""
    return tab != BoardTab.BELOW or region.level < Level.REGENCY


def tabs_of(board: Board, current: BoardTab) -> list[Tab]:
    return [
        Tab(str(tab.label), tab_url(board, tab), tab == current)
        for tab in BoardTab
        if tab != BoardTab.ALL and has_tab(board.region, tab)
    ]


def tab_url(board: Board, tab: BoardTab) -> str:
    return f"{tab_path(board.region.code, tab)}?periode={iso_month(board.period)}{board.per_query}"


def file_url(board: Board, name: str, part: str) -> str:
    """Of a file of the board: the page as PDF, a drawing as PNG."""
    path = reverse(name, args=[board.region.code, part])
    return f"{path}?periode={iso_month(board.period)}{board.per_query}"


def tab_path(code: str, tab: BoardTab) -> str:
    if tab == BoardTab.COVERAGE:
        return reverse("region_board", args=[code])
    return reverse("region_tab", args=[code, tab.value])
