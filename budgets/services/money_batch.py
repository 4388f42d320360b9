"""Files of contributions, claims, allocations and bills: sent, then stored or thrown away."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.importers.money_row import FileRow
from budgets.models import MoneyBatch, MoneyRow
from budgets.services.money_compare import (
    compare,
    plain_values,
    record,
    to_store,
    try_out,
    typed,
)
from budgets.services.money_judge import JudgedRow
from budgets.services.money_kinds import FILE_KINDS, FileKind
from budgets.services.money_read import count_rows, outcome_of
from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.importers.workbook import MOST_BYTES
from regions.access import require
from regions.cipher import seal_bytes
from regions.enums import Verb
from regions.errors import FactRefused, MonthLocked
from regions.models import User
from regions.personal_numbers import masked_file_name
from regions.services.act import record_act


@dataclass(frozen=True)
class MoneyTerms:
    """What holds for a file as a whole; its rows may name places below the region."""

    kind: MoneyKind
    region_code: str
    source: str
    as_of: date


def send_money_file(*, terms: MoneyTerms, file_name: str, content: bytes, by: User) -> MoneyBatch:
    """Keep a file for a worker to read. Raises OutsideScope, NotPermitted or BatchRefused."""
    require(by, FILE_KINDS[terms.kind].permission, terms.region_code)
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
        file_name=masked_file_name(file_name, 80),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_sealed=seal_bytes(content),
        state=BatchState.WAITING,
        entered_by=by,
    )
    batch.save(force_insert=True)
    return batch


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
        for name, value in outcome_of(one).items():
            setattr(row, name, value)
    MoneyRow.objects.bulk_update(rows, ["state", "faults", "before", "fact_pk"], batch_size=1000)
    refused = batch.rows.filter(state=RowState.REFUSED).count()
    count_rows(batch, [one for one in compared if one.state != RowState.REFUSED])
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


def demand(batch: MoneyBatch, *states: BatchState) -> None:
    if batch.state not in states:
        raise BatchRefused(
            _("Status unggahan ini sudah berubah (%(state)s). Muat ulang halamannya.")
            % {"state": batch.get_state_display()}
        )


def note(batch: MoneyBatch, *, by: User, verb: Verb, detail: dict[str, Any]) -> None:
    words = {"kind": batch.get_kind_display(), "number": batch.pk}
    subject = _("berkas %(kind)s #%(number)s") % words
    record_act(by=by, verb=verb, subject=subject, region_code=batch.region_id, detail=detail)
