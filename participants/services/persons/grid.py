"""Rows of the grid: saved one by one, and the last act taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pghistory
from django.core import signing
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.importers.header import Field
from participants.models import Batch, BatchRow, Enrolment, Participant
from participants.services.batches.batch import BatchTerms
from participants.services.persons.entry import Entered, enter_person
from regions.access import require
from regions.enums import Origin, ReportKind, Verb
from regions.errors import ChangedMeanwhile, NotPermitted, OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.change import record_changes

_SALT = "participants.grid.undo"
_UNDO_WITHIN = timedelta(hours=12)
# What an undo leaves as it is: who the row is, and how often it was changed.
_KEPT = {"id", "revision", "changed_at", "entered_at"}


@dataclass(frozen=True)
class Saved:
    """What became of a row, and the signed mark by which its writer may take it back (or nothing)."""

    entered: Entered
    mark: str


@transaction.atomic
def save_grid_row(
    *,
    by: User,
    terms: BatchTerms,
    cells: Mapping[Field, str],
    revision: int | None = None,
    enrolment_id: int | None = None,
) -> Saved:
    """`enter_person`, remembered in the history under a name of its own. Raises what that raises."""
    entry, began = uuid4().hex, now()
    with pghistory.context(user=by.pk, entry=entry):
        entered = enter_person(by=by, terms=terms, cells=cells, revision=revision, enrolment_id=enrolment_id)
    person, spell = entered.participant, entered.enrolment
    if entered.state not in {RowState.NEW, RowState.CHANGED} or person is None or spell is None:
        return Saved(entered, "")
    told = {
        "by": by.pk,
        "entry": entry,
        "spell": spell.pk,
        "spell_revision": spell.revision,
        "spell_is_new": spell.entered_at >= began,
        "person": person.pk,
        "person_revision": person.revision,
        "person_is_new": person.entered_at >= began,
    }
    return Saved(entered, signing.dumps(told, salt=_SALT))


@transaction.atomic
def undo_grid_row(*, by: User, mark: str) -> Enrolment | None:
    """Take back what `save_grid_row` did: the spell as it was before, or None where it was new.

    Raises ChangedMeanwhile when person or spell changed since, OutsideScope where the mark is
    unreadable, too old or its row is gone, NotPermitted for a mark of somebody else.
    """
    told = _read(mark)
    if told["by"] != by.pk:
        raise NotPermitted(Permission.ENTER_PERSONS)
    spell = Enrolment.objects.select_for_update().filter(pk=told["spell"]).first()
    person = Participant.objects.select_for_update().filter(pk=told["person"]).first()
    if spell is None or person is None:
        raise OutsideScope(told["spell"])
    require(by, Permission.ENTER_PERSONS, spell.region_id)
    if (spell.revision, person.revision) != (told["spell_revision"], told["person_revision"]):
        raise ChangedMeanwhile(spell)
    spans = [(spell.region_id, (spell.first_month, spell.last_month))]
    with pghistory.context(user=by.pk, reason=_("ditarik kembali di tabel")):
        _restore(person, told["entry"])
        if told["spell_is_new"]:
            _remove(spell, person, remove_person=told["person_is_new"])
        else:
            _restore(spell, told["entry"])
            spans.append((spell.region_id, (spell.first_month, spell.last_month)))
    record_changes(spans, report=ReportKind.PERSONS)
    record_act(
        by=by,
        verb=Verb.UNDONE,
        subject=f"{Participant._meta.verbose_name} #{person.pk}",
        region_code=spell.region_id,
        detail={"category": spell.category_id, "funding": spell.funding_id},
        months=[spell.first_month],
    )
    return None if told["spell_is_new"] else spell


def _read(mark: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = signing.loads(mark, salt=_SALT, max_age=_UNDO_WITHIN)
    except signing.BadSignature as error:
        raise OutsideScope("mark") from error
    return told


def _restore(row: Participant | Enrolment, entry: str) -> None:
    """Give a row the values it had before the entry; one that the entry left alone stays as it is."""
    events = type(row).pgh_event_model.objects  # type: ignore[union-attr]
    before = events.filter(pgh_obj_id=row.pk, pgh_context__metadata__entry=entry).order_by("pgh_id").first()
    if before is None:
        return
    for field in row._meta.concrete_fields:
        if field.name not in _KEPT:
            setattr(row, field.attname, getattr(before, field.attname))
    row.revision += 1
    row.save()


def _remove(spell: Enrolment, person: Participant, *, remove_person: bool) -> None:
    """Delete the spell, and a person who came with it and is not spoken of elsewhere."""
    batch_id = spell.batch_id
    Enrolment.objects.filter(pk=spell.pk).delete()
    if batch_id is not None:
        rows = BatchRow.objects.filter(batch=batch_id, sheet=spell.sheet)
        rows.filter(number=spell.row_number or 0).delete()
        ours = Batch.objects.filter(pk=batch_id, origin=Origin.FORM, enrolments=None)
        ours.update(state=BatchState.UNDONE, undone_at=now())
    ties = (person.enrolments, person.comments, person.life_events, person.merged)
    if remove_person and not any(tie.exists() for tie in ties):
        Participant.objects.filter(pk=person.pk).delete()
