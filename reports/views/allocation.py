from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgets.models import Allocation
from budgets.selectors.allocation import BudgetLine, find_in_lines, list_lines, sum_shown
from budgets.views.asked import asked_budget
from regions.access import scope_of
from regions.month import iso_month
from regions.roles import Permission
from regions.search_words import may_be_of_a_person
from regions.signed_in import SignedInRequest
from regions.sorting import Sorting
from regions.views.fact_file import fact_cells, fact_header
from regions.views.table_file import asked_file, table_file
from reports.selectors.boards.budget import get_budget_board
from reports.selectors.standing import require_all_told
from reports.views.requests import status_url

_PAGE = 25
_MOST_WORDS = 60
_SORTED_BY: dict[str, Callable[[BudgetLine], Any]] = {
    "baris": lambda line: (str(line.row.category or ""), str(line.row.funding or ""), line.row.account),
    "pagu": lambda line: line.in_force.amount if line.in_force else None,
    "ditagih": lambda line: line.spent.billed,
    "realisasi": lambda line: line.spent.paid,
    "sisa": lambda line: line.left,
}


@require_safe
def allocation_list(request: SignedInRequest) -> HttpResponseBase:
    """Lines of a region and year: stages side by side, what became of them, how long the money lasts."""
    context = asked_budget(request)
    region, month = context["region"], context["month"]
    require_all_told(request.user, region, month)
    lines = list_lines(request.user, region_code=region.pk, year=month.year, month=month)
    if asked_file(request):
        return _file(request, lines, region.pk, month)
    board = get_budget_board(request.user, region, month)
    context |= {"board": board, "status_url": status_url(region.pk, month, board.run)}
    return render(request, "reports/allocation_list.html", context | _shown(request, lines))


def _page_of(lines: Paginator, request: SignedInRequest) -> int | None:  # type: ignore[type-arg]
    """Where the line stands of which the address names a stage."""
    asked = request.GET.get("baris", "")
    if not asked:
        return None
    return next((page.number for page in lines if any(asked in line.stages for line in page)), None)


def _arranged(request: SignedInRequest, lines: list[BudgetLine]) -> tuple[Sorting, str, list[BudgetLine]]:
    """Those with the words asked for, in the order asked for."""
    sort = Sorting.of(request.GET, _SORTED_BY)
    words = request.GET.get("cari", "")[:_MOST_WORDS]
    words = "" if may_be_of_a_person(words) else words
    return sort, words, sort.arranged(find_in_lines(lines, words), _SORTED_BY)


def _file(request: SignedInRequest, lines: list[BudgetLine], code: str, month: date) -> HttpResponseBase:
    head = [*fact_header(Allocation.fact), _("berlaku"), _("ditagih"), _("realisasi"), _("dibukukan")]
    return table_file(
        request,
        name=f"pagu-{code}-{iso_month(month)}",
        subject=_("pagu anggaran"),
        header=[*head, _("sisa_pagu")],
        rows=_stages(_arranged(request, lines)[2]),
        region_code=code,
    )


def _stages(lines: Iterable[BudgetLine]) -> Iterable[list[object]]:
    """A line for each stage. What became of the money stands once, beside the stage that counts."""
    for line in lines:
        rows = [step.row for step in line.steps]
        for row, cells in zip(rows, fact_cells(Allocation.fact, rows), strict=True):
            spent = [line.spent.billed, line.spent.paid, line.spent.posted, line.left]
            is_in_force = row == line.in_force
            told = spent if row == line.row else [None] * len(spent)
            yield [*cells, _("ya") if is_in_force else _("tidak"), *told]


def _shown(request: SignedInRequest, lines: list[BudgetLine]) -> dict[str, Any]:
    """One page of the lines, the stages of all of them, and where this officer may correct."""
    sort, words, arranged = _arranged(request, lines)
    pages = Paginator(arranged, _PAGE)
    page = pages.get_page(request.GET.get("halaman") or _page_of(pages, request))
    scope, codes = scope_of(request.user), {line.row.region_id for line in page.object_list}
    return {
        "page": page,
        "sort": sort,
        "words": words,
        "spent": sum_shown(lines),
        "correctable": {code for code in codes if scope.holds(Permission.ENTER_BUDGET, code)},
        "may_record": scope.holds_anywhere(Permission.ENTER_BUDGET),
    }
