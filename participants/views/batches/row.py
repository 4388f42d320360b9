"""Parked rows of a list: mended one by one, left out, or taken away in the marked workbook."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.enums import RowState
from participants.errors import BatchRefused
from participants.exporters.marked_workbook import write_marked_workbook
from participants.exporters.template_workbook import write_template
from participants.forms.batch import PersonCellsForm
from participants.importers.faults import QUESTIONS, field_of, sentence_of
from participants.models import Batch, BatchRow
from participants.selectors.batches.batch import (
    fault_sentence,
    get_batch,
    get_row,
    marks_of,
    next_parked,
    said_in,
)
from participants.selectors.batches.file import open_file
from participants.selectors.category import find_category
from participants.services.batches.mend import cells_of, mend_row, questions_in, skip_row
from regions.access import get_region, require
from regions.enums import Verb
from regions.errors import MonthLocked, OutsideScope
from regions.month import parse_month
from regions.roles import Permission
from regions.selectors.region import list_district_names
from regions.services.act import record_act
from regions.signed_in import SignedInRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def batch_row(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """A parked row in a form; sending it stores the person or says again what is wrong."""
    batch, row = _parked(request, pk, row_pk)
    question = " ".join(sentence_of(reason) for reason in questions_in(row))
    form = PersonCellsForm(request.POST or None, cells=cells_of(row), question=question)
    if request.method == "POST" and form.is_valid():
        try:
            row = mend_row(
                batch_id=pk,
                row_id=row_pk,
                cells=form.cells(),
                is_member=form.cleaned_data.get("is_member", False),
                by=request.user,
            )
        except (BatchRefused, MonthLocked) as refused:
            messages.error(request, refused.sentence)
            return redirect("batch_detail", pk)
        if row.state != RowState.REFUSED:
            messages.success(request, _("Baris %(number)s sudah benar.") % {"number": row.number})
            return _next(batch)
    for reason in row.reasons:
        label = field_of(reason)
        if form.is_bound:
            asked = reason in QUESTIONS and "is_member" in form.fields
            form.add_error("is_member" if asked else label, fault_sentence(batch, row, reason))
    context = {"batch": batch, "row": row, "form": form, "faults": _faults(batch, row)}
    context["said"] = said_in(batch, row)
    return render(request, "participants/batch_row.html", context, status=422 if form.is_bound else 200)


def _faults(batch: Batch, row: BatchRow) -> list[str]:
    return [fault_sentence(batch, row, reason) for reason in row.reasons]


@require_POST
def batch_row_skip(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    batch, _row = _parked(request, pk, row_pk)
    try:
        skip_row(batch_id=pk, row_id=row_pk, by=request.user)
    except (BatchRefused, MonthLocked) as refused:
        messages.error(request, refused.sentence)
    return _next(batch)


def _next(batch: Batch) -> HttpResponse:
    """To the next parked row, or to the batch when none is left."""
    row = next_parked(batch)
    return redirect("batch_row", batch.pk, row.pk) if row else redirect("batch_detail", batch.pk)


def _parked(request: SignedInRequest, pk: int, row_pk: int) -> tuple[Batch, BatchRow]:
    batch = get_batch(request.user, pk)
    row = get_row(batch, row_pk) if batch else None
    if batch is None or row is None:
        raise OutsideScope(pk)
    require(request.user, Permission.ENTER_PERSONS, batch.region_id)
    return batch, row


@require_GET
def batch_marked(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook that was sent, its bad cells marked and the reason beside them."""
    batch = get_batch(request.user, pk)
    if batch is None:
        raise OutsideScope(pk)
    require(request.user, Permission.ENTER_PERSONS, batch.region_id)
    with open_file(batch) as path:
        content = write_marked_workbook(batch.file_name, path, marks_of(batch))
    record_act(by=request.user, verb=Verb.EXPORTED, subject=f"#{batch.pk}", region_code=batch.region_id)
    return _download(content, f"kiriman-{batch.pk}-bertanda.xlsx")


@require_GET
def list_template(request: SignedInRequest) -> HttpResponse:
    """An empty list for a region, category and month, made so that a NIK survives it."""
    region = get_region(request.user, request.GET.get("wilayah", ""), Permission.ENTER_PERSONS)
    category = find_category(request.GET.get("kategori", ""))
    try:
        month = parse_month(request.GET.get("bulan", ""))
    except ValueError:
        month = None
    content = write_template(
        region=region, category=category, month=month, districts=list_district_names(region)
    )
    return _download(content, f"daftar-{region.code}{f'-{category.pk}' if category else ''}.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
