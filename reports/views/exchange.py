"""Other systems and what they call our regions and figures: kept by administrators, read by all in scope."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import require_anywhere, scope_of
from regions.roles import Permission
from regions.selectors.month_rule import list_ruled_regions
from regions.signed_in import SignedInRequest
from reports.forms.exchange import ExchangeCodesForm, ExchangeSystemForm
from reports.models import CodeKind
from reports.selectors.exchange import get_system, list_codes, list_systems
from reports.services.exchange import ExchangeRefused, create_system, remove_system, replace_codes


@require_safe
def exchange_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    context = {
        "systems": list_systems(request.user),
        "may_manage": scope_of(request.user).holds_anywhere(Permission.MANAGE_REFERENCE),
    }
    return render(request, "reports/exchange_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def exchange_create(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    form = ExchangeSystemForm(request.POST or None, regions=list_ruled_regions(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = create_system(
                code=given["code"], label=given["label"], region_code=given["region"].pk, by=request.user
            )
        except ExchangeRefused as refused:
            form.add_error("code", refused.sentences[0])
        else:
            return redirect("exchange_codes", row.pk)
    status = 422 if form.is_bound else 200
    return render(request, "reports/exchange_create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def exchange_codes(request: SignedInRequest, code: str) -> HttpResponse:
    """The codes of one system, for all who see it; its administrators change them."""
    system = get_system(request.user, code)
    may_manage = scope_of(request.user).holds(Permission.MANAGE_REFERENCE, system.region_id)
    start = {
        name: "\n".join(f"{one.theirs};{one.ours}" for one in list_codes(system, kind))
        for name, kind in (("places", CodeKind.PLACE), ("figures", CodeKind.FIGURE))
    }
    form = ExchangeCodesForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            replace_codes(code=code, places=given["places"], figures=given["figures"], by=request.user)
        except ExchangeRefused as refused:
            for sentence in refused.sentences[:20]:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Pasangan kode tersimpan."))
            return redirect("exchange_codes", code)
    context = {"form": form, "system": system, "may_manage": may_manage}
    status = 422 if form.is_bound else 200
    return render(request, "reports/exchange_codes.html", context, status=status)


@require_POST
def exchange_remove(request: SignedInRequest, code: str) -> HttpResponse:
    remove_system(code=code, by=request.user)
    messages.success(request, _("Sistem dan pasangan kodenya dihapus; angka yang pernah masuk tetap ada."))
    return redirect("exchange_list")
