"""One person typed into a form or a grid: a batch of one, on the same path as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.importers.checks import Judged
from participants.importers.extra import ExtraKey, Extras, cell_named
from participants.importers.faults import Reason, doubt_sentence, field_of, sentence_of
from participants.importers.header import Field
from participants.importers.typed_row import judge_typed, typing_faults
from participants.models import Batch, Enrolment, Participant
from participants.selectors.extra_field import person_extras
from participants.selectors.persons.column import all_cells
from participants.services.batches.batch import BatchTerms, new_batch
from participants.services.batches.compare import compare_rows
from participants.services.batches.row import copy_rows
from participants.services.batches.store import lock_persons, store_rows
from participants.services.persons.participant import correct_participant
from regions.enums import Origin, Verb
from regions.errors import OutsideScope
from regions.models import User
from regions.services.act import record_act


@dataclass(frozen=True)
class CellFault:
    """Why a cell was refused, with the remedy."""

    field: Field | ExtraKey
    message: str


@dataclass(frozen=True)
class Entered:
    """What became of a typed row; `participant` and `enrolment` where it was stored or was there already."""

    state: RowState
    participant: Participant | None = None
    enrolment: Enrolment | None = None
    faults: tuple[CellFault, ...] = ()
    doubts: tuple[str, ...] = ()
    batch_id: int | None = None
    row_id: int | None = None


@transaction.atomic
def enter_person(
    *,
    by: User,
    terms: BatchTerms,
    cells: Mapping[Field, str],
    revision: int | None = None,
    enrolment_id: int | None = None,
    origin: Origin = Origin.FORM,
) -> Entered:
    """Store a typed person with their spell, or say cell by cell why not; nothing is stored then.

    With `enrolment_id` the person of that spell is corrected instead; `revision` is the one seen.
    Raises OutsideScope, NotPermitted, BatchRefused, ChangedMeanwhile.
    """
    if enrolment_id is not None:
        return _correct(by=by, terms=terms, cells=cells, revision=revision, enrolment_id=enrolment_id)
    lock_persons(terms.region_code)
    batch = _batch_of_today(terms, by, origin)
    number = (batch.rows.aggregate(Max("number"))["number__max"] or 0) + 1
    extras = person_extras(by, terms.region_code)
    judged, faults = judge_entry(cells, number, terms.region_code, extras)
    if faults:
        return Entered(RowState.REFUSED, faults=faults)
    copy_rows(batch.pk, [judged])
    row = batch.rows.get(number=number)
    compare_rows(batch, [row.pk])
    row.refresh_from_db()
    if row.state == RowState.REFUSED:
        row.delete()
        return Entered(RowState.REFUSED, faults=_faults([Reason(reason) for reason in row.reasons]))
    with pghistory.context(user=by.pk):
        store_rows(batch, by=by, rows=[row.pk])
    participant = Participant.objects.get(region_id=batch.region_id, nik_digest=row.nik_digest)
    if row.state != RowState.SAME:
        _note(batch, participant, by)
    return Entered(
        RowState(row.state),
        participant=participant,
        enrolment=_spell(batch, participant),
        doubts=tuple(doubt_sentence(doubt) for doubt in row.doubts),
        batch_id=batch.pk,
        row_id=row.pk,
    )


def _correct(
    *,
    by: User,
    terms: BatchTerms,
    cells: Mapping[Field, str],
    revision: int | None,
    enrolment_id: int,
) -> Entered:
    spell = Enrolment.objects.filter(
        pk=enrolment_id,
        region_id=terms.region_code,
        category_id=terms.category,
        funding_id=terms.funding,
    ).first()
    if spell is None:
        raise OutsideScope(enrolment_id)
    person = Participant.objects.get(pk=spell.participant_id)
    typed: dict[Field, str] = {field: text for field, text in cells.items() if field != Field.NIK}
    extras = person_extras(by, terms.region_code)
    judged, faults = judge_entry({**all_cells(person), **typed}, 1, terms.region_code, extras)
    if judged.member is None or faults:
        return Entered(RowState.REFUSED, person, spell, faults)
    changed = correct_participant(
        pk=person.pk, revision=revision or 0, member=judged.member, given=set(typed), by=by
    )
    state = RowState.SAME if changed.revision == revision else RowState.CHANGED
    doubts = tuple(doubt_sentence(warned.reason) for warned in judged.warnings)
    return Entered(state, changed, spell, (), doubts)


def judge_entry(
    cells: Mapping[Field, str], number: int, region: str, extras: Extras = ()
) -> tuple[Judged, tuple[CellFault, ...]]:
    """A typed row as a list would judge it, and what else somebody who types may mend at once."""
    judged = judge_typed(cells, number=number, region=region, today=localdate(), extras=extras)
    faults = [CellFault(cell_named(fault.field), sentence_of(fault.reason)) for fault in judged.faults]
    known: Mapping[Any, str] = cells
    faults += [
        CellFault(ExtraKey(key), _("Isian ini bukan untuk wilayah ini. Kosongkan."))
        for key, text in known.items()
        if isinstance(key, ExtraKey) and text.strip() and key not in {one.key for one in extras}
    ]
    return judged, (*faults, *(CellFault(*fault) for fault in typing_faults(cells, extras)))


def _faults(reasons: list[Reason]) -> tuple[CellFault, ...]:
    return tuple(CellFault(field_of(reason), sentence_of(reason)) for reason in reasons)


def _batch_of_today(terms: BatchTerms, by: User, origin: Origin) -> Batch:
    """What one officer, or one program of theirs, enters for the same terms on one day is one batch."""
    batch = new_batch(terms=terms, origin=origin, state=BatchState.STORED, by=by)
    same = Batch.objects.filter(
        origin=origin,
        file_name="",
        state=BatchState.STORED,
        entered_by=by,
        entered_at__date=localdate(),
        **{
            field: getattr(batch, field)
            for field in (
                "region_id",
                "category_id",
                "funding_id",
                "segment",
                "programmes",
                "institution_id",
                "payer_id",
                "first_month",
                "last_month",
                "is_proposal",
                "source",
                "as_of",
            )
        },
    ).first()
    if same is None:
        batch.stored_at, batch.confirmed_by = now(), by
        batch.save(force_insert=True)
    return same or batch


def _spell(batch: Batch, participant: Participant) -> Enrolment | None:
    spells = Enrolment.objects.filter(
        participant=participant, category=batch.category_id, funding=batch.funding_id
    ).exclude(state="rejected")
    return spells.filter(first_month__lte=batch.first_month).order_by("-first_month").first()


def _note(batch: Batch, participant: Participant, by: User) -> None:
    record_act(
        by=by,
        verb=Verb.ENROLLED,
        subject=f"{Participant._meta.verbose_name} #{participant.pk}",
        region_code=batch.region_id,
        detail={"category": batch.category_id, "funding": batch.funding_id},
        months=[batch.first_month],
    )
