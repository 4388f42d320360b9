"""Persons by name: who is listed, found, opened. Everything is asked within what the user may see."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from participants.enums import EnrolmentState
from participants.importers.checks import USUAL_AGES
from participants.models import Batch, Enrolment, Participant
from participants.nik import Nik
from participants.selectors.persons.enrolment import covering, spells_of
from participants.selectors.persons.stop import (
    ANY_STOP,
    REACHED,
    overlapping,
    paid_elsewhere,
    paid_twice_here,
    persons_of_lists,
    persons_with,
    with_stops,
)
from participants.selectors.reach import reached
from regions.access import require, scope_of, within
from regions.cipher import digests
from regions.errors import OutsideScope
from regions.models import User
from regions.models.region import NATION
from regions.month import first_of, iso_month, last_day
from regions.roles import Permission
from regions.search_words import every_word, words_of


@dataclass(frozen=True)
class PersonFilters:
    """What a list of persons is narrowed to.

    `state` and `concern` speak of `month`, or of this month where none is said. A month alone means
    "covered in that month".
    """

    region_code: str = ""
    category: str = ""
    funding: str = ""
    month: date | None = None
    state: str = ""
    name: str = ""
    concern: str = ""
    match_result: str = ""
    elsewhere: str = ""
    kpj: str = ""
    # Where a person's way to being active stops in `month`, or how far it came; see `stop.REACHED`.
    stop: str = ""
    # The number of the list that names the person.
    batch: str = ""

    @property
    def month_meant(self) -> date:
        return self.month or first_of(localdate())

    def said(self) -> dict[str, str]:
        """The filters that say something, as text."""
        texts = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: iso_month(text) if name == "month" else text for name, text in texts.items() if text}


def list_persons(
    user: User, filters: PersonFilters, *, permission: Permission = Permission.VIEW_PERSONS
) -> QuerySet[Participant]:
    """Persons where the user holds the permission; those merged into another stand under that one."""
    rows = Participant.objects.filter(_mine(user, permission), merged_into=None)
    if filters.region_code and filters.region_code != NATION:
        code = filters.region_code
        rows = rows.filter(Q(region_id=code) | Q(region__code__startswith=f"{code}."))
    if filters.name:
        rows = rows.filter(every_word(words_of(filters.name), "name"))
    rows = rows if filters.stop else _by_spells(rows, filters, spells_seen(user))
    rows = _by_concern(rows, filters)
    mine = within(user, permission=permission)
    rows = _by_answers(rows, filters, mine)
    if filters.batch:
        lists = Batch.objects.filter(reached(user, permission), pk=filters.batch)
        rows = rows.filter(pk__in=persons_of_lists(lists))
    if filters.stop:
        rows = _by_stop(rows, filters, mine)
    return rows.select_related("region").order_by("name", "pk")


def _mine(user: User, permission: Permission) -> Q:
    """Persons of the user's regions, and those with a spell of the institution the user is bound to."""
    mine = within(user, permission=permission)
    if scope_of(user).bound:
        spells = reached(user, permission) & ~Q(state=EnrolmentState.REJECTED)
        mine |= Q(pk__in=persons_with(spells))
    return mine


def _by_spells(rows: QuerySet[Participant], filters: PersonFilters, seen: Q) -> QuerySet[Participant]:
    month, cell = filters.month_meant, cell_of(filters) & seen
    covered = persons_with(covering(month) & cell)
    proposed = persons_with(overlapping(month) & Q(state=EnrolmentState.PROPOSED) & cell)
    if filters.state == "aktif" or (filters.month and not filters.state and not filters.concern):
        return rows.filter(pk__in=covered)
    if filters.state == "diusulkan":
        return rows.filter(pk__in=proposed).exclude(pk__in=covered)
    if filters.state == "berjalan":
        return rows.filter(Q(pk__in=covered) | Q(pk__in=proposed))
    if filters.state == "berakhir":
        ended = persons_with(Q(state=EnrolmentState.ENDED, last_month__lt=month) & cell)
        return rows.filter(pk__in=ended).exclude(pk__in=covered).exclude(pk__in=proposed)
    if filters.category or filters.funding:
        return rows.filter(pk__in=persons_with(cell & ~Q(state=EnrolmentState.REJECTED)))
    return rows


def _by_concern(rows: QuerySet[Participant], filters: PersonFilters) -> QuerySet[Participant]:
    """Those to be looked at, as long as something runs for them: what has ended is done with."""
    if not filters.concern:
        return rows
    month = filters.month_meant
    unusual = Q(birth_date__lte=born_before_limit(last_day(month)))
    unusual |= Q(birth_date__gt=years_before(last_day(month), USUAL_AGES.start))
    missing = Q(birth_date=None)
    concern = {"usia": unusual, "lahir": missing}.get(filters.concern, unusual | missing)
    running = Q(state__in=[EnrolmentState.ACTIVE, EnrolmentState.PROPOSED])
    return rows.filter(concern, pk__in=persons_with(overlapping(month) & running & cell_of(filters)))


def _by_answers(rows: QuerySet[Participant], filters: PersonFilters, mine: Q) -> QuerySet[Participant]:
    if filters.match_result == "bukan":
        rows = rows.exclude(match_result="valid")
    elif filters.match_result == "belum":
        rows = rows.filter(match_result="")
    elif filters.match_result:
        rows = rows.filter(match_result=filters.match_result)
    if filters.kpj:
        rows = rows.filter(kpj_digest__isnull=filters.kpj != "ada")
    if filters.elsewhere:
        other = paid_elsewhere(filters.month_meant, mine) | paid_twice_here(filters.month_meant)
        rows = rows.filter(other) if filters.elsewhere == "ya" else rows.exclude(other)
    return rows


def _by_stop(rows: QuerySet[Participant], filters: PersonFilters, mine: Q) -> QuerySet[Participant]:
    month, cell = filters.month_meant, cell_of(filters)
    if not filters.batch:
        rows = rows.filter(pk__in=persons_with(overlapping(month) & cell))
    stopped: QuerySet[Any] = with_stops(rows, month, cell, mine)
    if filters.stop == ANY_STOP:
        return stopped
    return stopped.filter(stop__in=REACHED.get(filters.stop, [filters.stop]))


def cell_of(filters: PersonFilters) -> Q:
    cell = Q()
    if filters.category:
        cell &= Q(category_id=filters.category)
    if filters.funding:
        cell &= Q(funding_id=filters.funding)
    return cell


def years_before(day: date, years: int) -> date:
    """The same day years ago; 28 February for one that year did not have."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def born_before_limit(day: date) -> date:
    """Who was born then or earlier is past the age limit on the day."""
    return years_before(day, USUAL_AGES.stop)


def is_past_limit(person: Participant, day: date) -> bool:
    return person.birth_date is not None and person.birth_date <= born_before_limit(day)


def list_chosen(user: User, pks: Iterable[int], *, permission: Permission) -> list[Participant]:
    """Persons by number, without those that are not the user's."""
    rows = Participant.objects.filter(within(user, permission=permission), pk__in=list(pks))
    return list(rows.select_related("region").order_by("name", "pk"))


def get_person(user: User, pk: int) -> Participant | None:
    """One person whom the user may see; None for any other. Raises NotPermitted."""
    rows = Participant.objects.filter(within(user), pk=pk)
    person = rows.select_related("region", "merged_into", "batch", "entered_by").first()
    if person is not None:
        require(user, Permission.VIEW_PERSONS, person.region_id)
    return person


def get_person_of(user: User, pk: int) -> Participant | None:
    """The same, and a person of the institution the user is bound to; of others not even that they exist."""
    if not scope_of(user).bound:
        return get_person(user, pk)
    rows = Participant.objects.filter(_mine(user, Permission.VIEW_PERSONS), pk=pk)
    return rows.select_related("region", "merged_into", "batch", "entered_by").first()


def require_person(user: User, person: Participant, permission: Permission) -> None:
    """`require` for the person's region, or a person of the institution the user is bound to.

    Of others not even that they exist. Raises OutsideScope or NotPermitted.
    """
    scope = scope_of(user)
    if scope.holds(permission, person.region_id):
        return
    if not scope.bound.get(permission):
        require(user, permission, person.region_id)
    if not Participant.objects.filter(_mine(user, permission), pk=person.pk).exists():
        raise OutsideScope(person.pk)


def spells_seen(user: User) -> Q:
    """Which spells of a person the user sees: all, or those of the institution they are bound to."""
    return reached(user, Permission.VIEW_PERSONS) if scope_of(user).bound else Q()


def list_merged(person: Participant) -> list[Participant]:
    """The rows that were found to be this same person."""
    rows = Participant.objects.filter(merged_into=person).select_related("entered_by")
    return list(rows.order_by("pk"))


@dataclass(frozen=True)
class Found:
    """Who has a NIK: the user's own persons; of all others only whether somebody pays this month."""

    persons: list[Participant]
    is_paid_elsewhere: bool


def find_by_nik(user: User, nik: Nik) -> Found:
    """Asks the same questions whatever is found, so that the time of an answer tells nothing."""
    wanted = digests(nik.digits)
    mine = within(user, permission=Permission.VIEW_PERSONS)
    persons = Participant.objects.filter(mine, nik_digest__in=wanted).select_related("region", "merged_into")
    paying = Enrolment.objects.filter(
        covering(first_of(localdate())), participant__nik_digest__in=wanted
    ).exclude(mine)
    return Found(list(persons.order_by("region_id")), paying.exists())


def running_spells(person_ids: Iterable[int]) -> QuerySet[Enrolment]:
    """Spells of this month and later that nothing has ended yet."""
    month = first_of(localdate())
    return spells_of(person_ids).filter(
        Q(last_month=None) | Q(last_month__gte=month),
        state__in=[EnrolmentState.ACTIVE, EnrolmentState.PROPOSED],
    )
