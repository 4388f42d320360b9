"""Reading the file of a batch: every row judged, sealed and laid down, nothing of it stored as fact yet."""

from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils.timezone import localdate, now

from participants.enums import BatchState
from participants.importers.checks import ENDINGS_FROM, Judged
from participants.importers.faults import Doubt
from participants.importers.header import Field, Header
from participants.importers.list_report import judge_list
from participants.importers.refusal import ListRefused, SheetWithoutNik
from participants.models import Batch, BatchRow
from participants.selectors.batch_file import open_file
from participants.selectors.title_memory import remembered_titles
from participants.services.batch_compare import compare_rows, count_rows
from participants.services.batch_row import copy_text, start_copy
from participants.services.batch_store import lock_region

_AT_ONCE = 5000


class CancelAsked(Exception):
    """Somebody asked to stop while the file was being read."""


def read_batch(batch: Batch) -> None:
    """Read the file from its beginning, whatever an earlier attempt left, and compare it with the facts.

    Ends in CHECKED, REFUSED or CANCELLED.
    """
    BatchRow.objects.filter(batch=batch).delete()
    try:
        _lay_down(batch)
    except ListRefused as refused:
        _end(batch, BatchState.REFUSED, refusal=refused.sentence[:400], columns=_columns_of(refused))
        return
    except CancelAsked:
        _end(batch, BatchState.CANCELLED)
        return
    with transaction.atomic():
        lock_region(batch.region_id)
        compare_rows(batch)
        counts = count_rows(batch)
        counts["doubt"] |= batch.counts.get("doubt", {})
        _end(batch, BatchState.CHECKED, counts=counts, total=batch.done)


def _lay_down(batch: Batch) -> None:
    titles = remembered_titles(batch.region_id, batch.institution_id) | batch.titles
    batch.done, batch.columns, zeros = 0, {}, 0
    with open_file(batch) as path:
        rows = judge_list(
            path,
            region=batch.region_id,
            today=localdate(),
            name=Path(batch.file_name).stem,
            sheets=batch.chosen_sheets,
            synonyms={title: Field(field) for title, field in titles.items()},
            opened=lambda expected: _expect(batch, expected),
        )
        with connection.cursor() as cursor, ThreadPoolExecutor(max_workers=1) as writer:
            writing: Future[None] | None = None
            # PostgreSQL stores one piece while the next is being judged.
            while chunk := list(islice(rows, _AT_ONCE)):
                zeros += sum(1 for one in chunk if one.member and one.member.nik.digits.endswith("0"))
                text = copy_text(batch.pk, chunk)
                if writing:
                    writing.result()
                    _note(batch)
                _take_up(batch, chunk)
                writing = writer.submit(start_copy, cursor.cursor, text)
            if writing:
                writing.result()
                _note(batch)
    if batch.done >= ENDINGS_FROM and zeros * 2 > batch.done:
        batch.counts = {"doubt": {Doubt.ENDINGS.value: 1}}


def _take_up(batch: Batch, chunk: list[Judged]) -> None:
    batch.done += len(chunk)
    for judged in (chunk[0], chunk[-1]):
        batch.columns.setdefault(judged.row.sheet[:60], columns_of(judged.row.header))


def _note(batch: Batch) -> None:
    """Tell how far reading has come. Raises CancelAsked."""
    rows = Batch.objects.filter(pk=batch.pk)
    rows.update(
        done=batch.done, total=max(batch.total, batch.done), columns=batch.columns, heartbeat_at=now()
    )
    if rows.values_list("cancel_asked", flat=True).get():
        raise CancelAsked


def _expect(batch: Batch, expected: int) -> None:
    batch.total = expected
    Batch.objects.filter(pk=batch.pk).update(total=expected, heartbeat_at=now())


def columns_of(header: Header) -> list[tuple[str, int, str]]:
    """(field or empty text, index of the column, title), from left to right."""
    found = [(field.value, index, header.titles[field]) for field, index in header.columns.items()]
    found += [("", index, title) for index, title in header.others.items()]
    return sorted(found, key=lambda column: column[1])


def _columns_of(refused: ListRefused) -> dict[str, list[tuple[str, int, str]]]:
    if not isinstance(refused, SheetWithoutNik):
        return {}
    return {refused.sheet: [("", index, title) for index, title in sorted(refused.titles.items())]}


def _end(batch: Batch, state: BatchState, **values: object) -> None:
    if state != BatchState.CHECKED:
        BatchRow.objects.filter(batch=batch).delete()
    Batch.objects.filter(pk=batch.pk).update(state=state, heartbeat_at=now(), **values)
    batch.refresh_from_db()
