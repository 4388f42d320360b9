"""Rows of persons as programs send them: each entered as if typed, or refused cell by cell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation

from participants.enums import RowState
from participants.importers.extra import ExtraKey
from participants.importers.header import Field
from participants.person_columns import TYPED_FIELDS
from participants.selectors.extra_field import person_extras
from participants.services.batches.batch import BatchTerms
from participants.services.persons.entry import Entered, enter_person
from regions.enums import Origin
from regions.models import User
from reports.api.extras import cells_of_row
from reports.api.refusals import RefusedCell

_STATES = {RowState.NEW: "created", RowState.CHANGED: "changed", RowState.SAME: "unchanged"}
CELLS = (Field.NIK, *(field for field in TYPED_FIELDS if field != Field.NIK))


def enter_rows(
    rows: Sequence[Any], terms: BatchTerms, by: User
) -> tuple[list[dict[str, Any]], dict[int, list[RefusedCell]]]:
    """What became of each row that was stored, and why others were not."""
    told, refused = [], {}
    for place, row in enumerate(rows):
        problems = list(_unreadable(place, row))
        if problems:
            refused[place] = problems
            continue
        entered = _enter(row, terms, by)
        if entered.faults:
            refused[place] = list(_refusals(place, row, entered, terms, by))
            continue
        person, spell = entered.participant, entered.enrolment
        told.append(
            {
                "row": place,
                "state": _STATES[entered.state],
                "id": person.pk if person else None,
                "revision": person.revision if person else 1,
                "spell": spell.pk if spell else None,
                "doubts": list(entered.doubts),
            }
        )
    return told, refused


def _enter(row: Mapping[str, Any], terms: BatchTerms, by: User) -> Entered:
    extra, _refused = cells_of_row(0, row.get("extra", {}))
    cells: dict[Any, str] = {Field(name): text for name, text in row.items() if name != "extra"}
    required = (one.key for one in person_extras(by, terms.region_code) if one.is_required)
    cells |= dict.fromkeys(required, "") | extra
    return enter_person(by=by, terms=terms, cells=cells, origin=Origin.API)


def _unreadable(place: int, row: Any) -> Iterable[RefusedCell]:
    if not isinstance(row, Mapping):
        yield RefusedCell(place, "__all__", "invalid", "{…}", "{…}")
        return
    known = {*(field.value for field in CELLS), "extra"}
    for name, text in row.items():
        if name == "extra":
            yield from cells_of_row(place, text)[1]
        elif name not in known:
            told = ", ".join(sorted(known))
            yield RefusedCell(place, name, "unknown", told, told)
        elif not isinstance(text, str):
            yield RefusedCell(place, name, "invalid", '"…"', '"…"')


def _refusals(
    place: int, row: Mapping[str, Any], entered: Entered, terms: BatchTerms, by: User
) -> Iterable[RefusedCell]:
    """The sentences once more in English, judged again without storing anything."""
    with translation.override("en"), transaction.atomic():
        english = _enter(row, terms, by).faults
        transaction.set_rollback(True)
    for one, other in zip(entered.faults, english, strict=True):
        cell = f"extra/{one.field}" if isinstance(one.field, ExtraKey) else one.field.value
        yield RefusedCell(place, cell, "refused", one.message, other.message)
