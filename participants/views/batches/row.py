"""Parked rows of a list: mended one by one, left out, or taken away in the marked workbook."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.enums import ReadPage, RowState
from participants.errors import BatchRefused, PersonRefused
from participants.exporters.marked_workbook import Guard, write_marked_workbook
from participants.exporters.template_workbook import write_template
from participants.forms.batch import PersonCellsForm
from participants.importers.extra import Extras
from participants.importers.faults import QUESTIONS, sentence_of
from participants.importers.header import Field
from participants.models import Batch, BatchRow
from participants.nik import mask_digits
from participants.person_columns import SEALED_COLUMNS, TYPED_FIELDS
from participants.selectors.batches.batch import (
    fault_sentence,
    get_batch,
    get_row,
    get_settled_row,
    next_parked,
    said_in,
)
from participants.selectors.batches.file import open_file
from participants.selectors.batches.marks import (
    marks_of,
    meant_cells,
    mendable_extras,
    open_fields,
    shown_cells,
    wrong_cell_of,
)
from participants.selectors.category import find_category
from participants.selectors.extra_field import person_extras
from participants.selectors.reach import require_batch
from participants.services.batches.marked import take_marked_file, unmask_row
from participants.services.batches.mend import cells_of, mend_row, questions_in, skip_row
from participants.services.persons.reading import note_reading
from regions.access import get_region, require_of, scope_of
from regions.errors import MonthLocked, OutsideScope
from regions.fresh_signin import fresh_sign_in
from regions.month import parse_month
from regions.roles import Permission
from regions.selectors.region import list_district_names
from regions.signed_in import SignedInRequest

_NUMBERS = {Field.NIK, *(column.field for column in SEALED_COLUMNS)}
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def batch_row(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """A parked row in a form; sending it stores the person or says again what is wrong."""
    if request.method == "GET":
        return _shown(request, pk, row_pk)
    batch, row = _parked(request, pk, row_pk)
    opened = open_fields(request.user, batch, row)
    extras = mendable_extras(request.user, batch, [row])
    form = _row_form(row, opened, extras, request.POST)
    if not form.is_valid():
        return _row_page(request, batch, row, form, opened)
    try:
        row = mend_row(
            batch_id=pk,
            row_id=row_pk,
            cells=meant_cells(form.cells(), cells_of(row), opened),
            is_member=form.cleaned_data.get("is_member", False),
            by=request.user,
        )
    except MonthLocked as locked:
        # What was typed stays in the form; the list page carries the rows to an open month.
        form.add_error(None, f"{locked.sentence} {_carry_first()}")
        return _row_page(request, batch, row, form, opened, status=409)
    except BatchRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("batch_detail", pk)
    if row.state != RowState.REFUSED:
        messages.success(request, _("Baris %(number)s sudah benar.") % {"number": row.number})
        return _next(batch)
    return _row_page(request, batch, row, form, opened)


@require_POST
@fresh_sign_in
def batch_row_unmask(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """The same form with the numbers whole, to those who may and say why."""
    batch, row = _parked(request, pk, row_pk)
    try:
        unmask_row(batch_id=pk, row_id=row_pk, reason=request.POST.get("alasan", ""), by=request.user)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("batch_row", pk, row_pk)
    everything = set(TYPED_FIELDS)
    form = _row_form(row, everything, mendable_extras(request.user, batch, [row]))
    return _row_page(request, batch, row, form, everything)


def _row_form(row: BatchRow, opened: set[Field], extras: Extras, *data: Any) -> PersonCellsForm:
    question = " ".join(sentence_of(reason) for reason in questions_in(row))
    shown = shown_cells(cells_of(row), opened)
    return PersonCellsForm(*data, cells=shown, question=question, extras=extras)


def _row_page(
    request: SignedInRequest,
    batch: Batch,
    row: BatchRow,
    form: PersonCellsForm,
    opened: set[Field],
    *,
    status: int = 200,
) -> HttpResponse:
    for reason in row.reasons if form.is_bound and status == 200 else ():
        asked = reason in QUESTIONS and "is_member" in form.fields
        cell = wrong_cell_of(batch, row, reason).value
        place = cell if cell in form.fields else None
        form.add_error("is_member" if asked else place, fault_sentence(batch, row, reason))
    page = ReadPage.OPEN_BATCH_ROW if opened & _NUMBERS else ReadPage.BATCH_ROW
    note_reading(by=request.user, page=page, region_code=batch.region_id, document=batch.pk, rows=1)
    context = {"batch": batch, "row": row, "form": form, "faults": _faults(batch, row)}
    context["said"] = said_in(batch, row)
    context["may_unmask"] = scope_of(request.user).holds(Permission.UNMASK, batch.region_id)
    if form.is_bound and status == 200:
        status = 422
    return render(request, "participants/batch_row.html", context, status=status)


def _carry_first() -> str:
    return _(
        "Isian Anda masih ada di bawah. Di halaman unggahannya, baris yang menunggu dapat dibawa ke bulan "
        "yang terbuka."
    )


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


def _shown(request: SignedInRequest, pk: int, row_pk: int) -> HttpResponse:
    """The form of a row; who goes back in the browser to one that waits no more is told so."""
    found = get_batch(request.user, pk)
    settled = get_settled_row(found, row_pk) if found else None
    if found is not None and settled is not None:
        require_batch(request.user, found)
        messages.info(
            request, _("Baris %(number)s tidak menunggu perbaikan lagi.") % {"number": settled.number}
        )
        return redirect("batch_detail", pk)
    batch, row = _parked(request, pk, row_pk)
    opened = open_fields(request.user, batch, row)
    extras = mendable_extras(request.user, batch, [row])
    return _row_page(request, batch, row, _row_form(row, opened, extras), opened)


def _parked(request: SignedInRequest, pk: int, row_pk: int) -> tuple[Batch, BatchRow]:
    batch = get_batch(request.user, pk)
    row = get_row(batch, row_pk) if batch else None
    if batch is None or row is None:
        raise OutsideScope(pk)
    require_batch(request.user, batch)
    return batch, row


@require_POST
@fresh_sign_in
def batch_marked(request: SignedInRequest, pk: int) -> HttpResponse:
    """The workbook that was sent, its bad rows marked and open, all other numbers masked."""
    batch = get_batch(request.user, pk)
    if batch is None:
        raise OutsideScope(pk)
    try:
        taken = take_marked_file(pk=pk, reason=request.POST.get("alasan", ""), by=request.user)
    except PersonRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("batch_detail", pk)
    guard = Guard(mask=mask_digits, opened=taken.opened, watermark=taken.watermark)
    with open_file(batch) as path:
        content = write_marked_workbook(batch.file_name, path, marks_of(batch), guard=guard)
    return _download(content, f"kiriman-{batch.pk}-bertanda.xlsx")


@require_GET
def list_template(request: SignedInRequest) -> HttpResponse:
    """An empty list for a region, category and month, made so that a NIK survives it."""
    code = request.GET.get("wilayah", "")
    bound = [one for _code, one in scope_of(request.user).bound.get(Permission.ENTER_PERSONS, ())]
    require_of(request.user, Permission.ENTER_PERSONS, code, *bound)
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    category = find_category(request.GET.get("kategori", ""))
    try:
        month = parse_month(request.GET.get("bulan", ""))
    except ValueError:
        month = None
    content = write_template(
        region=region,
        category=category,
        month=month,
        districts=list_district_names(region),
        extras=person_extras(request.user, region.code),
    )
    return _download(content, f"daftar-{region.code}{f'-{category.pk}' if category else ''}.xlsx")


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
