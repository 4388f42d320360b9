"""The dossier for the Paritrana award: what is there, what is missing, its two texts, the Word document."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from regions.access import get_region, home_codes, require, scope_of, sees_drafts
from regions.duty import HEAD_LEVELS
from regions.enums import Level, Verb
from regions.errors import ChangedMeanwhile, NotPermitted, OutsideScope
from regions.models import Region
from regions.roles import Permission
from regions.selectors.region import list_children
from regions.services.act import record_act
from regions.signed_in import SignedInRequest
from regions.views.asked import year_of
from reports.forms.dossier import DossierTextForm
from reports.paper.dossier_document import dossier_document
from reports.paper.letter_frame import LANGUAGE
from reports.selectors.dossiers.dossier import find_dossier_text, get_dossier
from reports.services.dossier import write_dossier_text
from reports.views.pack import TYPES


@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: SignedInRequest, code: str) -> HttpResponse:
    region = get_region(request.user, code, Permission.VIEW_DRAFTS)
    below = list_children(request.user, region, localdate()) if region.level < Level.REGENCY else ()
    if region.level == Level.NATION and request.method != "POST":
        return render(request, "reports/dossier_choice.html", {"region": region, "below": below})
    _require_awarded(region)
    year = _year(request)
    row = find_dossier_text(region, year)
    form = DossierTextForm(
        request.POST or None, instance=row, initial={"revision": row.revision if row else 0}
    )
    if request.method == "POST":
        require(request.user, Permission.ENTER_REGULATION, region.pk)
        if form.is_valid() and _written(request, form, region, year):
            messages.success(request, _("Tersimpan."), extra_tags="stored")
            return redirect(f"{reverse('dossier', args=[region.pk])}?tahun={year}")
    today = localdate()
    context: dict[str, Any] = {
        "region": region,
        "dossier": get_dossier(request.user, region, year, today),
        "form": form,
        "below": below,
        "row": row,
        "years": [today.year - 1, today.year],
        "may_write": scope_of(request.user).holds(Permission.ENTER_REGULATION, region.pk),
    }
    return render(request, "reports/dossier.html", context, status=422 if form.is_bound else 200)


@require_safe
@transaction.atomic
def dossier_file(request: SignedInRequest, code: str) -> HttpResponse:
    region = get_region(request.user, code, Permission.VIEW_DRAFTS)
    _require_awarded(region)
    year = _year(request)
    # The jury reads Indonesian, whatever language its maker reads.
    with override(LANGUAGE):
        content = dossier_document(get_dossier(request.user, region, year, localdate()), by=request.user)
        subject = _("berkas Paritrana %s") % year
    record_act(by=request.user, verb=Verb.EXPORTED, subject=subject, region_code=region.pk)
    response = HttpResponse(content, content_type=TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="paritrana-{region.pk}-{year}.docx"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
def dossier_index(request: SignedInRequest) -> HttpResponse:
    """That of the person's own region."""
    code = next((one for one in home_codes(request.user) if sees_drafts(request.user, one)), None)
    if code is None:
        raise NotPermitted
    return redirect("dossier", code)


def _year(request: SignedInRequest) -> int:
    """The one that is asked for, otherwise the last whole one."""
    return year_of(request.GET.get("tahun", "")) or localdate().year - 1


def _require_awarded(region: Region) -> None:
    """The award is given to provinces and regencies. Raises OutsideScope for any other region."""
    if region.level not in HEAD_LEVELS:
        raise OutsideScope(region.pk)


def _written(request: SignedInRequest, form: DossierTextForm, region: Region, year: int) -> bool:
    words = {name: form.cleaned_data[name] for name in ("commitment", "innovations")}
    try:
        write_dossier_text(
            region_code=region.pk,
            year=year,
            words=words,
            revision=form.cleaned_data["revision"],
            by=request.user,
        )
    except ChangedMeanwhile:
        form.add_error(
            None,
            _("Teks ini diubah orang lain sesudah Anda membukanya. Salin tulisan Anda, lalu muat ulang."),
        )
        return False
    return True
