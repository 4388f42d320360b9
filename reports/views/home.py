from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.access import get_region, home_codes, leading_role, scope_of
from regions.enums import Level
from regions.roles import Permission, Role
from regions.signed_in import SignedInRequest
from reports.selectors.boards.board import get_board
from reports.selectors.boards.headline import headline_of
from reports.selectors.boards.rank import worst_gaps
from reports.selectors.boards.sentences import sentences_of
from reports.selectors.first_day import is_past
from reports.selectors.home.entry import ENTERING, get_entry_home
from reports.selectors.home.since_closing import get_since_closing
from reports.selectors.preparation import get_preparation
from reports.views.requests import period_of, status_url

_SENTENCES = 5


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """Each role lands on its own question."""
    role = leading_role(request.user)
    codes = home_codes(request.user)
    if role is None or not codes:
        return render(request, "reports/home_unassigned.html")
    if role in ENTERING:
        context = {"home": get_entry_home(request.user, role), "may_fill": role != Role.BRANCH_HEAD}
        context["first_steps"] = _first_steps(request)
        context["may_send"] = scope_of(request.user).holds_of_some(Permission.ENTER_PERSONS)
        return render(request, "reports/home_entry.html", context)
    if role == Role.AUDITOR:
        context = {"since": get_since_closing(request.user), "first_steps": _first_steps(request)}
        return render(request, "reports/home_auditor.html", context)
    return _home_reader(request, role, codes)


def _missing(request: SignedInRequest) -> int:
    """For administrators: how much stands between them and a first closed month."""
    administers = scope_of(request.user).holds_anywhere(Permission.MANAGE_USERS)
    return get_preparation(request.user).missing if administers else 0


def _first_steps(request: SignedInRequest) -> bool:
    """Whether the first steps come after the page: until they are done or put away."""
    return not is_past(request.user)


def _home_reader(request: SignedInRequest, role: Role, codes: list[str]) -> HttpResponse:
    asked = request.GET.get("wilayah", codes[0])
    region = get_region(request.user, asked, Permission.VIEW_COVERAGE)
    leads = role == Role.VIEWER
    board = get_board(request.user, region, period_of(request))
    missing = _missing(request)
    context = {
        "role": role,
        "board": board,
        "headline": headline_of(board),
        "sentences": sentences_of(board)[:_SENTENCES] if leads else [],
        "gaps": worst_gaps(board.rank, 10),
        "has_below": region.level < Level.REGENCY,
        "status_url": status_url(region.code, board.period, board.run),
        "missing": missing,
        # What is prepared comes first: until then its own notice says what to do.
        "first_steps": not missing and _first_steps(request),
    }
    template = "home_leader" if leads else "home_planner"
    return render(request, f"reports/{template}.html", context)
