"""Reading the file of a batch: every row judged, sealed and laid down, nothing of it stored as fact yet."""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localdate, now

from participants.enums import BatchState, RowState
from participants.importers.checks import ENDINGS_FROM
from participants.importers.extra import synonyms_of
from participants.importers.faults import Doubt
from participants.importers.list_report import READER_VERSION
from participants.models import Batch, BatchRow
from participants.selectors.batches.file import find_twin, open_file
from participants.selectors.batches.title_memory import remembered_titles
from participants.selectors.extra_field import had_person_fields, person_extras
from participants.services.batches.compare import Counts, compare_rows, count_rows
from participants.services.batches.reading_process import FileRefused, Piece, Reading, read_apart
from participants.services.batches.row import COLUMNS, copy_text, start_copy, unpack
from participants.services.batches.store import lock_persons
from regions.enums import Happened
from regions.roles import Permission
from regions.services.outbox import announce


class CancelAsked(Exception):
    """Somebody asked to stop while the file was being read."""


def read_batch(batch: Batch) -> None:
    """Read the file from its beginning, whatever an earlier attempt left, and compare it with the facts.

    Ends in CHECKED, REFUSED or CANCELLED. Raises ReaderDied.
    """
    BatchRow.objects.filter(batch=batch).delete()
    batch.titles = remembered_titles(batch.region_id, batch.institution_id) | batch.titles
    # Fields of the region's own, and who sees them, may have changed since an equal file was read.
    twin = None if had_person_fields(batch.region_id) else find_twin(batch, READER_VERSION)
    try:
        if twin is None:
            _lay_down(batch)
        else:
            _take_over(batch, twin)
    except FileRefused as refused:
        told = {"refusal": refused.sentence[:400], "columns": refused.columns}
        _end(batch, BatchState.REFUSED, remedy=refused.remedy, inside=list(refused.inside), **told)
        return
    except CancelAsked:
        _end(batch, BatchState.CANCELLED)
        return
    with transaction.atomic():
        lock_persons(batch.region_id)
        compare_rows(batch)
        counts = count_rows(batch)
        counts["doubt"] |= batch.counts.get("doubt", {})
        read: dict[str, object] = {"titles": batch.titles, "columns": batch.columns, "sheets": batch.sheets}
        read |= {"reader": _reader(counts), "balance": batch.balance}
        _end(batch, BatchState.CHECKED, counts=counts, done=batch.done, total=batch.done, **read)


def _reader(counts: Counts) -> int:
    """Rows of somebody who was erased while the file was being read are no longer those of the file."""
    return 0 if counts["state"].get(RowState.SKIPPED) else READER_VERSION


def _lay_down(batch: Batch) -> None:
    batch.done, batch.columns = 0, {}
    extras = person_extras(batch.entered_by, batch.region_id)
    with open_file(batch) as path:
        reading = Reading(
            path=path,
            region=batch.region_id,
            today=localdate(),
            name=Path(batch.file_name).stem,
            sheets=tuple(batch.chosen_sheets),
            synonyms=synonyms_of(batch.titles, extras),
            extras=extras,
        )
        zeros = _copy_pieces(batch, read_apart(reading))
    if batch.done >= ENDINGS_FROM and zeros * 2 > batch.done:
        batch.counts = {"doubt": {Doubt.ENDINGS.value: 1}}


def _copy_pieces(batch: Batch, pieces: Iterable[Piece]) -> int:
    """Seal and store the pieces; how many NIK end in 0. PostgreSQL stores one while the next is sealed."""
    zeros = 0
    writing: Future[None] | None = None
    with connection.cursor() as cursor, ThreadPoolExecutor(max_workers=1) as writer:
        for piece in pieces:
            text = copy_text(batch.pk, unpack(piece.rows))
            if writing:
                writing.result()
                _note(batch)
            batch.total = max(batch.total, piece.expected)
            batch.sheets = piece.sheets or batch.sheets
            batch.done += piece.count
            batch.columns = {**piece.columns, **batch.columns}
            zeros += piece.zeros
            batch.balance = piece.balance or batch.balance
            writing = writer.submit(start_copy, cursor.cursor, text)
        if writing:
            writing.result()
            _note(batch)
    return zeros


def _note(batch: Batch) -> None:
    """Tell how far reading has come. Raises CancelAsked."""
    rows = Batch.objects.filter(pk=batch.pk)
    rows.update(done=batch.done, total=max(batch.total, batch.done), heartbeat_at=now())
    if rows.values_list("cancel_asked", flat=True).get():
        raise CancelAsked


def _take_over(batch: Batch, twin: Batch) -> None:
    """The rows of an equal file, read before by the same reader: as they were before being compared."""
    columns = ", ".join(column for column in COLUMNS if column not in {"batch_id", "state", "reasons"})
    found_later = "nik_digest IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {BatchRow._meta.db_table} (batch_id, state, reasons, {columns})
            SELECT %s, CASE WHEN {found_later} THEN 'new' ELSE state END,
                   CASE WHEN {found_later} THEN '{{}}' ELSE reasons END, {columns}
            FROM {BatchRow._meta.db_table} WHERE batch_id = %s ORDER BY id
            """,
            [batch.pk, twin.pk],
        )
        batch.done = cursor.rowcount
    batch.columns, batch.sheets, batch.balance = twin.columns, twin.sheets, twin.balance
    if Doubt.ENDINGS.value in twin.counts.get("doubt", {}):
        batch.counts = {"doubt": {Doubt.ENDINGS.value: 1}}
    _note(batch)


@transaction.atomic
def _end(batch: Batch, state: BatchState, **values: object) -> None:
    if state != BatchState.CHECKED:
        BatchRow.objects.filter(batch=batch).delete()
    Batch.objects.filter(pk=batch.pk).update(state=state, heartbeat_at=now(), **values)
    batch.refresh_from_db()
    if state != BatchState.CANCELLED:
        announce(
            Happened.LIST_JUDGED,
            region_code=batch.region_id,
            needs=Permission.VIEW_PERSONS,
            data={"batch": batch.pk, "state": str(state), "rows": batch.counts.get("state", {})},
        )
