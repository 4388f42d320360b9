"""A board as files: what is on the screen as PDF, one of its drawings as an image."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region
from regions.enums import Level
from regions.formats import day_name, moment, month_name
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.enums import BoardPicture, BoardTab
from reports.paper.blocks import Block, blocks_of
from reports.paper.setting import drawing_png, page_pdf
from reports.selectors.boards.board import Board, board_frame
from reports.views.board_parts import parts_of
from reports.views.board_tabs import has_tab, tab_url
from reports.views.paper_files import drawn_of, origin_of, paper_file
from reports.views.requests import per_of, period_of


@require_safe
def region_pdf(request: SignedInRequest, code: str, tab: str) -> HttpResponse:
    """One tab of the board, or all of them, as it stands on the screen."""
    shown = BoardTab(tab)
    board, blocks = _read(request, code, shown)
    data = _said_of(board, shown) | {"region": board.region.full_label, "blocks": blocks}
    name = f"{tab}-{code}-{iso_month(board.period)}.pdf"
    return paper_file(request, lambda: page_pdf(data), name, tab_url(board, shown))


@require_safe
def region_picture(request: SignedInRequest, code: str, picture: str) -> HttpResponse:
    """A drawing of the board with its title, month and origin in it, to be passed on."""
    wanted = BoardPicture(picture)
    board, blocks = _read(request, code, wanted.tab)
    data = _said_of(board, wanted.tab) | drawn_of(blocks, wanted.table)
    name = f"{picture}-{code}-{iso_month(board.period)}.png"
    return paper_file(request, lambda: drawing_png(data), name, tab_url(board, wanted.tab))


def _read(request: SignedInRequest, code: str, shown: BoardTab) -> tuple[Board, list[Block]]:
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level > Level.REGENCY or not has_tab(region, shown):
        raise Http404(shown)
    board = board_frame(request.user, region, period_of(request), per_of(request))
    if board.run is None:
        raise Http404(iso_month(board.period))
    return board, blocks_of(parts_of(board, request.user, shown), settings.PUBLIC_URL)


def _said_of(board: Board, shown: BoardTab) -> dict[str, Any]:
    """What every file says of itself: whose figures, of when, how far the month is, where they stand."""
    under = [month_name(board.period), str(shown.label), str(board.state.label)]
    if board.per:
        under.append(_("keadaan menurut data pada akhir %(day)s") % {"day": day_name(board.per)})
    if board.computed_at:
        under.append(_("dihitung pada %(moment)s") % {"moment": moment(board.computed_at)})
    title = f"{board.region.full_label}, {month_name(board.period)}"
    return origin_of(tab_url(board, shown)) | {"title": title, "under": under}
