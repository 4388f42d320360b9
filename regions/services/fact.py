"""The three doors of sourced facts: recording, correcting and removing, the same for every kind.

Whatever the kind, a set of rows is stored whole or not at all, within the scope of the person who stores it,
never into a locked month, with its history, its act in the ledger and a note of the months to compute anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.access import scope_of
from regions.advisory_lock import AdvisoryLock
from regions.enums import Origin, Verb
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope, Problem
from regions.fact_kind import NEVER, PROVENANCE, FactKind, Statements
from regions.models import Region, SourcedFact, User
from regions.month import Span
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.advisory_lock import lock_region
from regions.services.change import record_changes
from regions.services.fact_act import about_fact, months_said, note_facts, pairs_in_act
from regions.services.month_lock import demand_open

F = TypeVar("F", bound=SourcedFact)
_BATCH = 2000
_RANK: dict[str, int] = {
    Origin.EXAMPLE: 0,
    Origin.PUBLISHED: 1,
    Origin.FORM: 2,
    Origin.FILE: 2,
    Origin.API: 2,
}


@dataclass(frozen=True)
class Outcome(Generic[F]):
    created: tuple[F, ...]
    changed: tuple[F, ...]
    unchanged: tuple[F, ...]

    @property
    def rows(self) -> tuple[F, ...]:
        return (*self.created, *self.changed, *self.unchanged)


class FactStore(Generic[F]):
    """Recording, correcting and removing facts of one kind; subclasses add the rules of that kind."""

    kind: ClassVar[FactKind]

    def problems(self, rows: Sequence[F]) -> Iterable[Problem]:
        """A sentence per cell that cannot be right."""
        return ()

    def may_write(self, row: F, *, by: User) -> bool:
        return scope_of(by).holds(self.kind.permission, row.region_id)

    def settle(self, rows: Sequence[F]) -> None:
        """Bring rows into the form in which they are compared and stored."""

    def stored(self, rows: Sequence[F], *, by: User) -> None:
        """What follows, in the same transaction, once rows are stored or were stored already."""

    def record(self, rows: Sequence[F], *, by: User, overwrite: bool = False) -> Outcome[F]:
        """Store a set of facts, or nothing of it.

        A row that is stored already with the same values is left alone, so that sending a set twice is
        safe. One stored with other values is refused, unless `overwrite`; yet an example never takes the
        place of a published figure, nor that of what an officer entered. Raises FactRefused, of which
        MonthLocked is one.
        """
        try:
            return self._record(rows, by=by, overwrite=overwrite)
        except IntegrityError as error:
            if "unique" not in str(error):
                raise
        # Somebody stored the same fact a moment ago. It is visible now, and compared like any other.
        return self._record(rows, by=by, overwrite=overwrite)

    @transaction.atomic
    def correct(self, *, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> F:
        """Replace values of one stored fact; the earlier row stays in its history.

        `revision` is the one the person saw. Raises ChangedMeanwhile when somebody corrected it since,
        OutsideScope, NotPermitted, FactRefused or (one of these) MonthLocked.
        """
        kind, row = self.kind, self._seen(pk, revision, by=by)
        before, said = kind.months(row), kind.statements(row)
        old = {column: getattr(row, column) for column in kind.values}
        moved = {column for column, value in new.items() if getattr(row, column, None) != value}
        for column, value in new.items():
            if column not in kind.stored:
                raise ValueError(f"{column} of {kind.model.__name__} cannot be corrected")
            setattr(row, column, value)
        self.settle([row])
        if row.origin in {Origin.EXAMPLE, Origin.PUBLISHED} and moved - set(kind.preferences):
            row.origin = Origin.FORM
        _refuse([*_undated([row]), *self.problems([row])])
        row.entered_by, row.revision = by, row.revision + 1
        demand_open(_restated(row.region_id, said, kind.statements(row)), kind.report)
        with pghistory.context(user=by.pk, reason=reason):
            row.save()
        self._changed([(row.region_id, before), (row.region_id, kind.months(row))])
        pairs = ((column, old[column], getattr(row, column)) for column in kind.said_of(kind.values))
        changed = pairs_in_act(pairs)
        self._note_one(row, Verb.CORRECTED, by=by, detail={"reason": reason, "changed": changed})
        return row

    @transaction.atomic
    def remove(self, *, pk: int, revision: int, by: User, reason: str) -> None:
        """Take away one stored fact that should never have been there; its history keeps it.

        Raises like `correct`, and FactRefused where other facts stand on it.
        """
        kind, row = self.kind, self._seen(pk, revision, by=by)
        demand_open(_restated(row.region_id, kind.statements(row), {}), kind.report)
        self._changed([(row.region_id, kind.months(row))])
        gone = pairs_in_act((column, getattr(row, column), None) for column in kind.said_of(kind.values))
        detail = {"reason": reason, "changed": gone, "fact": kind.name, "row": row.pk}
        self._note_one(row, Verb.UNDONE, by=by, detail=detail)
        try:
            with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
                row.delete()
        except ProtectedError as error:
            raise FactRefused([Problem(0, "__all__", _in_use())]) from error

    @transaction.atomic
    def _record(self, rows: Sequence[F], *, by: User, overwrite: bool) -> Outcome[F]:
        kind = self.kind
        self.settle(rows)
        _refuse(self._misplaced(rows, by=by))
        _refuse([*_undated(rows), *self.problems(rows)])
        for code in sorted({row.region_id for row in rows}):
            lock_region(AdvisoryLock.FACTS_OF_REGION, code)
        sorted_rows = _Sorted.of(kind, rows, by=by, overwrite=overwrite)
        spoken = sorted_rows.spoken
        demand_open([span for _row, span in spoken], kind.report, rows=[row for row, _span in spoken])
        created, changed = sorted_rows.created, sorted_rows.changed
        _write(kind, created, changed, by=by)
        if created or changed:
            touched = [*created, *changed]
            self._changed([(row.region_id, kind.months(row)) for row in touched])
            note_facts(kind, created, changed, sorted_rows.before, by=by)
        outcome: Outcome[F] = Outcome(tuple(created), tuple(changed), tuple(sorted_rows.unchanged))
        self.stored(outcome.rows, by=by)
        return outcome

    def _misplaced(self, rows: Sequence[F], *, by: User) -> Iterable[Problem]:
        codes = {row.region_id for row in rows}
        known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
        for index, row in enumerate(rows):
            if row.region_id not in known or not self.may_write(row, by=by):
                sentence = _("Wilayah ini di luar wewenang Anda. Pilih salah satu wilayah dalam daftar.")
                yield Problem(index, "region", sentence)

    def _seen(self, pk: int, revision: int, *, by: User) -> F:
        """The row, locked, provided that it is as the person saw it and theirs to change."""
        kind = self.kind
        row: F = kind.model._default_manager.select_for_update(of=("self",)).get(pk=pk)
        if not self.may_write(row, by=by):
            sees = scope_of(by).holds(Permission.VIEW_COVERAGE, row.region_id)
            raise NotPermitted if sees else OutsideScope
        if row.revision != revision:
            raise ChangedMeanwhile(row)
        return row

    def _changed(self, spans: Sequence[tuple[str, Span]]) -> None:
        kind = self.kind
        if kind.counts == NEVER:
            return
        record_changes(spans, report=None, counts_on=kind.counts_on)

    def _note_one(self, row: F, verb: Verb, *, by: User, detail: dict[str, Any]) -> None:
        record_act(
            by=by,
            verb=verb,
            subject=f"{self.kind.label} #{row.pk}",
            region_code=row.region_id,
            detail={**detail, "of": about_fact(self.kind, row)},
            months=months_said(row),
        )


def store_of(kind: FactKind) -> FactStore[Any]:
    """The store of a kind, whoever declares it."""
    found = list(FactStore.__subclasses__())
    for one in found:
        found += one.__subclasses__()
        if vars(one).get("kind") is kind:
            return one()
    raise LookupError(kind.name)


@dataclass
class _Sorted(Generic[F]):
    """Rows by what becomes of them; `spoken` has each row's place and the months of which it says news."""

    created: list[F]
    changed: list[F]
    unchanged: list[F]
    spoken: list[tuple[int, tuple[str, Span]]]
    # What changed rows said before, by their number.
    before: dict[int, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: FactKind, rows: Sequence[F], *, by: User, overwrite: bool) -> "_Sorted[F]":
        stored = _stored_rows(kind, rows)
        found = cls([], [], [], [])
        refused = []
        for index, row in enumerate(rows):
            existing = stored.get(kind.key_of(row))
            if existing is None:
                row.entered_by = by
                stored[kind.key_of(row)] = row
                found.created.append(row)
                found._speak(index, row.region_id, {}, kind.statements(row))
            elif kind.same(existing, row) or _RANK[row.origin] < _RANK[existing.origin]:
                found.unchanged.append(existing)
            elif overwrite:
                before = kind.statements(existing)
                found.before[existing.pk] = {column: getattr(existing, column) for column in kind.values}
                _take_over(kind, existing, row, by=by)
                found.changed.append(existing)
                found._speak(index, row.region_id, before, kind.statements(existing))
            else:
                refused.append(Problem(index, "__all__", _already(row)))
        _refuse(refused)
        return found

    def _speak(self, index: int, code: str, before: Statements, after: Statements) -> None:
        self.spoken += [(index, span) for span in _restated(code, before, after)]


def _restated(code: str, before: Statements, after: Statements) -> list[tuple[str, Span]]:
    """The months of which a row now says something else, each as a span of its own."""
    months = {month for month in {*before, *after} if before.get(month) != after.get(month)}
    return [(code, (month, month)) for month in sorted(months)]


def _undated(rows: Sequence[SourcedFact]) -> Iterable[Problem]:
    for index, row in enumerate(rows):
        if row.as_of > localdate() and row.origin != Origin.PUBLISHED:
            yield Problem(index, "as_of", _("Tanggal keadaan ini belum tiba. Isi tanggal laporannya."))


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise FactRefused(found)


def _stored_rows(kind: FactKind, rows: Sequence[F]) -> dict[tuple[Any, ...], F]:
    wanted = Q()
    for column in kind.key:
        told = [getattr(row, column) for row in rows]
        # PostgreSQL compares no sets of lists; the key of what is found tells them apart.
        if not any(isinstance(one, list) for one in told):
            wanted &= Q(**{f"{column}__in": set(told)})
    found = kind.model._default_manager.select_for_update(of=("self",)).filter(wanted)
    return {kind.key_of(row): row for row in found}


def _take_over(kind: FactKind, existing: SourcedFact, row: SourcedFact, *, by: User) -> None:
    for column in (*kind.values, *kind.derived, *PROVENANCE, "origin"):
        setattr(existing, column, getattr(row, column))
    existing.entered_by = by
    existing.revision += 1
    existing.changed_at = now()


def _already(row: SourcedFact) -> str:
    if row.origin == Origin.API:
        return _(
            "Angka ini sudah dicatat dengan isi lain. Perbaiki dengan PATCH ke alamat barisnya disertai "
            "If-Match, atau kirim lagi dengan ?overwrite=true."
        )
    return _("Angka ini sudah dicatat dengan isi lain. Buka daftar lalu pilih Koreksi pada barisnya.")


def _in_use() -> str:
    return _("Catatan lain bersandar pada baris ini. Pindahkan atau hapus yang itu dahulu.")


def _write(kind: FactKind, created: Sequence[F], changed: Sequence[F], *, by: User) -> None:
    manager = kind.model._default_manager
    columns = [*kind.stored, *kind.derived, "origin", "entered_by", "revision", "changed_at"]
    with pghistory.context(user=by.pk):
        manager.bulk_create(created, batch_size=_BATCH)
        manager.bulk_update(changed, columns, batch_size=_BATCH)
