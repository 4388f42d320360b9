from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.access import home_codes
from regions.errors import OutsideScope
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting
from reports.selectors.boards.comparison import list_names
from reports.selectors.months.restatement import differences, get_restatement, list_restatements

_PAGE = 50
_SORTED_BY: SortColumns = {"bulan": ("period",), "wilayah": ("region__name",), "pada": ("at",)}


@require_safe
def restatement_list(request: SignedInRequest) -> HttpResponse:
    """The register: which closed months were closed again with other figures, and why."""
    if not home_codes(request.user):
        raise OutsideScope("no region")
    sort = Sorting.of(request.GET, _SORTED_BY)
    rows = sort.ordered(list_restatements(request.user), _SORTED_BY)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    return render(request, "reports/restatement_list.html", {"page": page, "sort": sort})


@require_safe
def restatement_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every figure that differs, before and after."""
    restatement = get_restatement(request.user, pk)
    if restatement is None:
        raise OutsideScope(pk)
    context = {
        "restatement": restatement,
        "differences": differences(restatement),
        "names": list_names().names,
    }
    return render(request, "reports/restatement_detail.html", context)
