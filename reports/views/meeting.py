from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from regions.access import get_region
from regions.models import Region, User
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.region import list_children
from regions.signed_in import SignedInRequest
from reports.selectors.boards.board import Board, get_board
from reports.selectors.boards.questions import questions_of
from reports.views.board_pictures import trend_chart
from reports.views.requests import period_of


@dataclass(frozen=True)
class Way:
    """Where the keys lead; an empty address leads nowhere."""

    next_question: str
    last_question: str
    next_region: str
    last_region: str


@require_safe
def meeting(request: SignedInRequest, code: str) -> HttpResponse:
    """One question and its answer at a time; without a month, of the newest closed one."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    board = get_board(request.user, region, period_of(request), prefers_closed=True)
    explained = reverse("explanation", args=["%s", iso_month(board.period), board.ranked_by])
    questions = questions_of(board, explained.replace("%25s", "%s"))
    number = _number(request, len(questions))
    shown = questions[number - 1]
    context = {
        "board": board,
        "question": shown,
        "number": number,
        "count": len(questions),
        "chart": trend_chart(board) if shown.has_chart else None,
        "way": _way(request.user, board, number, len(questions)),
    }
    return render(request, "reports/meeting.html", context)


def _number(request: SignedInRequest, count: int) -> int:
    """The question asked for, from 1 on."""
    text = request.GET.get("tanya", "1")
    if not text.isdecimal() or not 1 <= len(text) <= 2 or int(text) < 1:
        raise Http404(text)
    return min(int(text), count)


def _way(user: User, board: Board, number: int, count: int) -> Way:
    here = board.region

    def at(region: Region | None, question: int) -> str:
        if region is None or not 1 <= question <= count:
            return ""
        path = reverse("meeting", args=[region.code])
        return f"{path}?periode={iso_month(board.period)}&tanya={question}"

    beside = list(list_children(user, here.parent, localdate())) if here.parent is not None else []
    codes = [one.code for one in beside]
    place = codes.index(here.code) if here.code in codes else None
    last = beside[place - 1] if place else None
    following = beside[place + 1] if place is not None and place + 1 < len(beside) else None
    return Way(at(here, number + 1), at(here, number - 1), at(following, number), at(last, number))
