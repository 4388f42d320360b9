"""Reading a file of money and trying out what storing it would do; nothing of it is stored as fact yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.enums import CommaMeaning, MoneyKind
from budgets.importers.money_cells import has_comma_groups, text_of
from budgets.importers.money_columns import LABELS, NEEDED, OF_A_LINE, SUBJECTS, title_of
from budgets.importers.money_fields import AMOUNTS, COUNTS, TITLES, WITH_COMMAS
from budgets.importers.money_file import Layout, send_rows
from budgets.importers.money_row import FileRow
from budgets.importers.project_columns import title_with_tax
from budgets.models import MoneyBatch, MoneyRow
from budgets.models.money_batch import MONEY_AT_WORK
from budgets.selectors.money_names import load_names
from budgets.selectors.money_titles import remembered_titles_of
from budgets.services.money_compare import ComparedRow, compare, plain, try_out
from budgets.services.money_judge import RowDefaults, judge_money
from budgets.services.money_kinds import FILE_KINDS, FileKind
from budgets.services.money_numbers import kept_words
from participants.enums import BatchState, RowState
from participants.importers.header import kept_title, label_of
from participants.importers.ledger import NikLedger
from participants.services.batches.reading_process import FileRefused, run_apart
from regions.advisory_lock import AdvisoryLock
from regions.cipher import unseal_bytes
from regions.models import User
from regions.month import first_of
from regions.personal_numbers import masked_inside
from regions.services.work_queue import WorkQueue

_SECONDS = 30
LAYOUTS = {
    kind: Layout(
        labels={label: str(field) for label, field in LABELS[kind].items()},
        needed=tuple(tuple(map(str, group)) for group in NEEDED[kind]),
        amounts=frozenset(map(str, AMOUNTS)),
        names={str(field): title_of(kind, field) for field in TITLES},
        counted=frozenset(map(str, AMOUNTS | COUNTS)),
        subjects=frozenset(map(str, SUBJECTS.get(kind, ()))),
    )
    for kind in MoneyKind
}


class MoneyQueue(WorkQueue[MoneyBatch]):
    """Files of money that wait to be read."""

    lock = AdvisoryLock.MONEY_WORK

    def waiting(self) -> Iterable[int]:
        return MoneyBatch.objects.filter(state__in=MONEY_AT_WORK).order_by("pk").values_list("pk", flat=True)

    def find(self, pk: int) -> MoneyBatch | None:
        rows = MoneyBatch.objects.select_for_update(of=("self",)).select_related("entered_by")
        return rows.filter(pk=pk, state__in=MONEY_AT_WORK).first()

    def mark(self, work: MoneyBatch) -> None:
        work.state = BatchState.READING

    def do(self, work: MoneyBatch) -> None:
        read_money_file(work)

    def give_up(self, work: MoneyBatch) -> None:
        sentence = _(
            "Berkas ini %(count)s kali gagal dibaca. Simpan ulang sebagai .xlsx lalu kirim lagi; "
            "bila tetap gagal, sampaikan nomor berkas ini kepada administrator."
        )
        _refuse(work, sentence % {"count": self.most_attempts})


work_on_money_files = MoneyQueue().run


def read_money_file(batch: MoneyBatch) -> None:
    """Read the file from its beginning; ends in CHECKED or REFUSED. Raises ReaderDied."""
    try:
        read = read_apart(layout_for(batch), unseal_bytes(batch.content_sealed), batch.file_name)
        if batch.kind == MoneyKind.CONSTRUCTION_PROJECT:
            demand_without_tax(read)
    except FileRefused as refused:
        _refuse(batch, refused.sentence)
        return
    with transaction.atomic():
        current = MoneyBatch.objects.select_for_update(of=("self",)).select_related("entered_by")
        kept = current.get(pk=batch.pk)
        if kept.state != BatchState.READING:
            return
        kept.columns, kept.balance, kept.state = read.columns, read.ledger.as_json(), BatchState.CHECKED
        kept.save(update_fields=["columns", "balance", "state"])
        _lay_down(kept, FILE_KINDS[MoneyKind(kept.kind)], read.rows, by=kept.entered_by)


def layout_for(batch: MoneyBatch) -> Layout:
    """The usual titles, and those that the region explained, which count first."""
    layout, known = (
        LAYOUTS[MoneyKind(batch.kind)],
        remembered_titles_of(batch.region_id, MoneyKind(batch.kind)),
    )
    return replace(layout, labels={**layout.labels, **{label_of(title): one for title, one in known.items()}})


def demand_without_tax(read: "MoneyFile") -> None:
    """Contributions are of the value before PPN, whose rate nobody guesses. Raises FileRefused."""
    if title := title_with_tax(read.columns):
        raise FileRefused(
            _(
                "Kolom “%(title)s” memuat nilai termasuk PPN, padahal iuran Jakon dihitung dari nilai "
                "sebelum PPN. Kurangi PPN yang tertulis dalam tiap kontrak, beri judul kolomnya “Nilai "
                "kontrak sebelum PPN”, lalu kirim lagi. Aplikasi tidak menebak tarif PPN-nya."
            )
            % {"title": kept_title(title)},
            {},
        )


def _refuse(batch: MoneyBatch, sentence: str) -> None:
    MoneyBatch.objects.filter(pk=batch.pk, state=BatchState.READING).update(
        state=BatchState.REFUSED, refusal=sentence[:1000]
    )


@dataclass
class MoneyFile:
    """What a file holds: columns by sheet, all rows, and the numbers like a NIK that nobody read."""

    columns: dict[str, list[tuple[str, int, str]]] = field(default_factory=dict)
    rows: list[FileRow] = field(default_factory=list)
    ledger: NikLedger = field(default_factory=NikLedger)


def read_apart(layout: Layout, content: bytes, name: str) -> MoneyFile:
    """Raises FileRefused or ReaderDied."""
    read = MoneyFile()
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        path = Path(f"/dev/fd/{file.fileno()}")
        for piece in run_apart(partial(send_rows, layout, path, Path(name).stem), seconds=_SECONDS):
            if isinstance(piece, dict):
                read.columns |= piece
            elif isinstance(piece, NikLedger):
                read.ledger = piece
            else:
                read.rows += piece
    return read


def _lay_down(batch: MoneyBatch, kind: FileKind, rows: list[FileRow], *, by: User) -> None:
    names = load_names(batch.region_id, with_lines=MoneyKind(batch.kind) in OF_A_LINE)
    chosen = MoneyKind(batch.kind)
    commas = comma_columns(rows, batch.comma)
    at = RowDefaults(batch.region_id, first_of(batch.as_of))
    judged = [judge_money(chosen, row, names, at=at, commas=commas) for row in rows]
    compared = compare(batch, kind, judged)
    batch.refusal = try_out(batch, kind, compared, by=by)[:1000]
    MoneyRow.objects.bulk_create([_stored_row(batch, row) for row in compared], batch_size=1000)
    count_rows(batch, compared)


def comma_columns(rows: list[FileRow], said: str) -> dict[str, bool]:
    """Column → whether a comma divides thousands, where a cell of the file or somebody said so: who writes
    302,400,000 in one column writes 1,200 in another."""
    columns = list(map(str, WITH_COMMAS))
    if said:
        return dict.fromkeys(columns, said == CommaMeaning.THOUSANDS)
    shown = any(has_comma_groups(row.cells[field]) for field in columns for row in rows if field in row.cells)
    return dict.fromkeys(columns, True) if shown else {}


def _stored_row(batch: MoneyBatch, row: ComparedRow) -> MoneyRow:
    source = row.judged.row
    return MoneyRow(
        batch=batch,
        sheet=source.sheet,
        number=source.number,
        cells={name: kept_words(name, text_of(cell)[:250]) for name, cell in source.cells.items()},
        told={"number": row.judged.number} | {name: plain(value) for name, value in row.judged.told.items()},
        **outcome_of(row),
    )


def outcome_of(row: ComparedRow) -> dict[str, Any]:
    refused = row.state == RowState.REFUSED
    same = row.existing if row.state == RowState.SAME else None
    return {
        "state": row.state,
        # A sentence may repeat what stands in the cell.
        "faults": masked_inside(row.judged.faults if refused else row.doubts),
        "before": row.before,
        "fact_pk": same.pk if same else None,
    }


def count_rows(batch: MoneyBatch, rows: list[ComparedRow]) -> None:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state.value] = counts.get(row.state.value, 0) + 1
    batch.counts = counts
    batch.save(update_fields=["counts", "refusal"])
