"""The one way by which sourced facts are stored; every app's fact services are made of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Any, Generic, TypeVar

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.access import scope_of
from regions.enums import Origin, ReportKind, Verb
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope, Problem
from regions.models import Region, SourcedFact, User
from regions.models.region import NATION
from regions.month import Span
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.change import record_changes
from regions.services.month_lock import demand_open

F = TypeVar("F", bound=SourcedFact)
# What a row tells of each month: month → the values of it. A locked month may be told nothing new.
Told = Mapping[date, Any]
_BATCH = 2000
# What every fact carries beside its own values and may be corrected with them.
_PROVENANCE = ("source", "source_url", "as_of", "note")
_RANK: dict[str, int] = {
    Origin.EXAMPLE: 0,
    Origin.PUBLISHED: 1,
    Origin.FORM: 2,
    Origin.FILE: 2,
    Origin.API: 2,
}


@dataclass(frozen=True)
class FactKind(Generic[F]):
    """What the storing of one kind of fact needs to know.

    `key` names the columns that make two rows the same fact, `values` those that may differ between
    two reports of it. `stale` gives the months whose figures a row touches; `told` those of which it
    speaks itself, as a payment speaks of the month in which it was made though it counts until the
    year's end (nothing for what is of a year). `problems` checks a set of rows against the rules of the
    field and yields a sentence per refused cell.
    """

    model: type[F]
    key: tuple[str, ...]
    values: tuple[str, ...]
    permission: Permission
    report: ReportKind
    stale: Callable[[F], Span]
    told: Callable[[F], Told]
    problems: Callable[[Sequence[F]], Iterable[Problem]]
    label: Callable[[], str]
    # Of `values`, those that prefer one fact to another and tell nothing of the world.
    preferences: tuple[str, ...] = ()
    # True where the fact also binds the regions below, as a national target does.
    reaches_down: bool = False
    # True where what is summed from January on also counts it.
    counts_on: bool = False

    @property
    def stored(self) -> tuple[str, ...]:
        return (*self.values, *_PROVENANCE)

    def key_of(self, row: F) -> tuple[Any, ...]:
        return tuple(getattr(row, column) for column in self.key)

    def tells(self, row: F) -> Told:
        """What the row tells of each month, and on whose word."""
        word = tuple(getattr(row, column) for column in _PROVENANCE)
        return {month: (values, word) for month, values in self.told(row).items()}

    def same(self, one: F, other: F) -> bool:
        return all(getattr(one, column) == getattr(other, column) for column in self.stored)


@dataclass(frozen=True)
class Outcome(Generic[F]):
    created: tuple[F, ...]
    changed: tuple[F, ...]
    unchanged: tuple[F, ...]

    @property
    def rows(self) -> tuple[F, ...]:
        return (*self.created, *self.changed, *self.unchanged)


@transaction.atomic
def record_facts(kind: FactKind[F], rows: Sequence[F], *, by: User, overwrite: bool = False) -> Outcome[F]:
    """Store a set of facts, or nothing of it.

    A row that is stored already with the same values is left alone, so that sending a set twice is
    safe. One stored with other values is refused, unless `overwrite`; yet an example never takes the
    place of a published figure, nor that of what an officer entered. Raises FactRefused, of which
    MonthLocked is one.
    """
    _refuse(_misplaced(kind, rows, by=by))
    _refuse([*_undated(rows), *kind.problems(rows)])
    stored = _stored_rows(kind, rows)
    created, changed, unchanged = [], [], []
    spoken: list[tuple[int, tuple[str, Span]]] = []
    for index, row in enumerate(rows):
        existing = stored.get(kind.key_of(row))
        if existing is None:
            row.entered_by = by
            stored[kind.key_of(row)] = row
            created.append(row)
            spoken += [(index, span) for span in _newly_told(row.region_id, {}, kind.tells(row))]
        elif kind.same(existing, row) or _RANK[row.origin] < _RANK[existing.origin]:
            unchanged.append(existing)
        elif overwrite:
            before = kind.tells(existing)
            _take_over(kind, existing, row, by=by)
            changed.append(existing)
            spoken += [(index, s) for s in _newly_told(row.region_id, before, kind.tells(existing))]
        else:
            raise FactRefused([_already(kind, index)])
    demand_open([span for _row, span in spoken], kind.report, rows=[row for row, _span in spoken])
    _write(kind, created, changed, by=by)
    if created or changed:
        touched = [*created, *changed]
        spans = [(row.region_id, kind.stale(row)) for row in touched]
        record_changes(spans, report=None, reaches_down=kind.reaches_down, counts_on=kind.counts_on)
        _note(kind, touched, by=by, verb=Verb.RECORDED, counts=(len(created), len(changed)))
    return Outcome(tuple(created), tuple(changed), tuple(unchanged))


@transaction.atomic
def correct_fact(
    kind: FactKind[F], *, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]
) -> F:
    """Replace values of one stored fact; the earlier row stays in its history.

    `revision` is the one the person saw. Raises ChangedMeanwhile when somebody corrected it since,
    OutsideScope, NotPermitted, FactRefused or (one of these) MonthLocked.
    """
    row = kind.model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    scope = scope_of(by)
    if not scope.holds(kind.permission, row.region_id):
        raise NotPermitted if scope.holds(Permission.VIEW_COVERAGE, row.region_id) else OutsideScope
    if row.revision != revision:
        raise ChangedMeanwhile(row)
    before, told = kind.stale(row), kind.tells(row)
    old = {column: getattr(row, column) for column in kind.values}
    moved = {column for column, value in new.items() if getattr(row, column, None) != value}
    for column, value in new.items():
        if column not in kind.stored:
            raise ValueError(f"{column} of {kind.model.__name__} cannot be corrected")
        setattr(row, column, value)
    _refuse([*_undated([row]), *kind.problems([row])])
    if row.origin in {Origin.EXAMPLE, Origin.PUBLISHED} and moved - set(kind.preferences):
        row.origin = Origin.FORM
    row.entered_by, row.revision = by, row.revision + 1
    demand_open(_newly_told(row.region_id, told, kind.tells(row)), kind.report)
    with pghistory.context(user=by.pk, reason=reason):
        row.save()
    spans = [(row.region_id, before), (row.region_id, kind.stale(row))]
    record_changes(spans, report=None, reaches_down=kind.reaches_down, counts_on=kind.counts_on)
    detail = {
        "reason": reason,
        "changed": {
            column: [str(old[column]), str(getattr(row, column))]
            for column in kind.values
            if old[column] != getattr(row, column)
        },
    }
    subject = f"{kind.label()} #{row.pk}"
    record_act(by=by, verb=Verb.CORRECTED, subject=subject, region_code=row.region_id, detail=detail)
    return row


# BPJS Ketenagakerjaan took up its work on that day (UU 24/2011); nothing before it can be reported.
EARLIEST = date(2014, 1, 1)


def of_no_month(_row: SourcedFact) -> Told:
    """What is of a year or of a day to come binds no month: closed months keep what they were closed with."""
    return {}


def month_problem(index: int, month: date, field: str = "month") -> Iterable[Problem]:
    """A month that has not begun, or of a time before BPJS, cannot have been reported."""
    if month > localdate():
        yield Problem(
            index, field, _("Bulan ini belum tiba. Isi bulan yang sudah berjalan atau sudah lewat.")
        )
    if month < EARLIEST:
        yield Problem(
            index, field, _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya.")
        )


def _newly_told(code: str, before: Told, after: Told) -> list[tuple[str, Span]]:
    """The months of which a row now tells something else, each as a span of its own."""
    months = {month for month in {*before, *after} if before.get(month) != after.get(month)}
    return [(code, (month, month)) for month in sorted(months)]


def _undated(rows: Sequence[F]) -> Iterable[Problem]:
    for index, row in enumerate(rows):
        if row.as_of > localdate() and row.origin != Origin.PUBLISHED:
            yield Problem(index, "as_of", _("Tanggal keadaan ini belum tiba. Isi tanggal laporannya."))


def _misplaced(kind: FactKind[F], rows: Sequence[F], *, by: User) -> Iterable[Problem]:
    scope = scope_of(by)
    codes = {row.region_id for row in rows}
    known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
    for index, row in enumerate(rows):
        if row.region_id not in known or not scope.holds(kind.permission, row.region_id):
            yield Problem(
                index,
                "region",
                _("Wilayah ini di luar wewenang Anda. Pilih salah satu wilayah dalam daftar."),
            )


def _refuse(problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise FactRefused(found)


def _stored_rows(kind: FactKind[F], rows: Sequence[F]) -> dict[tuple[Any, ...], F]:
    wanted = Q()
    for column in kind.key:
        wanted &= Q(**{f"{column}__in": {getattr(row, column) for row in rows}})
    found = kind.model._default_manager.select_for_update(of=("self",)).filter(wanted)
    return {kind.key_of(row): row for row in found}


def _take_over(kind: FactKind[F], existing: F, row: F, *, by: User) -> None:
    for column in (*kind.stored, "origin"):
        setattr(existing, column, getattr(row, column))
    existing.entered_by = by
    existing.revision += 1
    existing.changed_at = now()


def _already(kind: FactKind[F], index: int) -> Problem:
    return Problem(
        index,
        "__all__",
        _("Angka ini sudah dicatat dengan isi lain. Buka daftar lalu pilih Koreksi pada barisnya."),
    )


def _write(kind: FactKind[F], created: list[F], changed: list[F], *, by: User) -> None:
    manager = kind.model._default_manager
    columns = [*kind.stored, "origin", "entered_by", "revision", "changed_at"]
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            manager.bulk_create(created, batch_size=_BATCH)
            manager.bulk_update(changed, columns, batch_size=_BATCH)
    except IntegrityError as error:
        if "unique" not in str(error):
            raise
        raise FactRefused([_already(kind, 0)]) from error


def _note(kind: FactKind[F], rows: Sequence[F], *, by: User, verb: Verb, counts: tuple[int, int]) -> None:
    codes = {row.region_id for row in rows}
    record_act(
        by=by,
        verb=verb,
        subject=kind.label(),
        region_code=_common_region(codes),
        detail={"created": counts[0], "changed": counts[1], "origin": str(rows[0].origin)},
    )


def _common_region(codes: set[str]) -> str:
    """The smallest region that holds all of them."""
    if NATION in codes or not codes:
        return NATION
    levels = zip(*(code.split(".") for code in codes), strict=False)
    shared = takewhile(lambda parts: len(set(parts)) == 1, levels)
    return ".".join(parts[0] for parts in shared) or NATION
