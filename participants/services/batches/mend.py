"""Mending parked rows in the browser, without another file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.importers.checks import Judged
from participants.importers.extra import ExtraKey, is_extra
from participants.importers.faults import QUESTIONS, Reason, fault_of
from participants.importers.header import Field
from participants.importers.typed_row import judge_typed
from participants.models import Batch, BatchRow
from participants.person_columns import SEALED_COLUMNS, TYPED_FIELDS, open_cells
from participants.selectors.extra_field import person_extras
from participants.selectors.reach import require_batch
from participants.services.batches.compare import compare_rows, count_rows
from participants.services.batches.row import copy_rows
from participants.services.batches.store import lock_batch, store_rows
from regions.cipher import unseal
from regions.models import User


def cells_of(row: BatchRow) -> dict[Any, str]:
    """The cells of a parked row as text, the NIK whole: for the form in which it is mended."""
    if row.cells_sealed:
        texts = json.loads(unseal(row.cells_sealed))
        named: dict[Any, str] = {field: texts[field] for field in TYPED_FIELDS if field in texts}
        return named | {ExtraKey(name): text for name, text in texts.items() if is_extra(name)}
    sealed = {Field.NIK: row.nik_sealed}
    sealed |= {column.field: getattr(row, f"{column.name}_sealed") for column in SEALED_COLUMNS}
    return open_cells(row) | {field: unseal(text) for field, text in sealed.items() if text}


@transaction.atomic
def mend_row(
    *, batch_id: int, row_id: int, cells: Mapping[Field, str], by: User, is_member: bool = False
) -> BatchRow:
    """Judge a parked row anew with what was typed; stored at once where its batch is stored already.

    `is_member` answers the questions that the row asks. What is still wrong or unanswered stays parked with
    what was typed. Raises BatchRefused, OutsideScope, NotPermitted.
    """
    batch, row = _parked(batch_id, row_id, by)
    # Fields of the office's own that are not shown to who mends stay as the file has them.
    unseen = {key: text for key, text in cells_of(row).items() if is_extra(key) and key not in cells}
    judged = judged_anew(
        batch, row, {**cells, **unseen}, open_questions=[] if is_member else questions_in(row)
    )
    row.delete()
    copy_rows(batch.pk, [judged])
    copied = batch.rows.filter(sheet=row.sheet, number=row.number, block=row.block)
    # The same address, and the same place in the list.
    copied.update(id=row_id)
    fresh = batch.rows.get(pk=row_id)
    compare_rows(batch, [fresh.pk] if batch.state == BatchState.STORED else None)
    fresh.refresh_from_db()
    if batch.state == BatchState.STORED and fresh.state != RowState.REFUSED:
        store_rows(batch, by=by, rows=[fresh.pk])
    recount(batch)
    return fresh


def questions_in(row: BatchRow) -> list[Reason]:
    return [Reason(reason) for reason in row.reasons if reason in QUESTIONS]


def judged_anew(
    batch: Batch, row: BatchRow, cells: Mapping[Field, str], open_questions: Sequence[Reason]
) -> Judged:
    """A row as its cells are now; a question that nobody answered keeps it from being stored."""
    asks = bool(questions_in(row)) and not open_questions
    judged = judge_typed(
        cells,
        number=row.number,
        region=batch.region_id,
        today=localdate(),
        is_member=asks,
        extras=person_extras(batch.entered_by, batch.region_id),
    )
    # Who pays is not typed here: it stays as the file has it.
    texts = {**judged.row.texts, Field.PAYER: row.payer_name}
    typed = judged.row._replace(sheet=row.sheet, table=row.block, texts=texts)
    known = {fault.reason for fault in judged.faults}
    faults = [fault_of(typed, Field.NAME, one, row.asked) for one in open_questions if one not in known]
    if not faults:
        return judged._replace(row=typed)
    return Judged(typed, None, (*judged.faults, *faults))


@transaction.atomic
def skip_row(*, batch_id: int, row_id: int, by: User) -> BatchRow:
    """Leave a parked row out for good."""
    batch, row = _parked(batch_id, row_id, by)
    row.state = RowState.SKIPPED
    row.save(update_fields=["state"])
    recount(batch)
    return row


def _parked(batch_id: int, row_id: int, by: User) -> tuple[Batch, BatchRow]:
    batch = lock_batch(batch_id)
    require_batch(by, batch)
    row = batch.rows.filter(pk=row_id, state=RowState.REFUSED).first()
    if batch.state not in {BatchState.CHECKED, BatchState.STORED} or row is None:
        raise BatchRefused(_("Baris ini tidak lagi menunggu perbaikan. Muat ulang daftarnya."))
    return batch, row


def recount(batch: Batch) -> None:
    counts = count_rows(batch)
    batch.counts = counts | {"doubt": batch.counts.get("doubt", {}) | counts["doubt"]}
    # The rows are no longer those of the file: an equal file is to be read again.
    batch.reader = 0
    batch.save(update_fields=["counts", "reader"])
