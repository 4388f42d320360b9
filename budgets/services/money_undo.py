"""Taking a stored file of money back, as far as nobody has built on it since."""

from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import now

from budgets.enums import MoneyKind
from budgets.models import MoneyBatch, MoneyRow
from budgets.services.money_batch import demand, locked_batch, note
from budgets.services.money_compare import typed
from budgets.services.money_kinds import FILE_KINDS, FileKind
from participants.enums import BatchState, RowState
from regions.enums import Verb
from regions.models import SourcedFact, User
from regions.month import Span
from regions.services.change import record_changes
from regions.services.month_lock import demand_open


@dataclass(frozen=True)
class MoneyUndone:
    """How many facts went back to what they were, and how many stay because of what came since."""

    restored: int
    kept: int


@dataclass(frozen=True)
class _Step:
    """One fact to be taken away, or to be given its earlier values."""

    fact: SourcedFact
    before: dict[str, Any] | None


@transaction.atomic
def undo_money_batch(*, pk: int, by: User, reason: str) -> MoneyUndone:
    """Raises BatchRefused, MonthLocked, OutsideScope or NotPermitted; then nothing is taken back."""
    batch = locked_batch(pk, by)
    demand(batch, BatchState.STORED)
    kind = FILE_KINDS[MoneyKind(batch.kind)]
    rows = [row for row in batch.rows.all() if row.revision is not None]
    steps = _possible(batch, kind, rows)
    _demand_open_months(kind, steps)
    with pghistory.context(user=by.pk, reason=reason):
        done = [step for step in steps if _take_back(kind, step, by)]
    if done:
        spans = [(step.fact.region_id, span) for step in done for span in _stale(kind, step)]
        record_changes(spans, report=None, counts_on=kind.fact.counts_on)
    undone = MoneyUndone(len(done), len(rows) - len(done))
    batch.state, batch.undone_at = BatchState.UNDONE, now()
    batch.save(update_fields=["state", "undone_at"])
    detail = {"removed": undone.restored, "kept": undone.kept, "reason": reason}
    note(batch, by=by, verb=Verb.UNDONE, detail=detail)
    return undone


def _possible(batch: MoneyBatch, kind: FileKind, rows: list[MoneyRow]) -> list[_Step]:
    """Facts that are still as this batch left them, and that no later stored file has named since."""
    pks = [row.fact_pk for row in rows]
    facts = kind.model._default_manager.select_for_update(of=("self",)).in_bulk(pks)
    later = MoneyRow.objects.filter(
        batch__pk__gt=batch.pk, batch__kind=batch.kind, batch__state=BatchState.STORED, fact_pk__in=pks
    )
    confirmed = set(later.exclude(state=RowState.REFUSED).values_list("fact_pk", flat=True))
    steps = []
    for row in rows:
        fact = facts.get(row.fact_pk) if row.fact_pk not in confirmed else None
        if fact is not None and fact.revision == row.revision:
            steps.append(_Step(fact, row.before["values"] if row.before else None))
    return steps


def _restored(kind: FileKind, step: _Step) -> SourcedFact:
    """The fact as it was, unsaved."""
    columns = {one.attname: getattr(step.fact, one.attname) for one in kind.model._meta.concrete_fields}
    for column, value in (step.before or {}).items():
        columns[column] = typed(kind.model, column, value)
    restored = kind.model(**columns)
    kind.store.settle([restored])
    return restored


def _demand_open_months(kind: FileKind, steps: list[_Step]) -> None:
    spans: list[tuple[str, Span]] = []
    for step in steps:
        after = {} if step.before is None else kind.fact.statements(_restored(kind, step))
        told = kind.fact.statements(step.fact)
        months = {month for month in {*told, *after} if told.get(month) != after.get(month)}
        spans += [(step.fact.region_id, (month, month)) for month in sorted(months)]
    demand_open(spans, kind.fact.report)


def _stale(kind: FileKind, step: _Step) -> list[Span]:
    before = [kind.fact.months(_restored(kind, step))] if step.before is not None else []
    return [kind.fact.months(step.fact), *before]


def _take_back(kind: FileKind, step: _Step, by: User) -> bool:
    """False where others stand on the fact, such as bills on a line."""
    if step.before is None:
        try:
            with transaction.atomic():
                kind.model._default_manager.filter(pk=step.fact.pk).delete()
        except ProtectedError:
            return False
        return True
    restored = _restored(kind, step)
    restored.entered_by, restored.revision = by, step.fact.revision + 1
    restored.save(force_update=True)
    return True
