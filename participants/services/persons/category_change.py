"""A person who moves from one category to another on a day: one ends, the other begins the month after."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState, Occurrence
from participants.errors import BatchRefused, PersonRefused
from participants.importers.header import Field
from participants.models import Category, Enrolment, FundingSource, LifeEvent, Participant
from participants.selectors.persons.person import require_person, spells_seen
from participants.services.batches.batch import BatchTerms
from participants.services.batches.store import lock_persons
from participants.services.persons.entry import Entered, enter_person
from participants.services.persons.participant import end_spells, last_counted, merged_rows, note_life_event
from regions.enums import Verb
from regions.errors import MonthLocked
from regions.models import User
from regions.month import first_of, next_month
from regions.roles import Permission
from regions.services.act import record_act


@transaction.atomic
def change_category(
    *,
    participant_id: int,
    from_category: Category,
    to_category: Category,
    funding: FundingSource,
    happened_on: date,
    source: str,
    by: User,
) -> Entered:
    """End the person's spells in one category with the month of the day, and open one in the other.

    Other categories of the person go on. Raises PersonRefused, OutsideScope or NotPermitted.
    """
    person = Participant.objects.get(pk=participant_id)
    require_person(by, person, Permission.ENTER_PERSONS)
    lock_persons(person.region_id)
    _demand_sense(from_category, to_category)
    left = _running(person, from_category, happened_on, by)
    if not left:
        raise PersonRefused(
            _("Orang ini tidak sedang terdaftar di kategori %(category)s pada tanggal itu. Pilih yang lain.")
            % {"category": from_category}
        )
    kind, note = Occurrence.CHANGED_CATEGORY, f"{from_category} → {to_category}"
    event = note_life_event(person, kind, happened_on, source=source, by=by, note=note)
    wanted = Enrolment.objects.filter(pk__in=[spell.pk for spell in left])
    end_spells(wanted, on=happened_on, cause=kind, reason=source, by=by)
    terms = _terms(left[0], to_category, funding, happened_on, source)
    entered = _enter(person, terms, by)
    record_act(
        by=by,
        verb=Verb.RECORDED,
        subject=f"{LifeEvent._meta.verbose_name} #{event.pk}",
        region_code=person.region_id,
        detail={
            "kind": event.kind,
            "person": person.pk,
            "changed": {"category": [from_category.pk, to_category.pk]},
        },
    )
    return entered


def _demand_sense(before: Category, after: Category) -> None:
    if before == after:
        raise PersonRefused(_("Kategori lama dan baru sama. Pilih kategori yang baru."))


def _running(person: Participant, category: Category, on: date, by: User) -> list[Enrolment]:
    month = first_of(on)
    one = person.merged_into_id or person.pk
    rows = Enrolment.objects.filter(
        spells_seen(by),
        participant__in=[one, *merged_rows(one)],
        category=category,
        state__in=[EnrolmentState.ACTIVE, EnrolmentState.PROPOSED],
        first_month__lte=month,
    )
    return [spell for spell in rows if spell.last_month is None or spell.last_month >= month]


def _terms(left: Enrolment, category: Category, funding: FundingSource, on: date, source: str) -> BatchTerms:
    """As the spell that is left, from the month after; a last month that lies behind is none."""
    first = next_month(last_counted(left.region_id, on))
    return BatchTerms(
        region_code=left.region_id,
        category=category.pk,
        funding=funding.pk,
        segment=category.segment,
        programmes=tuple(left.programmes),
        institution=left.institution_id,
        # Another source of funds may be another payer's.
        payer=left.payer_id if funding.pk == left.funding_id else None,
        first_month=first,
        last_month=left.last_month if left.last_month and left.last_month >= first else None,
        source=source,
        as_of=on,
        is_proposal=left.state == EnrolmentState.PROPOSED,
    )


def _enter(person: Participant, terms: BatchTerms, by: User) -> Entered:
    """The new spell goes the way of every typed row, with its comparisons and doubts."""
    cells = {Field.NIK: person.nik.digits, Field.NAME: person.name}
    if person.birth_date:
        cells[Field.BIRTH_DATE] = f"{person.birth_date:%d/%m/%Y}"
    try:
        entered = enter_person(by=by, terms=terms, cells=cells)
    except (BatchRefused, MonthLocked) as refused:
        raise PersonRefused(refused.sentence) from refused
    if entered.faults:
        raise PersonRefused(" ".join(fault.message for fault in entered.faults))
    return entered
