"""What the rows of a file would do to what is stored, tried out and thrown away again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from budgets.hints import NO_LINE
from budgets.importers.money_fields import TITLES, MoneyField
from budgets.models import MoneyBatch, Realisation
from budgets.services.money_judge import JudgedRow
from budgets.services.money_kinds import FileKind, has_number, key_of
from participants.enums import RowState
from regions.enums import Origin
from regions.errors import FactRefused, MonthLocked
from regions.models import SourcedFact, User
from regions.services.fact import Outcome

Plain = dict[str, Any]
# Refusals of some rows may show others refused; more rounds than these do not happen.
_ROUNDS = 8
_FOUND = {"over_ceiling", "over_reason"}


@dataclass
class ComparedRow:
    """A row with the fact it would make: `existing` is the one it would change, or is the same as."""

    judged: JudgedRow
    key: tuple[Any, ...]
    state: RowState
    existing: SourcedFact | None = None
    values: dict[str, Any] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)

    @property
    def before(self) -> Plain | None:
        """What an undoing restores, and the revision that was seen."""
        if self.existing is None or self.state != RowState.CHANGED:
            return None
        return {"revision": self.existing.revision, "values": plain_values(self.existing, [*self.values])}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def plain_values(fact: SourcedFact, columns: Sequence[str]) -> Plain:
    return {column: plain(getattr(fact, column)) for column in columns}


def typed(model: type[SourcedFact], column: str, value: Any) -> Any:
    """The value of a column back from JSON."""
    known: Any = model._meta.get_field(column)
    return known.to_python(value)


def compare(batch: MoneyBatch, kind: FileKind, judged: Sequence[JudgedRow]) -> list[ComparedRow]:
    """Each row as new, changed, the same or refused; what is stored already stays where a row is silent."""
    seen: dict[tuple[Any, ...], int] = {}
    rows = [_first_of_its_key(row, kind, seen) for row in judged]
    stored = _stored(kind, [row.key for row in rows])
    for row in rows:
        if row.state != RowState.REFUSED:
            _against(row, kind, stored.get(row.key))
    _against_other_entries(kind, rows)
    _hint_at_lines(kind, rows)
    return rows


def _first_of_its_key(judged: JudgedRow, kind: FileKind, seen: dict[tuple[Any, ...], int]) -> ComparedRow:
    if judged.faults:
        return ComparedRow(judged, (), RowState.REFUSED)
    key = key_of(kind, judged)
    if key in seen:
        judged.faults.append(
            (
                "__all__",
                _(
                    "Sama dengan baris %(row)s. Hapus yang berulang; bila memang lain, beri nomor bukti atau "
                    "isi yang membedakannya."
                )
                % {"row": seen[key]},
            )
        )
        return ComparedRow(judged, key, RowState.REFUSED)
    seen[key] = judged.row.number
    return ComparedRow(judged, key, RowState.NEW)


def _stored(kind: FileKind, keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], SourcedFact]:
    wanted = Q()
    for place, column in enumerate(kind.fact.key):
        wanted &= Q(**{f"{column}__in": {key[place] for key in keys if key}})
    found = kind.model._default_manager.filter(wanted).select_related("entered_by")
    return {kind.fact.key_of(fact): fact for fact in found}


def _against(row: ComparedRow, kind: FileKind, existing: SourcedFact | None) -> None:
    told = row.judged.told
    said = {column: told[column] for column in kind.fact.values if column in told}
    if row.judged.number:
        note = _("Nomor bukti %(number)s.") % {"number": row.judged.number}
        said["note"] = f"{note} {told.get('note', '')}".strip()[:500]
    elif "note" in told:
        said["note"] = told["note"]
    row.existing, row.values = existing, said
    if existing is None:
        defaults = {column: value for column, value in kind.defaults.items() if column in kind.fact.values}
        row.values = {**defaults, **said}
        return
    # Whether a plan exceeds its amount the service finds itself.
    same = all(getattr(existing, column) == value for column, value in said.items() if column not in _FOUND)
    row.state = RowState.SAME if same else RowState.CHANGED


def _against_other_entries(kind: FileKind, rows: Sequence[ComparedRow]) -> None:
    """A payment that somebody entered elsewhere is not stored a second time by chance."""
    new = [row for row in rows if row.state == RowState.NEW and kind.equal]
    if not new:
        return
    codes = {row.judged.told["region_id"] for row in new}
    others: dict[tuple[Any, ...], SourcedFact] = {}
    for fact in kind.model._default_manager.filter(region__in=codes).select_related("entered_by"):
        others[tuple(getattr(fact, column) for column in kind.equal)] = fact
    for row in new:
        told = {**row.judged.told, **row.values}
        other = others.get(tuple(told.get(column) for column in kind.equal))
        if other is None:
            continue
        words = _("Yang sama persis sudah dicatat oleh %(who)s lewat %(how)s.") % {
            "who": other.entered_by,
            "how": Origin(other.origin).label,
        }
        if has_number(kind, row.judged):
            row.doubts.append(("__all__", words))
        else:
            remedy = _("Bila ini memang lain, beri nomor buktinya.")
            row.judged.faults.append(("__all__", f"{words} {remedy}"))
            row.state = RowState.REFUSED


def _hint_at_lines(kind: FileKind, rows: Sequence[ComparedRow]) -> None:
    """A bill of no budget line goes in, with a word about it."""
    if kind.model is not Realisation:
        return
    for row in to_store(rows):
        linked = getattr(row.existing, "allocation_id", None)
        if "allocation" not in row.values and "allocation_id" not in row.values and linked is None:
            row.doubts.append(("__all__", str(NO_LINE)))


def facts_of(batch: MoneyBatch, kind: FileKind, rows: Sequence[ComparedRow]) -> list[SourcedFact]:
    """The unsaved facts of new and changed rows, in their order."""
    return [_fact(batch, kind, row) for row in rows]


def _fact(batch: MoneyBatch, kind: FileKind, row: ComparedRow) -> SourcedFact:
    columns = {**kind.defaults, **{column: row.judged.told.get(column) for column in kind.keyed_by}}
    columns = {column: value for column, value in columns.items() if value is not None}
    if kind.identity:
        columns["reference"] = row.key[0]
    values = row.values
    if row.existing is not None:
        values = {column: getattr(row.existing, column) for column in (*kind.fact.values, "note")} | values
    words = _("%(source)s (berkas %(file)s)") % {"source": batch.source, "file": batch.file_name}
    provenance = {"source": words[:250], "as_of": batch.as_of, "origin": Origin.FILE}
    return kind.model(**{**columns, **values, **provenance})


def to_store(rows: Sequence[ComparedRow]) -> list[ComparedRow]:
    return [row for row in rows if row.state in {RowState.NEW, RowState.CHANGED}]


def try_out(batch: MoneyBatch, kind: FileKind, rows: Sequence[ComparedRow], *, by: User) -> str:
    """Store and take back, refusing rows until the rest goes in.

    Rows of locked months are refused like others, so that the rest may go in; the sentence of the lock is
    returned only where it left nothing to be stored.
    """
    locked = ""
    for _round in range(_ROUNDS):
        wanted = to_store(rows)
        if not wanted:
            return locked
        try:
            with transaction.atomic():
                record(batch, kind, wanted, by=by)
                transaction.set_rollback(True)
        except FactRefused as refused:
            if isinstance(refused, MonthLocked):
                locked = refused.sentence
            for problem in refused.problems:
                row = wanted[problem.row]
                row.judged.faults.append((_field_of(problem.field), problem.message))
                row.state = RowState.REFUSED
        else:
            return ""
    return ""


def record(
    batch: MoneyBatch, kind: FileKind, rows: Sequence[ComparedRow], *, by: User
) -> tuple[Outcome[Any], list[SourcedFact]]:
    """Raises FactRefused or MonthLocked."""
    facts = facts_of(batch, kind, rows)
    return kind.store.record(facts, by=by, overwrite=True), facts


def _field_of(name: str) -> str:
    """The column of the file that a problem of the fact speaks of."""
    known = name.removesuffix("_id")
    return known if known in TITLES or known == MoneyField.REGION else "__all__"
