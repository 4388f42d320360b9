from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.selectors.double_funding import (
    Doubled,
    double_funding_of,
    explain_persons,
    list_double_funding,
    sum_double_funding,
)
from budgets.selectors.double_funding_steps import steps_of
from budgets.selectors.price_table import price_arrays
from participants.enums import ReadPage
from participants.selectors.funding_source import list_ranks
from participants.selectors.persons.person import get_person
from participants.services.persons.reading import note_reading
from participants.views.asked import asked, asked_month
from regions.access import scope_of
from regions.errors import OutsideScope
from regions.month import add_months, fiscal_year_start
from regions.roles import Permission
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
    may_unmask = scope_of(request.user).holds(Permission.UNMASK, at[1])
    context |= {"ranks": list_ranks(), "may_unmask": may_unmask}
    return render(request, "budgets/double_funding.html", context)


@require_safe
def double_funding_person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who pays for this person beside whom, and what is to be done; a part of their own page too."""
    person = get_person(request.user, pk)
    if person is None:
        raise OutsideScope(pk)
    month = asked_month(request, person.region)
    note_reading(
        by=request.user, page=ReadPage.DOUBLE_FUNDING, region_code=person.region_id, persons=[person.pk]
    )
    doubled = double_funding_of(request.user, person, month)
    may_enter = scope_of(request.user).holds(Permission.ENTER_PERSONS, person.region_id)
    context = {
        "person": person,
        "month": month,
        "year_start": fiscal_year_start(month),
        "year_before": add_months(fiscal_year_start(month), -1),
        "doubled": doubled,
        "steps": steps_of(person, doubled, may_enter=may_enter) if doubled else [],
        "may_enter": may_enter,
    }
    return render(request, "budgets/double_funding_person.html", context)
