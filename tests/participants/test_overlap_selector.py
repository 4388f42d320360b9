"""The matrix of categories against a count by hand over random histories."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.models import Enrolment, OverlapAllowance, Participant
from participants.selectors.persons.overlap import get_overlaps, list_overlapping
from regions.errors import NotPermitted, OutsideScope
from regions.month import add_months
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

JULY = date(2025, 7, 1)
CATEGORIES = ("linmas", "adhoc_kpu", "kader", "rt_rw", "nelayan")

spell = st.fixed_dictionaries(
    {
        "category_id": st.sampled_from(CATEGORIES),
        "state": st.sampled_from(["active", "ended", "proposed", "rejected"]),
        "start": st.integers(-3, 3),
        "length": st.integers(0, 4),
    }
)
people = st.lists(
    st.tuples(st.sampled_from([KOTA_A, KOTA_A, KOTA_B]), st.lists(spell, max_size=4), st.booleans()),
    max_size=8,
)


def store(history, by):
    """Persons with their spells; a flagged one is merged into the first person of the region."""
    roots = {}
    for number, (region, spells, merged) in enumerate(history):
        row = ParticipantFactory(
            digits=nik_of(number + 1, region=f"{region[:2]}{region[3:]}01"), region_id=region, entered_by=by
        )
        if merged and region in roots:
            Participant.objects.filter(pk=row.pk).update(merged_into=roots[region])
        roots.setdefault(region, row)
        for order, one in enumerate(spells):
            first = add_months(JULY, one["start"])
            EnrolmentFactory(
                participant=row,
                entered_by=by,
                category_id=one["category_id"],
                funding_id=("apbd_kabkota", "apbn", "csr", "add")[order],
                state=one["state"],
                first_month=first,
                last_month=add_months(first, one["length"]),
                ended_by="duty_ended",
                reason="uji",
            )


def by_hand(region):
    """Person → categories, row by row."""
    held = {}
    for row in Enrolment.objects.select_related("participant"):
        person = row.participant.merged_into_id or row.participant_id
        counts = row.state in {"active", "ended"} and row.first_month <= JULY <= row.last_month
        if counts and row.participant.region_id == region:
            held.setdefault(person, set()).add(row.category_id)
    return held


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=people)
def test_the_matrix_is_what_a_count_by_hand_gives(cast, history):
    Enrolment.objects.all().delete()
    Participant.objects.update(merged_into=None)
    Participant.objects.all().delete()
    store(history, cast.siti)
    held = by_hand(KOTA_A)
    allowed = {frozenset(pair) for pair in OverlapAllowance.objects.values_list("first", "second")}
    counts = Counter(frozenset(pair) for own in held.values() for pair in combinations(sorted(own), 2))
    unexpected = [
        person
        for person, own in held.items()
        if any(frozenset(pair) not in allowed for pair in combinations(own, 2))
    ]
    got = get_overlaps(cast.siti, KOTA_A, JULY)
    assert (got.persons, got.overlapping, got.unexpected) == (
        len(held),
        sum(len(own) > 1 for own in held.values()),
        len(unexpected),
    )
    assert {frozenset([p.first.pk, p.second.pk]): p.persons for p in got.pairs} == counts
    assert {frozenset([p.first.pk, p.second.pk]) for p in got.pairs if p.expected} == set(counts) & allowed
    for pair in counts:
        listed = list_overlapping(cast.siti, KOTA_A, JULY, pair)
        assert {person.pk for person in listed} == {one for one, own in held.items() if pair <= own}


def test_scope(cast):
    for refused, who in ((OutsideScope, cast.budi), (NotPermitted, cast.ratna), (NotPermitted, cast.dewi)):
        with pytest.raises(refused):
            get_overlaps(who, KOTA_A, JULY)
        with pytest.raises(refused):
            list_overlapping(who, KOTA_A, JULY, ["linmas"])
