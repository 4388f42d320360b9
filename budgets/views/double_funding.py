from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.selectors.double_funding import Doubled, explain_persons, list_double_funding, sum_double_funding
from budgets.selectors.price_table import price_arrays
from participants.enums import ReadPage
from participants.selectors.funding_source import list_ranks
from participants.services.persons.reading import note_reading
from participants.views.asked import asked
from regions.month import fiscal_year_start
from regions.signed_in import SignedInRequest
from regions.sorting import Sorting

_PAGE = 25
_SORTED_BY: dict[str, Callable[[Doubled], Any]] = {
    "bulan": lambda row: row.months,
    "rupiah": lambda row: row.rupiah,
}


@require_safe
def double_funding(request: SignedInRequest) -> HttpResponse:
    """Persons paid for twice since the fiscal year began, and who should stop paying."""
    context = asked(request)
    at = (request.user, context["region"].pk, context["month"])
    prices = price_arrays(fiscal_year_start(context["month"]), context["month"])
    rows = list_double_funding(*at, prices)
    sort = Sorting.of(request.GET, _SORTED_BY)
    page = Paginator(sort.arranged(rows, _SORTED_BY), _PAGE).get_page(request.GET.get("halaman"))
    seen = [row.person_id for row in page.object_list]
    note_reading(by=request.user, page=ReadPage.DOUBLE_FUNDING, region_code=at[1], persons=seen)
    context |= {
        "page": page,
        "rows": explain_persons(*at, list(page.object_list), prices),
        "sort": sort,
    }
    context |= {"totals": sum_double_funding(rows), "year_start": fiscal_year_start(context["month"])}
    context |= {"ranks": list_ranks()}
    return render(request, "budgets/double_funding.html", context)
