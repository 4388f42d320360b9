from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.selectors.allocation import BudgetLine, list_lines, sum_shown
from budgets.views.asked import asked_budget
from regions.access import scope_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.selectors.boards.budget import get_budget_board
from reports.selectors.standing import require_all_told
from reports.views.requests import status_url

_PAGE = 25


@require_safe
def allocation_list(request: SignedInRequest) -> HttpResponse:
    """Lines of a region and year: stages side by side, what became of them, how long the money lasts."""
    context = asked_budget(request)
    region, month = context["region"], context["month"]
    require_all_told(request.user, region, month)
    lines = list_lines(request.user, region_code=region.pk, year=month.year, month=month)
    board = get_budget_board(request.user, region, month)
    context |= {"board": board, "status_url": status_url(region.pk, month, board.run)}
    return render(request, "reports/allocation_list.html", context | _shown(request, lines))


def _shown(request: SignedInRequest, lines: list[BudgetLine]) -> dict[str, Any]:
    """One page of the lines, the stages of all of them, and where this officer may correct."""
    page = Paginator(lines, _PAGE).get_page(request.GET.get("halaman"))
    query = request.GET.copy()
    query.pop("halaman", None)
    scope, codes = scope_of(request.user), {line.row.region_id for line in page.object_list}
    return {
        "page": page,
        "query": query.urlencode(),
        "spent": sum_shown(lines),
        "correctable": {code for code in codes if scope.holds(Permission.ENTER_BUDGET, code)},
        "may_record": scope.holds_anywhere(Permission.ENTER_BUDGET),
    }
