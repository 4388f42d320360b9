"""Reconciliations: made of two files and the region's own list, looked at, agreed on, printed."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from budgets.enums import Match, ReconciliationState, Side
from budgets.errors import ReconciliationRefused
from budgets.forms.reconciliation import ReconciliationForm
from budgets.importers.reconciliation_account import file_remarks, unread_sentences
from budgets.models import Reconciliation
from budgets.selectors.reconciliation import (
    get_reconciliation,
    list_reconciled_persons,
    list_reconciliations,
    rupiah_lines,
    show_persons,
)
from budgets.selectors.reconciliation_subject import ReconciliationSubjects
from budgets.services.agreement import SIGNING, sign_reconciliation, write_agreement
from budgets.services.reconciliation import make_reconciliation
from participants.enums import ReadPage
from participants.exporters.person_table import csv_lines
from participants.services.persons.reading import note_reading
from regions.access import require, require_anywhere, scope_of
from regions.enums import Verb
from regions.errors import OutsideScope
from regions.month import iso_month
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.services.act import record_act
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting
from regions.views.table_file import asked_file, table_file

_PAGE = 50
_SORTED_BY: SortColumns = {
    "bulan": ("month",),
    "wilayah": ("region__name",),
    "kategori": ("category__name", "funding__name"),
    "status": ("state",),
    "dibuat": ("made_at",),
}


@require_GET
def reconciliation_list(request: SignedInRequest) -> HttpResponseBase:
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    code = request.GET.get("wilayah", "").strip()
    sort = Sorting.of(request.GET, _SORTED_BY)
    rows = sort.ordered(list_reconciliations(request.user, region_code=code), _SORTED_BY)
    if asked_file(request):
        head = [_("nomor"), _("bulan"), _("kode_wilayah"), _("wilayah"), _("kategori"), _("sumber_dana")]
        head += [_("status"), _("dibuat_oleh"), _("dibuat_pada")]
        told = map(_list_cells, rows.iterator(chunk_size=2000))
        named = {"name": "rekonsiliasi", "subject": _("rekonsiliasi"), "region_code": code}
        return table_file(request, header=head, rows=told, **named)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    context: dict[str, Any] = {"page": page, "region_code": code, "sort": sort}
    context["may_make"] = scope_of(request.user).holds_anywhere(Permission.ENTER_CONTRIBUTION)
    return render(request, "budgets/reconciliation_list.html", context)


def _list_cells(row: Reconciliation) -> list[object]:
    what = [str(row.category or ""), str(row.funding or ""), row.get_state_display()]
    made = [str(row.made_by), localtime(row.made_at).isoformat(timespec="seconds")]
    return [row.pk, iso_month(row.month), row.region_id, row.region.full_label, *what, *made]


@require_http_methods(["GET", "POST"])
def reconciliation_make(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.ENTER_CONTRIBUTION)
    regions = list_entry_regions(request.user, Permission.ENTER_CONTRIBUTION)
    arguments = [request.POST, request.FILES] if request.method == "POST" else []
    form = ReconciliationForm(*arguments, regions=regions)
    if form.is_bound and form.is_valid():
        try:
            made = make_reconciliation(question=form.question(), by=request.user, **form.uploads())
        except ReconciliationRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("reconciliation_detail", made.pk)
    status = 422 if form.is_bound else 200
    return render(request, "budgets/reconciliation_make.html", {"form": form}, status=status)


@require_GET
def reconciliation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if found.is_at_work or found.state == ReconciliationState.REFUSED:
        is_waiting = found.state == ReconciliationState.WAITING
        work = {"made": found, "is_waiting": is_waiting, "is_silent": found.is_silent(found.made_at)}
        return render(request, "budgets/reconciliation_work.html", work)
    if request.htmx:
        # The line of progress asked; the work is over.
        return HttpResponseClientRefresh()
    context = {"made": found, **_told(found), **_acts(request, found)}
    (context["document_kind"],) = ReconciliationSubjects.kinds
    if context["sees_names"]:
        match = request.GET.get("hasil", "")
        rows = list_reconciled_persons(request.user, found, match)
        page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
        context |= {"page": page, "shown": list(show_persons(page.object_list)), "match": match}
        context["query"] = urlencode({"hasil": match}) if match else ""
        note_reading(
            by=request.user,
            page=ReadPage.RECONCILIATION,
            region_code=found.region_id,
            document=found.pk,
            rows=len(page.object_list),
        )
    return render(request, "budgets/reconciliation_detail.html", context)


def _told(found: Reconciliation) -> dict[str, Any]:
    counts = [(value, label, found.counts.get(value, 0)) for value, label in Match.choices]
    return {
        "counts": counts,
        "rupiah": rupiah_lines(found),
        "unpriced": found.sums.get("unpriced", 0),
        "files": [
            (file, file_remarks(file.balance), unread_sentences(file.balance, file.unread))
            for file in found.files.defer("content_sealed").order_by("side")
        ],
        "payments": list(found.payments.all()[:200]),
    }


def _acts(request: SignedInRequest, found: Reconciliation) -> dict[str, Any]:
    """What this person may do with it."""
    scope, code = scope_of(request.user), found.region_id
    is_open = found.state == "draft" and request.user.pk != found.made_by_id
    signed = {Side.PEMDA: found.pemda_signer_id, Side.BPJS: found.bpjs_signer_id}
    sides = [
        side
        for side, permission in SIGNING.items()
        if is_open and scope.holds(permission, code) and not signed[side]
    ]
    return {
        "sides": [] if request.user.pk in signed.values() else sides,
        "may_write": found.state == "draft" and scope.holds(Permission.ENTER_CONTRIBUTION, code),
        "sees_names": scope.holds(Permission.VIEW_PERSONS, code),
    }


@require_POST
def reconciliation_agreement(request: SignedInRequest, pk: int) -> HttpResponse:
    _found(request, pk)
    try:
        write_agreement(pk=pk, text=request.POST.get("kesepakatan", ""), by=request.user)
    except ReconciliationRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("reconciliation_detail", pk)


@require_POST
def reconciliation_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    _found(request, pk)
    side = request.POST.get("pihak", "")
    if side not in {one.value for one in SIGNING}:
        raise Http404
    try:
        sign_reconciliation(pk=pk, side=Side(side), code=request.POST.get("kode", ""), by=request.user)
    except ReconciliationRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("reconciliation_detail", pk)


@require_GET
def reconciliation_csv(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """Persons to be followed up, the NIK masked: those who are not the same on both lists."""
    found = _found(request, pk)
    require(request.user, Permission.VIEW_PERSONS, found.region_id)
    if not found.code:
        # Nothing has been compared yet, and an empty list would say that all agree.
        raise OutsideScope(pk)
    rows = list_reconciled_persons(request.user, found).exclude(match=Match.BOTH)
    head = [_("Hasil"), _("NIK"), _("KPJ"), _("Nama menurut Pemda"), _("Nama menurut BPJS")]
    head += [_("Terutang"), _("Dibukukan BPJS"), _("Baris berkas BPJS")]
    record_act(by=request.user, verb=Verb.EXPORTED, subject=str(found), region_code=found.region_id)
    cells = (_cells(one) for one in show_persons(rows.iterator(chunk_size=2000)))
    response = StreamingHttpResponse(csv_lines(cells, head=head), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tindak-lanjut-{found.pk}.csv"'
    return response


def _cells(one: Any) -> list[str]:
    numbers = ["" if number is None else str(number) for number in (one.due, one.billed)]
    return [one.match, one.nik, one.kpj, one.name, one.bpjs_name, *numbers, one.place]


def _found(request: SignedInRequest, pk: int) -> Reconciliation:
    found = get_reconciliation(request.user, pk)
    if found is None:
        raise OutsideScope(pk)
    return found
