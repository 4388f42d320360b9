"""The one pass over spells: its plan, and that it counts what going through every month counts."""

import json
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from participants.models import Category, Enrolment, Participant
from participants.selectors.persons.months import Persons, count_named, counting_statement
from regions.month import add_months, months_between
from regions.region_months import RegionMonths
from reports.services import recompute
from tests.cast import KOTA_A
from tests.factories import EnrolmentFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
JANUARY, DECEMBER = date(2025, 1, 1), date(2025, 12, 1)


def _nodes(plan):
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def test_the_pass_over_spells_hashes_and_never_loops(cast):
    for _person in range(30):
        EnrolmentFactory(participant=ParticipantFactory(entered_by=cast.wayan), entered_by=cast.wayan)
    statement, values = counting_statement(RegionMonths(JANUARY, DECEMBER, (KOTA_A,)), persons=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE participants_enrolment, participants_participant")
        cursor.execute(recompute.HASHING.format("off"))
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        (plan,) = cursor.fetchone()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    assert "Nested Loop" not in {node["Node Type"] for node in _nodes(plan[0]["Plan"])}


SPELLS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.sampled_from(["linmas", "nelayan", "pekerja_rentan"]),
        st.sampled_from(["apbd_kabkota", "csr"]),
        st.integers(-3, 14),
        st.integers(0, 9) | st.none(),
    ),
    max_size=14,
)


@bounds(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spells=SPELLS, merged=st.integers(0, 3))
def test_one_pass_counts_what_going_through_every_month_counts(spells, merged, cast):
    Enrolment.objects.all().delete()
    Participant.objects.update(merged_into=None)
    Participant.objects.all().delete()
    people = [ParticipantFactory(entered_by=cast.wayan) for _person in range(5)]
    for person in people[1 : 1 + merged]:
        Participant.objects.filter(pk=person.pk).update(merged_into=people[0])
    stored = _store(spells, people, cast)
    vulnerable = set(Category.objects.filter(is_vulnerable=True).values_list("code", flat=True))
    found = count_named(RegionMonths(JANUARY, DECEMBER, (KOTA_A,)))
    cells = found.by_cell()
    for month in months_between(JANUARY, DECEMBER):
        there = [
            (0 if 1 <= person <= merged else person, *cell)
            for person, *cell, first, last in stored
            if first <= month and (last is None or last >= month)
        ]
        expected: dict = {}
        for person, category, funding in set(there):
            expected.setdefault((category, funding), set()).add(person)
        counted = cells.get(month, {}).get(KOTA_A, {})
        assert counted == {cell: len(persons) for cell, persons in expected.items()}
        few = {person for person, category, _funding in there if category in vulnerable}
        whole = {person for person, *_cell in there}
        persons = found.persons.get(month, {}).get(KOTA_A)
        assert persons == (Persons(len(whole), len(few)) if whole else None)


def _store(spells, people, cast):
    """Those that the database would take: no two of one row, category and payer in one month."""
    stored = []
    for person, category, funding, begin, length in spells:
        first = add_months(JANUARY, begin)
        last = None if length is None else add_months(first, length)
        overlapping = any(
            one[:3] == (person, category, funding)
            and (one[4] is None or one[4] >= first)
            and (last is None or one[3] <= last)
            for one in stored
        )
        if not overlapping:
            EnrolmentFactory(
                participant=people[person],
                entered_by=cast.wayan,
                category_id=category,
                funding_id=funding,
                first_month=first,
                last_month=last,
            )
            stored.append((person, category, funding, first, last))
    return stored
