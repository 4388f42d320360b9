"""A figure or a month with all that proves it, as one file; asked for with a reason."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from participants.errors import PersonRefused
from regions.access import get_region, scope_of
from regions.fresh_signin import fresh_sign_in
from regions.models import Region
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from reports.measures.catalogue import MEASURES
from reports.selectors.standing import require_told
from reports.selectors.value import find_value
from reports.services.evidence import make_bundle
from reports.value_words import ASKED_AS
from reports.views.breadcrumbs import region_trail


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True, private=True)
@fresh_sign_in
def evidence(request: SignedInRequest, code: str, period: str) -> HttpResponseBase:
    """GET asks why; POST is the file. `ukuran` and its dimensions in the address narrow it to one figure."""
    region = get_region(request.user, code, Permission.VIEW_LEDGER)
    month, measure = month_of(period), request.GET.get("ukuran", "")
    require_told(request.user, region, month)
    asked = {name: request.GET.get(parameter, "") for name, parameter in ASKED_AS.items()}
    if measure and (
        measure not in MEASURES or not find_value(request.user, region, month, measure, None, **asked)
    ):
        raise Http404(measure)
    if request.method != "POST":
        return _show(request, region, month, measure)
    try:
        made = make_bundle(
            region=region,
            period=month,
            by=request.user,
            reason=request.POST.get("alasan", ""),
            measure=measure,
            **asked,
        )
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect(request.get_full_path())
    except ImproperlyConfigured:
        sentence = _("Kunci penanda tangan log belum ada di server ini. Minta administrator menyetelnya.")
        messages.error(request, sentence)
        return redirect(request.get_full_path())
    return FileResponse(made.file, as_attachment=True, filename=made.name, content_type="application/zip")


def _show(request: SignedInRequest, region: Region, month: date, measure: str) -> HttpResponseBase:
    context = {
        "region": region,
        "period": month,
        "measure": MEASURES.get(measure),
        "trail": region_trail(scope_of(request.user), region),
        "action": request.get_full_path(),
    }
    return render(request, "reports/evidence.html", context)
