from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from regions.access import get_region, home_codes, scope_of, sees_drafts
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import Region
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.enums import BoardTab
from reports.selectors.boards.board import board_frame
from reports.views.board_parts import parts_of
from reports.views.board_tabs import has_tab, tab_path
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
def region_board(request: SignedInRequest, code: str, tab: str = BoardTab.COVERAGE) -> HttpResponse:
    """What is known of a region and month, from the nation down to the regency, a tab at a time."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level > Level.REGENCY:
        return render(request, "reports/region_below.html", {"region": region})
    shown = BoardTab(tab)
    if not has_tab(region, shown):
        raise Http404(tab)
    board = board_frame(request.user, region, period_of(request), per_of(request))
    context = {
        "board": board,
        "tab": shown,
        "closed_only": not sees_drafts(request.user, code),
        "tab_url": tab_path(code, shown),
        "trail": region_trail(scope_of(request.user), region),
        "status_url": status_url(board.region.code, board.period, board.run),
        "parts": parts_of(board, request.user, shown),
        "shows_plan": _shows_plan(request, region, shown) and board.per is None,
    }
    return render(request, "reports/region_board.html", context)


def _shows_plan(request: SignedInRequest, region: Region, tab: BoardTab) -> bool:
    """Plans are for who sees unfinished months, of provinces and regencies; the part comes after the page."""
    is_planned = region.level in {Level.PROVINCE, Level.REGENCY}
    return tab == BoardTab.COVERAGE and is_planned and sees_drafts(request.user, region.code)
