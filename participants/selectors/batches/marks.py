"""Which cells of a sent list are bad, and which numbers in it stay readable for whom."""

import json
from collections.abc import Iterable, Mapping

from django.utils.timezone import localdate

from participants.enums import RowState
from participants.importers.extra import EXTRA_REASONS, ExtraKey, Extras, unfit_in
from participants.importers.faults import QUESTIONS, Reason, field_of
from participants.importers.header import Field
from participants.importers.list_row import table_name
from participants.models import Batch, BatchRow
from participants.nik import NikReason, mask_digits
from participants.selectors.extra_field import person_extras
from regions.cipher import unseal
from regions.models import User

# What may lie in the digits themselves: whoever mends it must see them.
_WRONG_NUMBERS = frozenset({reason.value for reason in NikReason}) | {
    Reason.NIK_TWO_WAYS,
    Reason.FAMILY_CARD,
    Reason.CONFLICT,
    Reason.ANOTHER_PERSON,
}
# Sheet → number of the row → (indices of the bad columns, reasons).
Marks = dict[str, dict[int, tuple[list[int], list[str]]]]
# Sheet → number of the row → indices of the columns of the persons to be mended there; None: all.
OpenCells = dict[str, dict[int, set[int] | None]]


def marks_of(batch: Batch) -> Marks:
    """Which cell of which row to mark, and why."""
    marks: Marks = {}
    columns_of_row = ("sheet", "block", "number", "reasons", "cells_sealed")
    rows = batch.rows.filter(state=RowState.REFUSED).values_list(*columns_of_row)
    extras = person_extras(batch.entered_by, batch.region_id)
    for sheet, block, number, reasons, sealed in rows:
        field = wrong_cell(reasons[0], extras, sealed) if reasons else Field.NIK
        columns = batch.columns.get(table_name(sheet, block), [])
        index = next((index for known, index, _title in columns if known == field), None)
        # Side by side a row of the sheet holds several persons.
        indices, others = marks.setdefault(sheet, {}).get(number, ([], []))
        marks[sheet][number] = ([*indices, *([] if index is None else [index])], [*others, *reasons])
    return marks


def wrong_cell(reason: str, extras: Extras, sealed: bytes | memoryview | None) -> Field | ExtraKey:
    """The cell that a reason of a parked row speaks of; of the office's own fields the first that it fits."""
    if Reason(reason) not in EXTRA_REASONS:
        return field_of(reason)
    cells = json.loads(unseal(sealed)) if sealed else {}
    found = unfit_in(extras, cells, localdate())
    return next((key for key, why in found if why == reason), Field.NIK)


def open_cells_of(batch: Batch) -> tuple[OpenCells, int]:
    """The cells that the sender must see to mend them, and in how many rows.

    A row that only asks something is answered here, so nothing of it need be opened. Side by side a row of
    the sheet holds several persons, of whom only the bad one is opened.
    """
    opened: OpenCells = {}
    count = 0
    rows = batch.rows.filter(state=RowState.REFUSED).values_list("sheet", "block", "number", "reasons")
    for sheet, block, number, reasons in rows:
        if set(reasons) <= set(QUESTIONS):
            continue
        count += 1
        columns = batch.columns.get(table_name(sheet, block), [])
        known = opened.setdefault(sheet, {}).setdefault(number, set())
        if not columns:
            opened[sheet][number] = None
        elif known is not None:
            known.update(index for _field, index, _title in columns)
    return opened, count


def open_fields(user: User, batch: Batch, row: BatchRow) -> set[Field]:
    """The fields of a parked row that its own sender sees whole, because they are what is wrong."""
    wrong = _WRONG_NUMBERS.intersection(row.reasons)
    return {Field.NIK} if wrong and batch.entered_by_id == user.pk else set()


def wrong_cell_of(batch: Batch, row: BatchRow, reason: str) -> Field | ExtraKey:
    """The same as the sender of the list saw the fields, asked for once for a page of rows."""
    if Reason(reason) not in EXTRA_REASONS:
        return field_of(reason)
    extras: Extras | None = vars(batch).get("extras_read")
    if extras is None:
        extras = vars(batch)["extras_read"] = person_extras(batch.entered_by, batch.region_id)
    return wrong_cell(reason, extras, row.cells_sealed)


def mendable_extras(user: User, batch: Batch, rows: Iterable[BatchRow]) -> Extras:
    """The office's own fields in which somebody mends these rows: personal ones only where they are wrong."""
    extras = person_extras(user, batch.region_id)
    if not extras:
        return ()
    wrong = {
        wrong_cell(reason, extras, row.cells_sealed)
        for row in rows
        for reason in row.reasons
        if Reason(reason) in EXTRA_REASONS
    }
    return tuple(one for one in extras if not one.is_personal or one.key in wrong)


def shown_cells(cells: Mapping[Field, str], opened: set[Field]) -> dict[Field, str]:
    """The cells for a form: numbers of persons masked but for the fields that are open."""
    return {field: text if field in opened else mask_digits(text) for field, text in cells.items()}


def meant_cells(
    typed: Mapping[Field, str], cells: Mapping[Field, str], opened: set[Field]
) -> dict[Field, str]:
    """What was typed; a cell that came back as it was shown masked is meant as it was."""
    shown = shown_cells(cells, opened)
    return {
        field: cells[field] if field in cells and text.strip() == shown[field].strip() else text
        for field, text in typed.items()
    }
