"""The pages on which an administrator keeps the institutions of the own regions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from regions.access import require_anywhere
from regions.enums import InstitutionKind
from regions.errors import InstitutionRefused
from regions.forms.institution import InstitutionChangeForm, InstitutionForm
from regions.models import Institution
from regions.roles import Permission
from regions.selectors.institution import get_managed_institution, list_managed_institutions
from regions.selectors.month_rule import list_ruled_regions
from regions.services.institution import change_institution, create_institution
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file

_PAGE = 100


@require_safe
def institution_list(request: SignedInRequest) -> HttpResponseBase:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    text = request.GET.get("cari", "").strip()[:100]
    rows = list_managed_institutions(request.user, text)
    if asked_file(request):
        return _table(request, rows)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "text": text, "query": f"cari={text}" if text else ""}
    return render(request, "regions/institution_list.html", context)


def _table(request: SignedInRequest, rows: QuerySet[Institution]) -> HttpResponseBase:
    return table_file(
        request,
        name="lembaga",
        subject=_("lembaga"),
        header=[_("Kode"), _("Nama"), _("Jenis"), _("Kode wilayah"), _("Wilayah"), _("Berakhir sejak")],
        rows=(
            (row.pk, row.name, row.get_kind_display(), row.region_id, row.region.full_label, row.valid_until)
            for row in rows.iterator(chunk_size=2000)
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def institution_create(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    form = InstitutionForm(request.POST or None, regions=list_ruled_regions(request.user))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = create_institution(
                region_code=given["region"].pk,
                name=given["name"],
                kind=InstitutionKind(given["kind"]),
                by=request.user,
            )
        except InstitutionRefused as refused:
            form.add_error("name", refused.sentence)
        else:
            messages.success(request, _("%s terdaftar.") % row.name)
            return redirect("institution_list")
    return _page(request, form, _("Daftarkan lembaga"))


@require_http_methods(["GET", "HEAD", "POST"])
def institution_change(request: SignedInRequest, code: str) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    row = get_managed_institution(request.user, code)
    initial = {"name": row.name, "kind": row.kind, "valid_until": row.valid_until}
    form = InstitutionChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_institution(
                code=code,
                name=given["name"],
                kind=InstitutionKind(given["kind"]),
                valid_until=given["valid_until"],
                by=request.user,
            )
        except InstitutionRefused as refused:
            form.add_error("name", refused.sentence)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("institution_list")
    return _page(request, form, row.name)


def _page(request: SignedInRequest, form: InstitutionChangeForm, title: str) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "regions/institution_form.html", {"form": form, "title": title}, status=status)
