from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import require_anywhere
from regions.forms.ledger import LedgerFilterForm
from regions.roles import Permission
from regions.selectors.act import page_of_acts
from regions.selectors.ledger_check import last_check, newest_head
from regions.signed_in import SignedInRequest
from regions.sorting import Sorting


@require_safe
def ledger(request: SignedInRequest) -> HttpResponse:
    """Who did what, in the regions where the person may read the ledger."""
    require_anywhere(request.user, Permission.VIEW_LEDGER)
    form = LedgerFilterForm(request.GET)
    sort = Sorting.of(request.GET, ["waktu"])
    question = form.question(oldest_first=sort.asked == "waktu")
    told = request.GET.get("lewat", "")
    number = int(told) if told.isascii() and told.isdigit() and len(told) < 18 else None
    page = page_of_acts(request.user, question, beyond=number)
    kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "page": page,
        "query": urlencode(kept),
        "sort": replace(sort, query=urlencode(kept)),
        "kept": list(kept.items()),
        "kinds": [("csv", _("Unduh CSV")), ("xlsx", _("Unduh Excel"))],
        "is_first": number is None,
        "check": last_check(),
        "head": newest_head(),
    }
    return render(request, "regions/ledger.html", context)
