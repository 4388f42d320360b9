"""Monitoring packs: asking, watching, taking."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from regions.access import get_region, home_codes, require_anywhere, scope_of
from regions.enums import Level
from regions.errors import ChangedMeanwhile, MonthNotClosed, OutsideScope
from regions.month import parse_month
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting
from regions.views.table_file import asked_file
from reports.forms.pack import PackForm, PackTextForm
from reports.models import Document, Pack, PackJob
from reports.pack.period import Period, PeriodKind, parse_period, period_of
from reports.pack.reading import sentences_of, table_of
from reports.quarter import quarter_before
from reports.selectors.packs.check import verdict_on
from reports.selectors.packs.content import find_earlier_text, find_text
from reports.selectors.packs.pack import (
    files_of_bundle,
    get_file,
    get_job,
    get_job_page,
    get_pack,
    list_askers,
    list_bundles,
    list_downloads,
    list_files,
    list_jobs,
    list_pack_regions,
    list_packs,
    list_versions,
)
from reports.selectors.run import newest_period
from reports.services.pack import ask_pack, ask_reconciliation_record, cancel_job, note_download, write_text
from reports.views.pack_archive import zipped
from reports.views.pack_table import pack_table

_WORDS = {
    Document.PACK: "paket",
    Document.CLOSING: "berita-acara-penutupan",
    Document.RECONCILIATION: "berita-acara-rekonsiliasi",
}
_SORTED_BY: SortColumns = {
    "periode": ("first_month", "kind"),
    "wilayah": ("region__name",),
    "dokumen": ("document",),
    "versi": ("version",),
    "status": ("is_draft",),
    "dibuat": ("made_at",),
}
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


@require_safe
def pack_list(request: SignedInRequest) -> HttpResponseBase:
    if not home_codes(request.user):
        raise OutsideScope("no region")
    code = request.GET.get("wilayah", "")
    sort = Sorting.of(request.GET, _SORTED_BY)
    rows = sort.ordered(list_packs(request.user, region_code=code), _SORTED_BY)
    if asked_file(request):
        return pack_table(request, rows)
    page = Paginator(rows, 50).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "jobs": list_jobs(request.user),
        "bundles": list_bundles(request.user),
        "regions": list_pack_regions(request.user),
        "region_code": code,
        "sort": sort,
        "may_make": scope_of(request.user).holds_anywhere(Permission.MAKE_PACK),
        "may_lay_out": scope_of(request.user).holds_anywhere(Permission.MANAGE_REFERENCE),
    }
    return render(request, "reports/pack_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def pack_make(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MAKE_PACK)
    regions = list_entry_regions(request.user, Permission.MAKE_PACK)
    start = {"period": _offered(request).key, **request.GET.dict()}
    form = PackForm(request.POST or None, regions=regions, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("pack_job", _asked(request, form).pk)
        except MonthNotClosed as refused:
            form.add_error("period", refused.sentence)
    return render(request, "reports/pack_make.html", {"form": form}, status=422 if form.is_bound else 200)


def _offered(request: SignedInRequest) -> Period:
    """The last quarter that is over, or the newest of which anything was computed."""
    last = quarter_before(localdate()).first
    newest = newest_period(request.user)
    return period_of(PeriodKind.QUARTER, min(last, newest) if newest else last)


def _asked(request: SignedInRequest, form: PackForm) -> PackJob:
    region, period = form.cleaned_data["region"], form.period_chosen()
    every = form.cleaned_data.get("all_below") and region.level < Level.REGENCY
    document = Document.BUNDLE if every else Document.PACK
    language = form.cleaned_data["language"] or settings.LANGUAGE_CODE
    return ask_pack(
        region_code=region.code, period=period, by=request.user, document=document, language=language
    )


@require_safe
def pack_job(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the work is; when it is over, the pack itself."""
    job = _job(request, pk)
    if job.pack and job.document != Document.BUNDLE:
        target = redirect("pack_detail", job.pack.code)
        return HttpResponseClientRefresh() if request.htmx else target
    if request.htmx and not job.is_at_work:
        return HttpResponseClientRefresh()
    may_cancel = job.is_at_work and scope_of(request.user).holds(Permission.MAKE_PACK, job.region_id)
    return render(request, "reports/pack_job.html", {"page": get_job_page(job), "may_cancel": may_cancel})


@require_POST
def pack_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    job = cancel_job(pk=_job(request, pk).pk, by=request.user)
    messages.success(request, _("Pembatalan diminta; yang sedang disusun berhenti pada tahap berikutnya."))
    return redirect("pack_job", job.pk)


@require_safe
def pack_detail(request: SignedInRequest, code: str) -> HttpResponse:
    pack = _pack(request, code)
    versions = list(list_versions(pack))
    context = {
        "pack": pack,
        "files": list_files(pack),
        "verdict": verdict_on(pack, versions),
        "versions": versions,
        "downloads": list_downloads(pack),
        "askers": list_askers(pack),
        "sentences": sentences_of(pack.content["narrative"]),
        "tables": [table_of(table) for table in pack.content["tables"]],
        "may_make": scope_of(request.user).holds(Permission.MAKE_PACK, pack.region_id),
    }
    return render(request, "reports/pack_detail.html", context)


@require_safe
def pack_download(request: SignedInRequest, code: str, face: str) -> HttpResponse:
    """One file, byte for byte as it was made; who took it is noted."""
    file = get_file(_pack(request, code), face)
    if file is None:
        raise Http404(face)
    note_download(file, by=request.user)
    response = HttpResponse(bytes(file.content), content_type=TYPES[file.face])
    response["Content-Disposition"] = f'attachment; filename="{file_name_of(file.pack, file.face)}"'
    return response


@require_safe
def pack_zip(request: SignedInRequest, pk: int) -> FileResponse:
    """All files of all packs of a bundle."""
    job = _job(request, pk)
    files = files_of_bundle(request.user, job)
    if job.document != Document.BUNDLE or not files:
        raise Http404("bundle")
    archive = zipped((file_name_of(f.pack, f.face), f) for f in files)
    for file in files:
        note_download(file, by=request.user)
    name = f"paket-{job.region_id}-{slugify(job.region.full_label)}-{slugify(job.period.label)}.zip"
    return FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
def pack_text(request: SignedInRequest, code: str, period: str) -> HttpResponse:
    """The words that people write into the next version."""
    region, at = get_region(request.user, code, Permission.MAKE_PACK), _period(period)
    row = find_text(region, at)
    earlier = None if row else find_earlier_text(region, at)
    start: dict[str, Any] = {"revision": row.revision if row else 0}
    if earlier:
        start |= {name: getattr(earlier, name) for name in PackTextForm.CARRIED}
    form = PackTextForm(request.POST or None, instance=row, initial=start)
    if request.method == "POST" and form.is_valid() and _written(request, form, code, at):
        sentence = _("Teks tersimpan; terbit bersama versi berikutnya.")
        messages.success(request, sentence, extra_tags="stored")
        return redirect("pack_text", code, period)
    context = {"form": form, "region": region, "period": at, "row": row, "earlier": earlier}
    return render(request, "reports/pack_text.html", context, status=422 if form.is_bound else 200)


def _written(request: SignedInRequest, form: PackTextForm, code: str, period: Period) -> bool:
    try:
        write_text(
            region_code=code,
            period=period,
            words=form.words(),
            revision=form.cleaned_data["revision"],
            by=request.user,
        )
    except ChangedMeanwhile:
        form.add_error(
            None, _("Orang lain baru saja mengubah teks ini. Buka ulang halaman ini, lalu gabungkan.")
        )
        return False
    return True


@require_POST
def closing_record(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """The record of closing of a month, through the same machinery."""
    try:
        period = Period(PeriodKind.MONTH, parse_month(month))
    except ValueError as error:
        raise Http404(month) from error
    job = ask_pack(region_code=code, period=period, by=request.user, document=Document.CLOSING)
    return redirect("pack_job", job.pk)


@require_POST
def reconciliation_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The record of a reconciliation, for both sides to sign."""
    return redirect("pack_job", ask_reconciliation_record(pk=pk, by=request.user).pk)


def file_name_of(pack: Pack, face: str) -> str:
    """`paket-36.72-kota-cilegon-triwulan-iii-tahun-2025-v1.pdf`; of a record also its number."""
    number = [str(pack.reconciliation_id)] if pack.reconciliation_id else []
    words = [slugify(pack.region.full_label), slugify(pack.period.label), f"v{pack.version}"]
    return f"{'-'.join([_WORDS[Document(pack.document)], *number, pack.region_id, *words])}.{face}"


def _job(request: SignedInRequest, pk: int) -> PackJob:
    job = get_job(request.user, pk)
    if job is None:
        raise OutsideScope(pk)
    return job


def _pack(request: SignedInRequest, code: str) -> Pack:
    pack = get_pack(request.user, code)
    if pack is None:
        raise OutsideScope(code)
    return pack


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise Http404(text) from error
