"""The crest that packs of a region show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import require_anywhere
from regions.errors import OutsideScope
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from reports.forms.pack import CrestForm
from reports.selectors.packs.crest import get_crest, list_crests
from reports.services.crest import CrestRefused, remove_crest, store_crest


@require_http_methods(["GET", "HEAD", "POST"])
def crest_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    regions = list_entry_regions(request.user, Permission.MANAGE_REFERENCE)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CrestForm(*bound, regions=regions)
    if form.is_bound and form.is_valid() and _stored(request, form):
        messages.success(request, _("Lambang tersimpan dan tampil pada paket berikutnya."))
        return redirect("crest_list")
    context = {"form": form, "rows": list_crests(request.user)}
    return render(request, "reports/crest_list.html", context, status=422 if form.is_bound else 200)


def _stored(request: SignedInRequest, form: CrestForm) -> bool:
    chosen, file = form.cleaned_data, form.cleaned_data["file"]
    try:
        store_crest(
            region_code=chosen["region"].code, file_name=file.name, content=file.read(), by=request.user
        )
    except CrestRefused as refused:
        form.add_error("file", refused.sentence)
        return False
    return True


@require_safe
def crest_image(request: SignedInRequest, code: str) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    crest = get_crest(request.user, code)
    if crest is None:
        raise OutsideScope(code)
    return HttpResponse(bytes(crest.content), content_type="image/png")


@require_POST
def crest_remove(request: SignedInRequest, code: str) -> HttpResponse:
    remove_crest(region_code=code, by=request.user)
    messages.success(request, _("Lambang dihapus; paket berikutnya tampil tanpa lambang."))
    return redirect("crest_list")
