"""Persons as lists and files show them: each with its spells, and with its stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from participants.enums import EnrolmentState, Stop
from participants.models import Enrolment, Participant
from participants.selectors.persons.person import PersonFilters, is_past_limit
from participants.selectors.persons.stop_owner import Owners, Whose
from regions.month import last_day


@dataclass(frozen=True)
class ListedPerson:
    """A person with the spells that a list shows: those of the month, or else all of them."""

    person: Participant
    spells: list[Enrolment]
    is_past_limit: bool
    # Where a list of stops was asked for: the stop in words, who has to act, and since when.
    stop: str = ""
    owner: str = ""
    since: date | None = None
    # The columns of fields of the office's own.
    extras: tuple[str, ...] = ()


def with_spells(
    persons: Iterable[Participant], filters: PersonFilters, seen: Q | None = None
) -> list[ListedPerson]:
    """Two questions whatever the number of persons; of their spells those `seen`, or all."""
    found = list(persons)
    survivors = {person.pk: person.pk for person in found}
    merged = Participant.objects.filter(merged_into__in=survivors.copy())
    survivors.update(merged.values_list("pk", "merged_into_id"))
    by_person: dict[int, list[Enrolment]] = {}
    spells = Enrolment.objects.filter(seen or Q(), participant__in=survivors)
    spells = spells.exclude(state=EnrolmentState.REJECTED)
    # Few categories and sources of funds stand in many rows: fetched once, not joined to each.
    for spell in spells.prefetch_related("category", "funding", "payer").order_by("-first_month", "-pk"):
        by_person.setdefault(survivors[spell.participant_id], []).append(spell)
    stops = _stops(found) if filters.stop else {}
    return [
        ListedPerson(
            person,
            _shown(by_person.get(person.pk, []), filters),
            is_past_limit(person, last_day(filters.month_meant)),
            *stops.get(person.pk, ()),
        )
        for person in found
    ]


def _stops(persons: Iterable[Any]) -> dict[int, tuple[str, str, date | None]]:
    """What `list_persons` told of each person beside the columns, in words."""
    tasks = {one.pk: Whose(Stop(one.stop), one.region_id, one.sender or "") for one in persons}
    owners = Owners.of(tasks.values())
    return {one.pk: (str(tasks[one.pk].stop.label), owners.name(tasks[one.pk]), one.since) for one in persons}


def _shown(spells: list[Enrolment], filters: PersonFilters) -> list[Enrolment]:
    month = filters.month_meant
    wanted = [
        spell
        for spell in spells
        if filters.category in {"", spell.category_id} and filters.funding in {"", spell.funding_id}
    ]
    current = [
        spell
        for spell in wanted
        if spell.first_month <= month and (spell.last_month is None or spell.last_month >= month)
    ]
    return current or wanted
