"""Passing a board on: a picture for a telephone and a message for WhatsApp."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, sees_drafts
from regions.enums import Level
from regions.formats import month_name
from regions.month import iso_month
from regions.practice import current_room, data_warning
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.enums import BoardTab
from reports.paper.setting import card_png
from reports.selectors.boards.board import Board, get_board
from reports.selectors.boards.share import share_of
from reports.views.board_tabs import tab_url
from reports.views.paper_files import origin_of, paper_file
from reports.views.requests import period_of


@require_safe
def region_share(request: SignedInRequest, code: str) -> HttpResponse:
    board = _board(request, code)
    context = {"board": board, "closed_only": not sees_drafts(request.user, code)}
    if board.run is not None:
        share = share_of(board)
        message = share.message(f"{settings.PUBLIC_URL}{tab_url(board, BoardTab.COVERAGE)}")
        context |= {"share": share, "message": _marked(message), "card_url": _card_url(board)}
    return render(request, "reports/region_share.html", context)


@require_safe
def region_card(request: SignedInRequest, code: str) -> HttpResponse:
    board = _board(request, code)
    if board.run is None:
        raise Http404(iso_month(board.period))
    share = share_of(board)
    address = tab_url(board, BoardTab.COVERAGE)
    told: dict[str, Any] = {"region": board.region.full_label, "month": month_name(board.period)}
    told |= {"standing": share.standing, "draft": share.is_draft, "origin": share.origin}
    figures = [{"label": one.label, "value": one.value, "note": one.note} for one in share.figures]
    data = origin_of(address) | told | {"claim": share.sentences[0], "figures": figures}
    data["lang"] = get_language()
    name = f"kartu-{code}-{iso_month(board.period)}.png"
    return paper_file(request, lambda: card_png(data), name, address)


def _board(request: SignedInRequest, code: str) -> Board:
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level > Level.REGENCY:
        raise Http404(code)
    return get_board(request.user, region, period_of(request))


def _marked(message: str) -> str:
    """Invented figures say so wherever they are sent."""
    warning = data_warning().upper() if current_room() else _("DATA CONTOH, sebagian rekaan")
    return f"{warning}\n{message}" if current_room() or settings.EXAMPLE_DATA else message


def _card_url(board: Board) -> str:
    return f"{reverse('region_card', args=[board.region.code])}?periode={iso_month(board.period)}"
