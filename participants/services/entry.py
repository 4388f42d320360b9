"""Storing one person as typed: the person, and the spell of months that is paid for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.cipher import digest, digests, seal
from participants.enums import EnrolmentState, RowState
from participants.importers.checks import Member, judge_row
from participants.importers.faults import Reason, sentence_of
from participants.importers.header import Field, label_of
from participants.importers.typed_row import doubt_sentence, typed_row
from participants.models import Enrolment, Participant
from regions.access import require
from regions.enums import Origin, Verb
from regions.errors import ChangedMeanwhile, OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.change import record_changes

_TEXTS = {
    Field.BIRTH_PLACE: "birth_place",
    Field.ADDRESS: "address",
    Field.VILLAGE: "village_name",
    Field.DISTRICT: "district_name",
}
_FILLING = re.compile(r"[\s().\-]")
_PHONE = re.compile(r"\+?\d{8,15}")
_NO_END = date.max


@dataclass(frozen=True)
class Terms:
    """What holds for a spell beside its person: where, as what, who pays, from when, by which paper."""

    region_code: str
    category: str
    funding: str
    segment: str
    programmes: tuple[str, ...]
    institution: str | None
    first_month: date
    last_month: date | None
    is_proposal: bool
    source: str
    as_of: date


@dataclass(frozen=True)
class CellFault:
    field: Field
    message: str


@dataclass(frozen=True)
class Entered:
    state: RowState
    participant: Participant | None
    enrolment: Enrolment | None
    faults: tuple[CellFault, ...] = ()
    doubts: tuple[str, ...] = ()


@transaction.atomic
def enter_person(
    *,
    by: User,
    terms: Terms,
    cells: Mapping[Field, str],
    revision: int | None = None,
    enrolment_id: int | None = None,
) -> Entered:
    """Store one typed row, or nothing of it where a cell is at fault.

    With `enrolment_id` the person of that spell is corrected: cells that are given replace what is
    stored, an empty one empties it. Raises ChangedMeanwhile, OutsideScope or NotPermitted.
    """
    require(by, Permission.ENTER_PERSONS, terms.region_code)
    with pghistory.context(user=by.pk):
        if enrolment_id is not None:
            return _correct(by, terms, cells, revision, enrolment_id)
        return _enter(by, terms, cells)


def _correct(
    by: User, terms: Terms, cells: Mapping[Field, str], revision: int | None, enrolment_id: int
) -> Entered:
    spell = Enrolment.objects.filter(
        pk=enrolment_id,
        region_id=terms.region_code,
        category_id=terms.category,
        funding_id=terms.funding,
    ).first()
    if spell is None:
        raise OutsideScope(enrolment_id)
    person = _locked(spell.participant_id)
    if person.revision != revision:
        raise ChangedMeanwhile(person)
    typed: dict[Field, str] = {field: text for field, text in cells.items() if field != Field.NIK}
    member, faults, doubts = _judged({**_cells_of(person), **typed}, terms.region_code)
    if faults or member is None:
        return Entered(RowState.REFUSED, person, spell, faults)
    changed = _assign(person, _columns(member, typed))
    if not changed:
        return Entered(RowState.SAME, person, spell, (), doubts)
    _save(person, by, changed)
    return Entered(RowState.CHANGED, person, spell, (), doubts)


def _enter(by: User, terms: Terms, cells: Mapping[Field, str]) -> Entered:
    member, faults, doubts = _judged(cells, terms.region_code)
    if faults or member is None:
        return Entered(RowState.REFUSED, None, None, faults)
    person, fresh, changed = _person(by, terms, member, cells)
    if person is None:
        return _refused(
            _("NIK ini tercatat atas nama lain di wilayah ini. Periksa KTP, lalu perbaiki NIK atau namanya.")
        )
    spell, state = _spell(by, terms, person)
    if spell is None:
        return _refused(_("Orang ini sudah punya masa lain sesudahnya. Pilih “bulan ini saja”."))
    if state == RowState.SAME and (changed or fresh):
        state = RowState.CHANGED
    return Entered(state, person, spell, (), doubts)


def _judged(
    cells: Mapping[Field, str], region: str
) -> tuple[Member | None, tuple[CellFault, ...], tuple[str, ...]]:
    judged = judge_row(typed_row(cells), region=region, today=localdate())
    faults = [CellFault(Field(fault.title), sentence_of(Reason(fault.reason))) for fault in judged.faults]
    faults += _too_long(cells)
    phone = _FILLING.sub("", cells.get(Field.PHONE, ""))
    if phone and not _PHONE.fullmatch(phone):
        faults.append(CellFault(Field.PHONE, _("Nomor HP harus 8–15 angka. Contoh: 081234567890.")))
    doubts = tuple(doubt_sentence(warned.reason) for warned in judged.warnings)
    return judged.member, tuple(faults), doubts


def _too_long(cells: Mapping[Field, str]) -> Iterable[CellFault]:
    for field, column in _TEXTS.items():
        most = getattr(Participant._meta.get_field(column), "max_length", 0)
        if len(cells.get(field, "")) > most:
            yield CellFault(field, _("Paling banyak %(most)s huruf. Persingkat isinya.") % {"most": most})


def _cells_of(person: Participant) -> dict[Field, str]:
    texts = {field: getattr(person, column) for field, column in _TEXTS.items()}
    return {
        **texts,
        Field.NIK: person.nik.digits,
        Field.NAME: person.name,
        Field.BIRTH_DATE: f"{person.birth_date:%d/%m/%Y}" if person.birth_date else "",
        Field.SEX: person.sex,
        Field.PHONE: person.phone,
    }


def _columns(member: Member, typed: Mapping[Field, str]) -> dict[str, Any]:
    """Column → value of the fields that were typed."""
    columns: dict[str, Any] = {
        column: member.row.text(field) for field, column in _TEXTS.items() if field in typed
    }
    if Field.NAME in typed:
        columns["name"] = member.name
    if Field.BIRTH_DATE in typed:
        columns["birth_date"] = member.birth_date
    if Field.SEX in typed:
        columns["sex"] = member.sex
    if Field.PHONE in typed:
        columns["phone"] = _FILLING.sub("", typed[Field.PHONE])
    return columns


def _assign(person: Participant, columns: dict[str, Any]) -> list[str]:
    """Names of the columns that differed."""
    changed = [column for column, value in columns.items() if getattr(person, column) != value]
    for column in changed:
        if column == "phone":
            person.phone_sealed = seal(columns[column]) if columns[column] else None
        else:
            setattr(person, column, columns[column])
    return changed


def _save(person: Participant, by: User, changed: list[str]) -> None:
    person.revision += 1
    person.save()
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=_("peserta #%(number)s") % {"number": person.pk},
        region_code=person.region_id,
        detail={"changed": changed},
    )


def _locked(pk: int) -> Participant:
    person = Participant.objects.select_for_update().get(pk=pk)
    return _locked(person.merged_into_id) if person.merged_into_id else person


def _person(
    by: User, terms: Terms, member: Member, cells: Mapping[Field, str]
) -> tuple[Participant | None, bool, list[str]]:
    """The person, whether new, and what changed; None where the NIK belongs to another name."""
    found = Participant.objects.filter(
        region_id=terms.region_code, nik_digest__in=digests(member.nik.digits)
    ).first()
    typed = {field: text for field, text in cells.items() if text.strip()}
    if found is None:
        person = Participant(
            region_id=terms.region_code,
            nik_digest=digest(member.nik.digits),
            nik_sealed=seal(member.nik.digits),
            entered_by=by,
        )
        _assign(person, _columns(member, typed))
        try:
            with transaction.atomic():
                person.save()
        except IntegrityError:
            # Somebody entered the same person in this very moment: now there is one to be found.
            return _person(by, terms, member, cells)
        return person, True, []
    person = _locked(found.pk)
    if label_of(person.name) != label_of(member.name):
        return None, False, []
    changed = _assign(person, _columns(member, typed))
    if changed:
        _save(person, by, changed)
    return person, False, changed


def _spell(by: User, terms: Terms, person: Participant) -> tuple[Enrolment | None, RowState]:
    last = terms.last_month
    touching = Enrolment.objects.select_for_update().filter(
        Q(participant=person) | Q(participant__merged_into=person),
        Q(last_month=None) | Q(last_month__gte=terms.first_month),
        category_id=terms.category,
        funding_id=terms.funding,
    )
    if last is not None:
        touching = touching.filter(first_month__lte=last)
    found = list(touching.exclude(state=EnrolmentState.REJECTED).order_by("first_month"))
    if found and found[0].first_month <= terms.first_month and _reaches(found[0], last):
        return found[0], RowState.SAME
    if found:
        return _widened(by, terms, found[0])
    spell = Enrolment.objects.create(participant=person, entered_by=by, **_spell_columns(terms))
    _note(by, terms, terms.first_month, last)
    return spell, RowState.NEW


def _reaches(spell: Enrolment, last: date | None) -> bool:
    return (spell.last_month or _NO_END) >= (last or _NO_END)


def _spell_columns(terms: Terms) -> dict[str, Any]:
    return {
        "region_id": terms.region_code,
        "category_id": terms.category,
        "funding_id": terms.funding,
        "segment": terms.segment,
        "programmes": list(terms.programmes),
        "institution_id": terms.institution,
        "first_month": terms.first_month,
        "last_month": terms.last_month,
        "state": EnrolmentState.PROPOSED if terms.is_proposal else EnrolmentState.ACTIVE,
        "source": terms.source,
        "as_of": terms.as_of,
        "origin": Origin.FORM,
    }


def _widened(by: User, terms: Terms, spell: Enrolment) -> tuple[Enrolment | None, RowState]:
    spell.first_month = min(spell.first_month, terms.first_month)
    if spell.state != EnrolmentState.ENDED and spell.last_month is not None:
        spell.last_month = None if terms.last_month is None else max(spell.last_month, terms.last_month)
    spell.revision += 1
    spell.changed_at = now()
    try:
        with transaction.atomic():
            spell.save()
    except IntegrityError:
        return None, RowState.REFUSED
    _note(by, terms, spell.first_month, spell.last_month)
    return spell, RowState.CHANGED


def _note(by: User, terms: Terms, first: date, last: date | None) -> None:
    record_changes([(terms.region_code, (first, last))])
    subject = f"{terms.category}, {terms.funding}"
    record_act(by=by, verb=Verb.ENROLLED, subject=subject, region_code=terms.region_code)


def _refused(message: str) -> Entered:
    return Entered(RowState.REFUSED, None, None, (CellFault(Field.NIK, message),))
