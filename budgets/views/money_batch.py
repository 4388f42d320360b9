"""Files of money: sent, looked at before anything is stored, confirmed, taken back."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from budgets.enums import CommaMeaning, MoneyKind
from budgets.exporters.money_template import write_money_template
from budgets.forms.money_batch import MoneyFileForm, MoneyTitlesForm
from budgets.models import MoneyBatch
from budgets.selectors.money_batch import (
    asks_about_commas,
    get_money_batch,
    list_money_batches,
    list_money_rows,
    marks_of,
    personal_columns,
    sealed_content,
    show_money_rows,
    shown_columns,
    titles_of,
    words_for_template,
)
from budgets.selectors.money_titles import remembered_titles_of
from budgets.services.money_answer import answer_comma
from budgets.services.money_batch import cancel_money_batch, confirm_money_batch, send_money_file
from budgets.services.money_kinds import FILE_KINDS
from budgets.services.money_marked import take_marked_money_file
from budgets.services.money_titles import name_money_columns
from budgets.services.money_undo import undo_money_batch
from budgets.views.money_list_file import money_batches_file
from participants.enums import BatchState, RowState
from participants.errors import BatchRefused, PersonRefused
from participants.exporters.marked_workbook import Guard, write_marked_workbook
from participants.importers.ledger import remarks_of
from participants.selectors.batches.file import unsealed_file
from regions.access import require_anywhere, scope_of
from regions.errors import MonthLocked, OutsideScope
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns, Sorting
from regions.views.table_file import asked_file

_PAGE = 50
_SORTED_BY: SortColumns = {
    "nomor": ("pk",),
    "isi": ("kind",),
    "wilayah": ("region__name",),
    "status": ("state",),
    "dikirim": ("entered_at",),
}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def money_batch_list(request: SignedInRequest) -> HttpResponseBase:
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    code, kind = request.GET.get("wilayah", "").strip(), request.GET.get("jenis", "")
    sort = Sorting.of(request.GET, _SORTED_BY)
    rows = sort.ordered(list_money_batches(request.user, region_code=code, kind=kind), _SORTED_BY)
    if asked_file(request):
        return money_batches_file(request, rows, code)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    scope = scope_of(request.user)
    kinds = [one for one in MoneyKind if scope.holds_anywhere(FILE_KINDS[one].permission)]
    context = {"page": page, "region_code": code, "kind": kind, "kinds": MoneyKind.choices, "sort": sort}
    return render(request, "budgets/money_batch_list.html", context | {"may_send": kinds})


@require_http_methods(["GET", "POST"])
def money_batch_send(request: SignedInRequest, kind: str) -> HttpResponse:
    chosen = _kind(kind)
    require_anywhere(request.user, FILE_KINDS[chosen].permission)
    form = _form(request, chosen)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = send_money_file(
                terms=form.terms(chosen), file_name=file.name, content=file.read(), by=request.user
            )
        except BatchRefused as refused:
            form.add_error("file", refused.sentence)
        else:
            return redirect("money_batch_detail", batch.pk)
    context = {"form": form, "kind": chosen, "columns": titles_of(chosen)}
    return render(request, "budgets/money_batch_send.html", context, status=422 if form.is_bound else 200)


def _kind(name: str) -> MoneyKind:
    try:
        return MoneyKind(name)
    except ValueError as error:
        raise Http404 from error


def _form(request: SignedInRequest, kind: MoneyKind) -> MoneyFileForm:
    regions = list_entry_regions(request.user, FILE_KINDS[kind].permission)
    arguments = [request.POST, request.FILES] if request.method == "POST" else []
    return MoneyFileForm(*arguments, regions=regions)


@require_GET
def money_template(request: SignedInRequest, kind: str) -> HttpResponse:
    """An empty workbook to be filled by an office."""
    chosen = _kind(kind)
    require_anywhere(request.user, FILE_KINDS[chosen].permission)
    words = words_for_template(request.user, FILE_KINDS[chosen].permission)
    return _download(write_money_template(chosen, **words), f"templat-{chosen.value}.xlsx")


def _work(batch: MoneyBatch) -> dict[str, bool]:
    return {"is_waiting": batch.state == BatchState.WAITING, "is_silent": batch.is_silent(batch.entered_at)}


@require_GET
def money_batch_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    if batch.is_at_work:
        return render(request, "budgets/money_batch_work.html", {"batch": batch, **_work(batch)})
    if request.htmx:
        # The line of progress asked; the work is over.
        return HttpResponseClientRefresh()
    state = request.GET.get("keadaan", "")
    page = Paginator(list_money_rows(batch, state), _PAGE).get_page(request.GET.get("halaman"))
    may_act = scope_of(request.user).holds(_permission(batch), batch.region_id)
    context: dict[str, Any] = {"batch": batch, "page": page, "state": state, "may_act": may_act}
    context |= {"shown": show_money_rows(batch, page.object_list), "columns": _titles(batch)}
    context["remarks"] = remarks_of(batch.balance)
    if may_act and batch.state in {BatchState.CHECKED, BatchState.REFUSED}:
        context["titles_form"] = _titles_form(batch)
    context |= {"asks_about_commas": asks_about_commas(batch)}
    context |= {"query": urlencode({"keadaan": state}) if state else ""}
    context["tabs"] = [(value, label, batch.counts.get(value, 0)) for value, label in RowState.choices[:4]]
    return render(request, "budgets/money_batch_detail.html", context)


def _titles(batch: MoneyBatch) -> list[str]:
    known = dict(titles_of(MoneyKind(batch.kind)))
    return [known[field] for field in shown_columns(batch)]


def _permission(batch: MoneyBatch) -> Any:
    return FILE_KINDS[MoneyKind(batch.kind)].permission


@require_POST
def money_batch_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: confirm_money_batch(pk=pk, by=request.user), _("Tersimpan."))


@require_POST
def money_batch_comma(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a comma in the amounts of this file is; the file is read anew."""
    said = request.POST.get("koma", "")
    if said not in CommaMeaning.values:
        raise Http404
    meaning = CommaMeaning(said)
    return _act(request, pk, lambda: answer_comma(pk=pk, meaning=meaning, by=request.user), _("Dijawab."))


@require_POST
def money_batch_titles(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the columns of this file are called; the file is read anew, the next ones at once."""
    form = _titles_form(_batch(request, pk), request.POST)
    if not form.is_valid():
        messages.error(request, _("Judul kolom paling panjang 60 huruf."))
        return redirect("money_batch_detail", pk)
    done = _("Judul kolom tersimpan; berkasnya dibaca lagi.")
    return _act(request, pk, lambda: name_money_columns(pk=pk, titles=form.titles(), by=request.user), done)


def _titles_form(batch: MoneyBatch, *data: Any) -> MoneyTitlesForm:
    kind = MoneyKind(batch.kind)
    return MoneyTitlesForm(*data, kind=kind, remembered=remembered_titles_of(batch.region_id, kind))


@require_POST
def money_batch_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: cancel_money_batch(pk=pk, by=request.user), _("Dibuang."))


@require_POST
def money_batch_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    def undo() -> None:
        undone = undo_money_batch(pk=pk, by=request.user, reason=request.POST.get("alasan", "")[:250])
        if undone.kept:
            words = _("%(count)s baris tetap tersimpan: sesudahnya dikoreksi atau dipakai baris lain.")
            messages.warning(request, words % {"count": undone.kept})

    return _act(request, pk, undo, _("Ditarik kembali."))


def _act(request: SignedInRequest, pk: int, act: Callable[[], Any], done: str) -> HttpResponse:
    batch = _batch(request, pk)
    try:
        act()
    except (BatchRefused, MonthLocked) as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done, extra_tags="stored")
    return redirect("money_batch_detail", batch.pk)


@require_POST
def money_batch_marked(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook that was sent, its bad cells marked; columns with names of persons stay empty."""
    batch = _batch(request, pk)
    try:
        taken = take_marked_money_file(pk=pk, reason=request.POST.get("alasan", ""), by=request.user)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("money_batch_detail", pk)
    guard = Guard(opened=taken.opened, watermark=taken.watermark)
    with unsealed_file(sealed_content(batch)) as path:
        content = write_marked_workbook(
            batch.file_name,
            path,
            marks_of(batch),
            words=str,
            left_out=personal_columns(batch),
            guard=guard,
        )
    return _download(content, f"berkas-{batch.pk}-bertanda.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _batch(request: SignedInRequest, pk: int) -> MoneyBatch:
    batch = get_money_batch(request.user, pk)
    if batch is None:
        raise OutsideScope(pk)
    return batch
