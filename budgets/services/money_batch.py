"""Files of contributions, claims, allocations and bills: sent and tried out, then stored or thrown away."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.importers.money_cells import text_of
from budgets.importers.money_columns import AMOUNTS, LABELS, NEEDED, TITLES
from budgets.importers.money_file import FileRow, Layout, send_rows
from budgets.models import MoneyBatch, MoneyRow
from budgets.selectors.money_names import load_names
from budgets.services.money_compare import (
    ComparedRow,
    compare,
    plain,
    plain_values,
    record,
    to_store,
    try_out,
    typed,
)
from budgets.services.money_judge import JudgedRow, judge_money
from budgets.services.money_kinds import FILE_KINDS, FileKind
from participants.cipher import seal_bytes
from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.importers.refusal import broken
from participants.importers.workbook import MOST_BYTES
from participants.services.batches.reading_process import FileRefused, ReaderDied, run_apart
from regions.access import require
from regions.enums import Verb
from regions.errors import FactRefused, MonthLocked
from regions.models import User
from regions.services.act import record_act

_SECONDS = 30
_LAYOUTS = {
    kind: Layout(
        labels={label: str(field) for label, field in LABELS[kind].items()},
        needed=tuple(tuple(map(str, group)) for group in NEEDED[kind]),
        amounts=frozenset(map(str, AMOUNTS)),
        names={str(field): title for field, title in TITLES.items()},
    )
    for kind in MoneyKind
}


@dataclass(frozen=True)
class MoneyTerms:
    """What holds for a file as a whole; its rows may name places below the region."""

    kind: MoneyKind
    region_code: str
    source: str
    as_of: date


def send_money_file(*, terms: MoneyTerms, file_name: str, content: bytes, by: User) -> MoneyBatch:
    """Read a file and say what storing it would do. Raises OutsideScope, NotPermitted or BatchRefused."""
    kind = FILE_KINDS[terms.kind]
    require(by, kind.permission, terms.region_code)
    if len(content) > MOST_BYTES:
        raise BatchRefused(
            _("Berkas lebih besar dari %(most)s MB. Bagi daftarnya menjadi beberapa berkas.")
            % {"most": MOST_BYTES // 2**20}
        )
    batch = MoneyBatch(
        region_id=terms.region_code,
        kind=terms.kind,
        source=terms.source,
        as_of=terms.as_of,
        file_name=_shown_name(file_name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_sealed=seal_bytes(content),
        state=BatchState.REFUSED,
        entered_by=by,
    )
    try:
        columns, rows = read_apart(_LAYOUTS[terms.kind], content, batch.file_name)
    except FileRefused as refused:
        batch.refusal = refused.sentence[:1000]
        batch.save(force_insert=True)
        return batch
    batch.columns = columns
    with transaction.atomic():
        batch.state = BatchState.CHECKED
        batch.save(force_insert=True)
        _lay_down(batch, kind, rows, by=by)
    return batch


def _shown_name(name: str) -> str:
    text = "".join(letter for letter in name if letter.isprintable())
    return text[-80:] or "berkas"


def read_apart(
    layout: Layout, content: bytes, name: str
) -> tuple[dict[str, list[tuple[str, int, str]]], list[FileRow]]:
    """Columns by sheet, and all rows. Raises FileRefused."""
    columns: dict[str, list[tuple[str, int, str]]] = {}
    rows: list[FileRow] = []
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        path = Path(f"/dev/fd/{file.fileno()}")
        try:
            for piece in run_apart(partial(send_rows, layout, path, Path(name).stem), seconds=_SECONDS):
                if isinstance(piece, dict):
                    columns |= piece
                else:
                    rows += piece
        except ReaderDied as died:
            raise FileRefused(broken().sentence, {}) from died
    return columns, rows


def _lay_down(batch: MoneyBatch, kind: FileKind, rows: list[FileRow], *, by: User) -> None:
    names = load_names(batch.region_id, with_lines=batch.kind == MoneyKind.REALISATION)
    chosen = MoneyKind(batch.kind)
    judged = [judge_money(chosen, row, names, region=batch.region_id) for row in rows]
    compared = compare(batch, kind, judged)
    batch.refusal = try_out(batch, kind, compared, by=by)[:1000]
    MoneyRow.objects.bulk_create([_stored_row(batch, row) for row in compared], batch_size=1000)
    _count(batch, compared)


def _stored_row(batch: MoneyBatch, row: ComparedRow) -> MoneyRow:
    source = row.judged.row
    return MoneyRow(
        batch=batch,
        sheet=source.sheet,
        number=source.number,
        cells={name: text_of(cell)[:250] for name, cell in source.cells.items()},
        told={"number": row.judged.number} | {name: plain(value) for name, value in row.judged.told.items()},
        **_outcome(row),
    )


def _outcome(row: ComparedRow) -> dict[str, Any]:
    refused = row.state == RowState.REFUSED
    same = row.existing if row.state == RowState.SAME else None
    return {
        "state": row.state,
        "faults": row.judged.faults if refused else row.doubts,
        "before": row.before,
        "fact_pk": same.pk if same else None,
    }


def _count(batch: MoneyBatch, rows: list[ComparedRow]) -> None:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state.value] = counts.get(row.state.value, 0) + 1
    batch.counts = counts
    batch.save(update_fields=["counts", "refusal"])


def confirm_money_batch(*, pk: int, by: User) -> MoneyBatch:
    """Store the good rows of a batch, all or none; confirming twice is one confirmation.

    Raises BatchRefused (where something changed since the rows were tried out they are tried out anew),
    OutsideScope or NotPermitted.
    """
    try:
        return _store(pk, by)
    except MonthLocked as locked:
        sentence = locked.sentence
        _try_again(pk, by)
    except (FactRefused, _ChangedSince):
        _try_again(pk, by)
        sentence = _("Isi yang tersimpan berubah sejak pemeriksaan. Periksa lagi daftarnya, lalu simpan.")
    raise BatchRefused(sentence)


class _ChangedSince(Exception):
    """A row would do something else now than the person saw."""


@transaction.atomic
def _store(pk: int, by: User) -> MoneyBatch:
    batch = locked_batch(pk, by)
    if batch.state == BatchState.STORED:
        return batch
    demand(batch, BatchState.CHECKED)
    kind = FILE_KINDS[MoneyKind(batch.kind)]
    rows = list(batch.rows.exclude(state=RowState.REFUSED).order_by("pk"))
    compared = compare(batch, kind, [_judged(kind, row) for row in rows])
    pairs = list(zip(rows, compared, strict=True))
    if any((row.state, row.before) != (one.state, one.before) for row, one in pairs):
        raise _ChangedSince
    wanted = to_store(compared)
    if batch.refusal and not wanted:
        raise BatchRefused(batch.refusal)
    if wanted:
        outcome, _facts = record(batch, kind, wanted, by=by)
        stored = {kind.fact.key_of(fact): fact for fact in outcome.rows}
        for row, one in pairs:
            fact = stored.get(one.key) if one in wanted else None
            if fact is not None:
                row.fact_pk, row.revision = fact.pk, fact.revision
                row.told |= {"after": plain_values(fact, [*one.values])}
        MoneyRow.objects.bulk_update(rows, ["fact_pk", "revision", "told"], batch_size=1000)
    batch.state, batch.confirmed_by, batch.stored_at, batch.refusal = BatchState.STORED, by, now(), ""
    batch.save(update_fields=["state", "confirmed_by", "stored_at", "refusal"])
    detail = {"kind": batch.kind, "sha256": batch.sha256, **batch.counts}
    note(batch, by=by, verb=Verb.IMPORTED, detail=detail)
    return batch


@transaction.atomic
def _try_again(pk: int, by: User) -> None:
    batch = locked_batch(pk, by)
    if batch.state != BatchState.CHECKED:
        return
    kind = FILE_KINDS[MoneyKind(batch.kind)]
    rows = list(batch.rows.exclude(state=RowState.REFUSED).order_by("pk"))
    compared = compare(batch, kind, [_judged(kind, row) for row in rows])
    batch.refusal = try_out(batch, kind, compared, by=by)[:1000]
    for row, one in zip(rows, compared, strict=True):
        for name, value in _outcome(one).items():
            setattr(row, name, value)
    MoneyRow.objects.bulk_update(rows, ["state", "faults", "before", "fact_pk"], batch_size=1000)
    refused = batch.rows.filter(state=RowState.REFUSED).count()
    _count(batch, [one for one in compared if one.state != RowState.REFUSED])
    batch.counts = batch.counts | ({RowState.REFUSED.value: refused} if refused else {})
    batch.save(update_fields=["counts"])


def _judged(kind: FileKind, row: MoneyRow) -> JudgedRow:
    """A laid down row as it was judged."""
    told = {name: value for name, value in row.told.items() if name not in {"number", "after"}}
    columns = {name: typed(kind.model, name, value) for name, value in told.items() if name in _columns(kind)}
    return JudgedRow(FileRow(row.sheet, row.number, row.cells), columns, row.told.get("number", ""))


def _columns(kind: FileKind) -> set[str]:
    found: set[str] = set()
    for one in kind.model._meta.concrete_fields:
        found |= {one.name, one.attname}
    return found


@transaction.atomic
def cancel_money_batch(*, pk: int, by: User) -> MoneyBatch:
    """Throw what was tried out away. Raises BatchRefused, OutsideScope or NotPermitted."""
    batch = locked_batch(pk, by)
    if batch.state != BatchState.CANCELLED:
        demand(batch, BatchState.CHECKED)
        batch.state = BatchState.CANCELLED
        batch.save(update_fields=["state"])
        batch.rows.all().delete()
    return batch


def locked_batch(pk: int, by: User) -> MoneyBatch:
    """Raises OutsideScope or NotPermitted."""
    batch = MoneyBatch.objects.select_for_update(of=("self",)).defer("content_sealed").get(pk=pk)
    require(by, FILE_KINDS[MoneyKind(batch.kind)].permission, batch.region_id)
    return batch


def demand(batch: MoneyBatch, state: BatchState) -> None:
    if batch.state != state:
        raise BatchRefused(
            _("Keadaan kiriman ini sudah berubah (%(state)s). Muat ulang halamannya.")
            % {"state": batch.get_state_display()}
        )


def note(batch: MoneyBatch, *, by: User, verb: Verb, detail: dict[str, Any]) -> None:
    words = {"kind": batch.get_kind_display(), "number": batch.pk}
    subject = _("berkas %(kind)s #%(number)s") % words
    record_act(by=by, verb=verb, subject=subject, region_code=batch.region_id, detail=detail)
