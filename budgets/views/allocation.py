from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budgets.forms.allocation import AllocationForm
from budgets.ratio import share_percent
from budgets.selectors.allocation import BudgetLine, list_lines, sum_shown
from budgets.selectors.cover import list_cover, newest_headcounts, share_by_payer
from budgets.services.allocation import ALLOCATIONS
from budgets.views.asked import asked_budget
from regions.access import scope_of
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.fact import FactCorrectView, FactPages, FactRecordView

_PAGE = 25


@require_safe
def allocation_list(request: SignedInRequest) -> HttpResponse:
    """Lines of a region and year: stages side by side, what became of them, how long the money lasts."""
    context = asked_budget(request)
    code, month = context["region"].pk, context["month"]
    lines = list_lines(request.user, region_code=code, year=month.year, month=month)
    context |= {**_shown(request, lines), **_cover(request, code, month)}
    return render(request, "budgets/allocation_list.html", context)


def _shown(request: SignedInRequest, lines: list[BudgetLine]) -> dict[str, Any]:
    """One page of the lines, the sums of all of them, and where this officer may correct."""
    page = Paginator(lines, _PAGE).get_page(request.GET.get("halaman"))
    query = request.GET.copy()
    query.pop("halaman", None)
    amount, spent = sum_shown(lines)
    scope, codes = scope_of(request.user), {line.row.region_id for line in page.object_list}
    return {
        "page": page,
        "query": query.urlencode(),
        "amount": amount,
        "spent": spent,
        "absorption": None if spent.paid is None else share_percent(spent.paid, amount),
        "correctable": {code for code in codes if scope.holds(Permission.ENTER_BUDGET, code)},
        "may_record": scope.holds_anywhere(Permission.ENTER_BUDGET),
    }


def _cover(request: SignedInRequest, code: str, month: date) -> dict[str, Any]:
    """How long the money lasts and who pays, by the newest month with people counted by category."""
    people = newest_headcounts(request.user, code, month)
    return {
        "counted": people[0].month if people else None,
        "cover": list_cover(request.user, code, month, people) if people else [],
        "payers": share_by_payer(people),
    }


class AllocationPages(FactPages):
    store = ALLOCATIONS
    form = AllocationForm
    title = gettext_lazy("Pagu anggaran")

    def saved(self, row: Any) -> HttpResponse:
        """Back to the region's budget of that year, where the new stage stands."""
        messages.success(self.request, _("Tersimpan."), extra_tags="stored")
        last = row.decided_on.replace(year=row.year, month=12, day=1)
        return redirect(f"{reverse('allocation_list')}?wilayah={row.region_id}&periode={iso_month(last)}")


class AllocationRecord(AllocationPages, FactRecordView):
    pass


class AllocationCorrect(AllocationPages, FactCorrectView):
    pass
