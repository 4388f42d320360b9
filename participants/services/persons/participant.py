"""Correcting what is known of a person, and what happens to them."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState, Occurrence
from participants.errors import PersonRefused
from participants.extra_store import sealed_extra
from participants.importers.checks import Member
from participants.importers.header import Field
from participants.models import Enrolment, LifeEvent, Participant
from participants.person_columns import EXTRA_COLUMNS, OPEN_COLUMNS, SEALED_COLUMNS
from participants.selectors.persons.person import require_person, spells_seen
from participants.services.batches.store import lock_persons
from regions.cipher import digest, seal
from regions.enums import Origin, ReportKind, Verb
from regions.errors import ChangedMeanwhile
from regions.models import User
from regions.month import Span, first_of, next_month
from regions.roles import Permission
from regions.selectors.reporting_month import newest_locked
from regions.services.act import record_act
from regions.services.change import record_changes


@transaction.atomic
def correct_participant(
    *, pk: int, revision: int, member: Member, given: Set[str], by: User, reason: str = ""
) -> Participant:
    """Take over the `given` fields of a judged row; the NIK stays. Blank empties a field here.

    Raises ChangedMeanwhile when somebody corrected the person since, OutsideScope or NotPermitted.
    """
    person = Participant.objects.select_for_update(of=("self",)).get(pk=pk)
    require_person(by, person, Permission.ENTER_PERSONS)
    if person.revision != revision:
        raise ChangedMeanwhile(person)
    new = {
        name: value for field, values in _columns(member).items() if field in given for name, value in values
    }
    new |= _extra(person, member, given)
    changed = {name: value for name, value in new.items() if _plain(getattr(person, name)) != value}
    for digest_name, sealed_name in (EXTRA_COLUMNS, *(column.stored for column in SEALED_COLUMNS)):
        if digest_name not in changed:
            changed.pop(sealed_name, None)
    if not changed:
        return person
    for name, value in changed.items():
        setattr(person, name, value)
    person.entered_by, person.revision = by, person.revision + 1
    with pghistory.context(user=by.pk, reason=reason):
        person.save()
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=f"{Participant._meta.verbose_name} #{person.pk}",
        region_code=person.region_id,
        detail={"reason": reason, "fields": sorted(name for name in changed if not name.endswith("_sealed"))},
    )
    return person


def _extra(person: Participant, member: Member, given: Set[str]) -> dict[str, Any]:
    """Both columns of the fields of an office's own; of those `given` a blank one is emptied."""
    digests, sealed = sealed_extra(member.extra.secret)
    said = (dict(member.extra.plain) | digests, sealed)
    found = {}
    for name, new in zip(EXTRA_COLUMNS, said, strict=True):
        kept = {key: value for key, value in getattr(person, name).items() if key not in given}
        found[name] = kept | {key: value for key, value in new.items() if key in given}
    return found


def _columns(member: Member) -> dict[Field, list[tuple[str, Any]]]:
    """Field → the columns in which it is kept, each with what the row says."""
    found: dict[Field, list[tuple[str, Any]]] = {
        column.field: _sealed(column.name, getattr(member, column.name)) for column in SEALED_COLUMNS
    }
    for column in OPEN_COLUMNS:
        judged = column.name in Member._fields
        said = getattr(member, column.name) if judged else member.row.text(column.field)[: column.longest]
        found[column.field] = [(column.name, said)]
    return found


def _sealed(name: str, text: str) -> list[tuple[str, Any]]:
    if not text:
        return [(f"{name}_digest", None), (f"{name}_sealed", None)]
    return [(f"{name}_digest", digest(text)), (f"{name}_sealed", seal(text))]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@transaction.atomic
def record_life_event(
    *,
    participant_id: int,
    kind: Occurrence,
    happened_on: date,
    source: str,
    by: User,
    note: str = "",
) -> LifeEvent:
    """Note what happened to a person; every spell ends with the month of that day, later ones never begin.

    Who is bound to an institution ends what it sends or pays; the rest ends once an operator of the region
    notes the same. Raises PersonRefused, OutsideScope or NotPermitted.
    """
    person = Participant.objects.get(pk=participant_id)
    require_person(by, person, Permission.ENTER_PERSONS)
    lock_persons(person.region_id)
    one = person.merged_into_id or person.pk
    spells = Enrolment.objects.filter(spells_seen(by), participant__in=[one, *merged_rows(one)])
    event = LifeEvent.objects.filter(participant=person, kind=kind, happened_on=happened_on).first()
    if event is None or not running(spells, happened_on).exists():
        event = note_life_event(person, kind, happened_on, source=source, by=by, note=note)
    end_spells(spells, on=happened_on, cause=kind, reason=source, by=by)
    record_act(
        by=by,
        verb=Verb.RECORDED,
        subject=f"{LifeEvent._meta.verbose_name} #{event.pk}",
        region_code=person.region_id,
        detail={"kind": kind.value, "person": person.pk},
    )
    return event


def running(spells: QuerySet[Enrolment], on: date) -> QuerySet[Enrolment]:
    """Those that nothing ended by the month of a day."""
    open_ended = Q(last_month=None) | Q(last_month__gt=first_of(on))
    return spells.filter(open_ended, state__in=[EnrolmentState.ACTIVE, EnrolmentState.PROPOSED])


def note_life_event(
    person: Participant, kind: Occurrence, happened_on: date, *, source: str, by: User, note: str = ""
) -> LifeEvent:
    """The event alone; what it ends is for the caller to say. Raises PersonRefused."""
    if happened_on > localdate():
        raise PersonRefused(_("Tanggal ini belum tiba. Isi tanggal kejadiannya."))
    if person.birth_date and happened_on < person.birth_date:
        raise PersonRefused(_("Tanggal ini mendahului tanggal lahirnya. Periksa tahunnya."))
    if LifeEvent.objects.filter(participant=person, kind=kind, happened_on=happened_on).exists():
        raise PersonRefused(_("Peristiwa ini sudah dicatat."))
    event = LifeEvent(
        region_id=person.region_id,
        participant=person,
        kind=kind,
        happened_on=happened_on,
        source=source,
        as_of=localdate(),
        origin=Origin.FORM,
        note=note,
        entered_by=by,
    )
    event.save(force_insert=True)
    return event


def merged_rows(pk: int) -> list[int]:
    return list(Participant.objects.filter(merged_into_id=pk).values_list("pk", flat=True))


def last_counted(region_code: str, on: date) -> date:
    """The last month in which a spell that ended on a day still counts."""
    return max(first_of(on), newest_locked(region_code, ReportKind.PERSONS) or date.min)


def end_spells(spells: Iterable[Enrolment], *, on: date, cause: Occurrence, reason: str, by: User) -> int:
    """End running spells with the month of a day and reject those that would begin later.

    Takes a queryset; the number of spells changed. The months that no longer count are noted as stale.
    A month that is locked keeps the person it closed with: the spell then ends with the last locked one.
    """
    changed = []
    spans: list[tuple[str, Span]] = []
    rows = spells.select_for_update(of=("self",)) if hasattr(spells, "select_for_update") else spells
    lasts: dict[str, date] = {}
    for spell in rows:
        if spell.state not in {EnrolmentState.ACTIVE, EnrolmentState.PROPOSED}:
            continue
        if spell.region_id not in lasts:
            lasts[spell.region_id] = last_counted(spell.region_id, on)
        last = lasts[spell.region_id]
        if spell.last_month is not None and spell.last_month < last:
            continue
        spans.append((spell.region_id, (max(spell.first_month, next_month(last)), spell.last_month)))
        if spell.first_month > last:
            spell.state, spell.reason = EnrolmentState.REJECTED, reason or Occurrence(cause).label
        else:
            spell.state, spell.last_month = EnrolmentState.ENDED, last
        spell.ended_by, spell.entered_by = cause, by
        spell.revision, spell.changed_at = spell.revision + 1, now()
        changed.append(spell)
    columns = ["state", "last_month", "reason", "ended_by", "entered_by", "revision", "changed_at"]
    with pghistory.context(user=by.pk, reason=reason):
        Enrolment.objects.bulk_update(changed, columns, batch_size=2000)
    told = [(code, span) for code, span in spans if span[1] is None or span[0] <= span[1]]
    record_changes(told, report=ReportKind.PERSONS)
    return len(changed)
