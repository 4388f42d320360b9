from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.access import require_anywhere
from regions.roles import Permission
from regions.selectors.act import list_acts, name_regions
from regions.signed_in import SignedInRequest


@require_safe
def ledger(request: SignedInRequest) -> HttpResponse:
    """Who did what, in the regions where the person may read the ledger."""
    require_anywhere(request.user, Permission.VIEW_LEDGER)
    page = Paginator(list_acts(request.user), 50).get_page(request.GET.get("halaman"))
    context = {"page": page, "acts": name_regions(page.object_list)}
    return render(request, "regions/ledger.html", context)
