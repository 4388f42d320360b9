"""Two rows made one person, and parted again: nothing is lost, nothing counts twice."""

from datetime import date

import pytest

from participants.enums import CandidateState
from participants.models import DuplicateCandidate, Participant
from participants.selectors.persons.overlap import get_overlaps
from participants.services.persons.merge import merge_participants, unmerge_participant
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope
from regions.models import Act, Change
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

JULY = date(2025, 7, 1)


@pytest.fixture
def person(cast):
    def make(**values):
        spell = values.pop("spell", {})
        row = ParticipantFactory(entered_by=cast.wayan, **values)
        EnrolmentFactory(participant=row, entered_by=cast.wayan, **spell)
        return row

    return make


def merge(keep, other, by, reason="KTP diperiksa"):
    keep.refresh_from_db()
    other.refresh_from_db()
    return merge_participants(
        keep=keep.pk,
        other=other.pk,
        keep_revision=keep.revision,
        other_revision=other.revision,
        by=by,
        reason=reason,
    )


def roots():
    return dict(Participant.objects.order_by("pk").values_list("pk", "merged_into_id"))


def active(user):
    return get_overlaps(user, KOTA_A, JULY).persons


def test_merging_and_parting_restores_the_counts(person, cast):
    one, two = person(), person(spell={"category_id": "kader"})
    assert active(cast.siti) == 2
    merge(one, two, cast.siti)
    assert (roots(), active(cast.siti)) == ({one.pk: None, two.pk: one.pk}, 1)
    assert unmerge_participant(pk=two.pk, by=cast.siti, reason="keliru") == two
    assert (roots(), active(cast.siti)) == ({one.pk: None, two.pk: None}, 2)
    assert list(two.enrolments.values_list("category", flat=True)) == ["kader"]


def test_rows_never_chain_and_come_back_with_whom_they_went(person, cast):
    one, two, three, four = (person() for _ in range(4))
    merge(two, three, cast.siti)
    merge(one, two, cast.siti)
    assert roots() == {one.pk: None, two.pk: one.pk, three.pk: one.pk, four.pk: None}
    # Naming a merged row means the person it stands for.
    assert merge(four, three, cast.siti) == four
    assert roots() == {one.pk: four.pk, two.pk: four.pk, three.pk: four.pk, four.pk: None}
    unmerge_participant(pk=two.pk, by=cast.siti, reason="keliru")
    assert roots() == {one.pk: four.pk, two.pk: None, three.pk: two.pk, four.pk: None}
    unmerge_participant(pk=three.pk, by=cast.siti, reason="keliru")
    assert roots() == {one.pk: four.pk, two.pk: None, three.pk: None, four.pk: None}
    merge(two, one, cast.siti)
    unmerge_participant(pk=one.pk, by=cast.siti, reason="keliru")
    # The fourth is still the second; what was parted for good does not follow its old companion.
    assert roots() == {one.pk: None, two.pk: None, three.pk: None, four.pk: two.pk}


def test_history_ledger_and_stale_months(person, cast):
    one = person(spell={"first_month": date(2025, 3, 1)})
    two = person(spell={"first_month": date(2024, 5, 1), "last_month": date(2024, 8, 1)})
    proposed = {"category_id": "kader", "first_month": date(2020, 1, 1), "state": "proposed"}
    EnrolmentFactory(participant=two, entered_by=cast.wayan, **proposed)
    Change.objects.all().delete()
    merge(one, two, cast.siti, reason="KTP sama")
    changes = Change.objects.order_by("first_month").values_list("region", "first_month", "last_month")
    assert list(changes) == [
        (KOTA_A, date(2024, 5, 1), date(2024, 8, 1)),
        (KOTA_A, date(2025, 3, 1), None),
    ]
    event = two.events.get()
    assert (event.merged_into_id, event.revision, event.pgh_context.metadata) == (
        None,
        1,
        {"user": cast.siti.pk, "reason": "KTP sama"},
    )
    act = Act.objects.first()
    assert (act.verb, act.actor_name, act.region_code, act.subject, act.detail) == (
        "merged",
        "siti",
        KOTA_A,
        f"orang nomor {two.pk} dan {one.pk}",
        {
            "reason": "KTP sama",
            "rows": 1,
            "counted_months": [["2024-05-01", "2024-08-01"], ["2025-03-01", None]],
        },
    )
    unmerge_participant(pk=two.pk, by=cast.siti, reason="keliru")
    assert Act.objects.first().verb == "unmerged"
    assert Change.objects.count() == 4


def test_the_suspicion_is_settled_and_opens_again(person, cast):
    one, two = person(), person()
    candidate = DuplicateCandidate.objects.create(
        region_id=KOTA_A, first=one, second=two, similarity=1, reasons=[], state=CandidateState.OPEN
    )
    merge(two, one, cast.siti)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.decided_by) == (CandidateState.SAME, cast.siti)
    unmerge_participant(pk=one.pk, by=cast.siti, reason="keliru")
    candidate.refresh_from_db()
    assert (candidate.state, candidate.decided_by) == (CandidateState.OPEN, None)


def test_what_is_refused(person, cast):
    one, two = person(), person()
    elsewhere = person(region_id=KOTA_B, digits=nik_of(1, region="367301"))
    before = roots()
    for refused, who in ((OutsideScope, cast.budi), (NotPermitted, cast.wayan), (NotPermitted, cast.ratna)):
        with pytest.raises(refused):
            merge(one, two, who)
    with pytest.raises(OutsideScope):
        merge(one, elsewhere, cast.siti)
    with pytest.raises(FactRefused, match="wilayah yang sama"):
        merge(one, elsewhere, cast.admin)
    with pytest.raises(FactRefused, match="alasan"):
        merge(one, two, cast.siti, reason=" ")
    with pytest.raises(FactRefused, match="sudah digabung"):
        merge(one, one, cast.siti)
    with pytest.raises(OutsideScope):
        merge_participants(
            keep=one.pk, other=10**9, keep_revision=1, other_revision=1, by=cast.siti, reason="x"
        )
    with pytest.raises(ChangedMeanwhile):
        merge_participants(
            keep=one.pk, other=two.pk, keep_revision=1, other_revision=9, by=cast.siti, reason="x"
        )
    with pytest.raises(FactRefused, match="tidak sedang digabung"):
        unmerge_participant(pk=one.pk, by=cast.siti, reason="x")
    with pytest.raises(OutsideScope):
        unmerge_participant(pk=one.pk, by=cast.budi, reason="x")
    assert roots() == before
