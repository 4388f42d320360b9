"""From proposed to active: each person at one stop, counted as a loop over the rows counts them."""

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants.enums import EnrolmentState, MatchResult, Stop
from participants.forms.person import query_of
from participants.models import DuplicateCandidate, Enrolment, Participant
from participants.selectors.persons.funnel import list_funnel, month_funnel, month_of_list
from participants.selectors.persons.person import PersonFilters, list_persons
from regions.cipher import digest, seal
from regions.models import Institution
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.pages import page_of
from tests.participants.batches import send, store
from tests.participants.made_files import person

pytestmark = pytest.mark.django_db
AUGUST = date(2025, 8, 1)
PROPOSED = {"state": EnrolmentState.PROPOSED}


@pytest.fixture(autouse=True)
def _august():
    with time_machine.travel("2025-08-20 10:00+07:00", tick=False):
        yield


def listed(by, serial, region=KOTA_A, *, spell=None, kpj=False, **changes):
    if kpj:
        number = f"{serial:011}"
        changes |= {"kpj_digest": digest(number), "kpj_sealed": seal(number)}
    digits = changes.pop("digits", nik_of(serial))
    one = ParticipantFactory(
        name=f"Orang {chr(64 + serial)}", digits=digits, region_id=region, entered_by=by, **changes
    )
    EnrolmentFactory(participant=one, entered_by=by, **(spell or {}))
    return one


@pytest.fixture
def dinas():
    return Institution.objects.create(code="dinas-uji", name="Dinas Uji", kind="opd", region_id=KOTA_A)


@pytest.fixture
def month(cast, dinas):
    """One person or row at each stop of August, two where it says so."""
    wayan, valid = cast.wayan, {"match_result": "valid", "matched_on": date(2025, 8, 10)}
    listed(wayan, 1)
    listed(wayan, 2, match_result="name_differs", spell={"institution": dinas})
    listed(wayan, 3, **valid)
    listed(cast.budi, 3, KOTA_B, digits=nik_of(3))
    twice = listed(wayan, 4, **valid)
    EnrolmentFactory(participant=twice, entered_by=wayan, funding_id="apbd_provinsi")
    listed(wayan, 5, **valid)
    listed(wayan, 6, kpj=True, spell=PROPOSED, **valid)
    listed(wayan, 7, kpj=True, **valid)
    listed(wayan, 8, kpj=True, **valid, spell={"category_id": "kader"})
    ended = {"state": EnrolmentState.ENDED, "last_month": date(2025, 3, 1), "ended_by": "resigned"}
    listed(wayan, 9, kpj=True, spell=ended, **valid)
    listed(wayan, 10, spell={"state": EnrolmentState.REJECTED, "reason": "uji"})
    listed(wayan, 11, match_result="deceased", matched_on=date(2025, 7, 1))
    rows = [person(20), person(21, nik="12"), person(22, name="")]
    return send(rows, wayan, institution="dinas-uji")


def stops_of(steps):
    return {loss.stop: loss.persons for step in steps for loss in step.losses if loss.persons}


def test_a_month(cast, month):
    steps = month_funnel(cast.wayan, KOTA_A, AUGUST)
    assert [step.count for step in steps] == [13, 12, 9, 6, 4, 3, 2]
    assert stops_of(steps) == {
        Stop.NIK: 1,
        Stop.ROW: 1,
        Stop.APPROVAL: 1,
        Stop.OUT: 1,
        Stop.UNMATCHED: 1,
        Stop.MISMATCHED: 1,
        Stop.DECEASED: 1,
        Stop.DOUBLE: 2,
        Stop.UNREGISTERED: 1,
        Stop.PROPOSED: 1,
    }


def test_who_has_to_act_and_since_when(cast, month):
    told = {
        loss.stop: (loss.owners, loss.since, loss.covered, [pk for pk, _count in loss.lists])
        for step in month_funnel(cast.wayan, KOTA_A, AUGUST)
        for loss in step.losses
    }
    today, answered, city = date(2025, 8, 20), date(2025, 8, 10), "Operator Kota Cilegon"
    assert told == {
        Stop.NIK: ([("Dinas Uji", 1)], today, 0, [month.pk]),
        Stop.ROW: ([("Dinas Uji", 1)], today, 0, [month.pk]),
        Stop.APPROVAL: ([(city, 1)], today, 0, [month.pk]),
        Stop.OUT: ([("", 1)], today, 0, []),
        Stop.UNMATCHED: ([(city, 1)], today, 1, []),
        Stop.MISMATCHED: ([("Dinas Uji", 1)], today, 1, []),
        Stop.DECEASED: ([(city, 1)], today, 1, []),
        Stop.DOUBLE: ([(city, 2)], today, 2, []),
        Stop.UNREGISTERED: ([("Cabang A", 1)], today, 1, []),
        Stop.PROPOSED: ([(city, 1)], today, 0, []),
        Stop.PARTIAL: ([], None, 0, []),
    }
    Enrolment.objects.update(entered_at="2025-02-03T02:00Z")
    later = {
        loss.stop: loss.since for step in month_funnel(cast.wayan, KOTA_A, AUGUST) for loss in step.losses
    }
    assert (later[Stop.UNMATCHED], later[Stop.DECEASED]) == (date(2025, 2, 3), date(2025, 7, 1))
    assert (later[Stop.DOUBLE], later[Stop.PROPOSED]) == (answered, answered)


def test_a_category_and_another_month(cast, month):
    kader = month_funnel(cast.wayan, KOTA_A, AUGUST, "kader")
    assert [step.count for step in kader] == [1] * 7
    before = month_funnel(cast.wayan, KOTA_A, date(2024, 12, 1))
    assert [step.count for step in before] == [0] * 7
    march = month_funnel(cast.wayan, KOTA_A, date(2025, 3, 1), "linmas")
    # Who ended in March still counts there; where Kota B pays is looked up for this month alone.
    assert [step.count for step in march] == [13, 12, 9, 6, 4, 3, 2]


def test_the_stranger_counts_nobody_of_another_region(cast, month):
    assert [step.count for step in month_funnel(cast.budi, KOTA_A, AUGUST)] == [0] * 7


def test_every_number_is_the_length_of_its_list(cast, month, client_of):
    steps = month_funnel(cast.wayan, KOTA_A, AUGUST)
    for before, after in pairwise(steps):
        assert before.count - sum(loss.persons for loss in before.losses) == after.count
    asked = [(step.filters, step.count) for step in steps]
    asked += [(loss.filters, loss.persons) for step in steps for loss in step.losses]
    client, seen = client_of(cast.wayan), 0
    for filters, count in asked:
        if filters:
            page = client.get(f"{reverse('person_list')}?{query_of(filters)}").context["page"]
            assert page.paginator.count == count, filters
            seen += 1
    assert seen == 13
    for ending, count in (("?sebab=nik", 1), ("?keadaan=refused", 2)):
        page = client.get(reverse("batch_detail", args=[month.pk]) + ending).context["page"]
        assert page.paginator.count == count


def test_a_suspected_pair_is_double_until_somebody_decides(cast):
    one = listed(cast.wayan, 1, match_result="valid")
    two = listed(cast.wayan, 2, match_result="valid")
    pair = DuplicateCandidate.objects.create(
        region_id=KOTA_A, first=one, second=two, similarity=1, state="open"
    )
    assert stops_of(month_funnel(cast.wayan, KOTA_A, AUGUST)) == {Stop.DOUBLE: 2}
    pair.state = "different"
    pair.save()
    assert stops_of(month_funnel(cast.wayan, KOTA_A, AUGUST)) == {Stop.UNREGISTERED: 2}


def test_a_list_before_and_after_its_approval(cast, dinas):
    rows = [person(1), person(2), person(2), person(3, nik="12"), person(4, name="")]
    waiting = send(rows, cast.wayan, institution="dinas-uji")
    assert stops_of(list_funnel(cast.wayan, waiting, AUGUST)) == {
        Stop.NIK: 1,
        Stop.ROW: 1,
        Stop.APPROVAL: 2,
    }
    stored = store([*rows, person(9)], cast.wayan, institution="dinas-uji")
    steps = list_funnel(cast.wayan, stored, AUGUST)
    assert [step.count for step in steps] == [5, 4, 3, 0, 0, 0, 0]
    assert stops_of(steps) == {Stop.NIK: 1, Stop.ROW: 1, Stop.UNMATCHED: 3}
    Participant.objects.update(match_result="valid")
    Enrolment.objects.update(last_month=date(2025, 6, 1), state="ended", ended_by="resigned")
    assert stops_of(list_funnel(cast.wayan, stored, AUGUST))[Stop.OUT] == 3
    june = date(2025, 6, 1)
    # They share a day of birth and nearly a name.
    assert stops_of(list_funnel(cast.wayan, stored, june))[Stop.DOUBLE] == 3
    DuplicateCandidate.objects.update(state="different")
    assert stops_of(list_funnel(cast.wayan, stored, june))[Stop.UNREGISTERED] == 3
    assert stops_of(list_funnel(cast.budi, stored, AUGUST)) == {}


def test_a_list_whose_rows_were_emptied_is_known_by_its_spells(cast):
    stored = store([person(1), person(2)], cast.wayan)
    stored.rows.update(nik_digest=None, nik_sealed=None, name="")
    assert stops_of(list_funnel(cast.wayan, stored, AUGUST)) == {Stop.UNMATCHED: 2}


@pytest.mark.parametrize(
    ("first", "last", "month"),
    [((2025, 1), None, (2025, 8)), ((2025, 1), (2025, 3), (2025, 3)), ((2026, 1), (2026, 3), (2026, 1))],
)
def test_the_month_of_a_list(cast, first, last, month):
    months = {"first_month": date(*first, 1), "last_month": date(*last, 1) if last else None}
    assert month_of_list(send([person(1)], cast.wayan, **months)) == date(*month, 1)


def test_the_list_of_a_stop_says_who_has_to_act(cast, month, client_of):
    client = client_of(cast.wayan)
    asked = {"wilayah": KOTA_A, "bulan": "2025-08", "tahap": "tanpa_kpj"}
    page = page_of(client.get(reverse("person_list"), asked))
    assert "Orang E" in page
    assert "Cabang A" in page
    assert "20/08/2025" in page
    file = b"".join(client.get(reverse("person_export"), asked)).decode()
    assert "Di tahap ini sejak" in file
    assert "tanpa nomor KPJ,Cabang A,20/08/2025" in file


def test_pages(cast, month, client_of):
    client = client_of(cast.wayan)
    page = page_of(client.get(reverse("person_funnel"), {"wilayah": KOTA_A, "periode": "2025-08"}))
    assert f"{reverse('batch_detail', args=[month.pk])}?sebab=nik#baris" in page
    assert "tahap=tanpa_kpj" in page
    address = reverse("batch_funnel", args=[month.pk])
    assert "3 daftarnya belum disetujui" not in page_of(client.get(address))
    assert "<html" not in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert client.get(address, {"periode": "x"}).status_code == 404
    assert client.get(reverse("person_funnel"), {"kategori": "entah"}).status_code == 200


crowd = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from([KOTA_A, KOTA_A, KOTA_B]),
            "match": st.sampled_from(["", "valid", "valid", "name_differs", "deceased"]),
            "kpj": st.booleans(),
            "same": st.booleans(),
            "merged": st.booleans(),
            "spells": st.lists(
                st.tuples(
                    st.sampled_from(["linmas", "kader"]),
                    st.sampled_from(["active", "ended", "proposed", "rejected"]),
                    st.integers(5, 9),
                    st.integers(0, 3),
                ),
                max_size=3,
            ),
        }
    ),
    max_size=7,
)


def made(crowd, by):
    """Persons with their spells; a flagged one has the NIK of the last in the other region, or was merged."""
    people, last, taken = [], {}, set()
    for number, one in enumerate(crowd):
        other = last.get(KOTA_B if one["region"] == KOTA_A else KOTA_A)
        serial = other if one["same"] and other and (other, one["region"]) not in taken else number + 1
        taken.add((serial, one["region"]))
        last[one["region"]] = serial
        kpj = {"kpj_digest": digest("1"), "kpj_sealed": seal("1")} if one["kpj"] else {}
        row = ParticipantFactory(
            digits=nik_of(serial), region_id=one["region"], entered_by=by, match_result=one["match"], **kpj
        )
        roots = [root for root, said in people if said["region"] == one["region"] and not root.merged_into_id]
        if one["merged"] and roots:
            row.merged_into = roots[0]
            row.save()
        for order, (category, state, first, length) in enumerate(one["spells"]):
            EnrolmentFactory(
                participant=row,
                entered_by=by,
                category_id=category,
                funding_id=("apbd_kabkota", "apbn", "csr")[order],
                state=state,
                first_month=date(2025, first, 1),
                last_month=date(2025, first + length, 1),
                ended_by="duty_ended",
                reason="uji",
            )
        people.append((row, one))
    return people


def by_hand(region, category):
    """Person by person, spell by spell."""
    found = Counter()
    for one in Participant.objects.filter(region=region, merged_into=None):
        rows = [one, *one.merged.all()]
        spells = [
            spell
            for row in rows
            for spell in row.enrolments.all()
            if spell.first_month <= AUGUST <= spell.last_month
        ]
        cell = [spell for spell in spells if category in {"", spell.category_id}]
        paid = {spell.funding_id for spell in spells if spell.state in {"active", "ended"}}
        same = Participant.objects.filter(nik_digest=one.nik_digest).exclude(region=region)
        elsewhere = any(
            spell.state in {"active", "ended"} and spell.first_month <= AUGUST <= spell.last_month
            for row in same
            for spell in row.enrolments.all()
        )
        states = {spell.state for spell in cell}
        if not cell:
            continue
        if states == {"rejected"}:
            found[Stop.OUT] += 1
        elif one.match_result != MatchResult.VALID:
            found[{"": Stop.UNMATCHED, "deceased": Stop.DECEASED}.get(one.match_result, Stop.MISMATCHED)] += 1
        elif elsewhere or len(paid) > 1:
            found[Stop.DOUBLE] += 1
        elif one.kpj_digest is None:
            found[Stop.UNREGISTERED] += 1
        else:
            found[Stop.ACTIVE if states & {"active", "ended"} else Stop.PROPOSED] += 1
    return dict(found)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(crowd)
def test_as_a_loop_counts(cast, crowd):
    with transaction.atomic():
        made(crowd, cast.admin)
        for region in (KOTA_A, KOTA_B):
            for category in ("", "linmas"):
                steps = month_funnel(cast.admin, region, AUGUST, category)
                wanted = by_hand(region, category)
                active = {Stop.ACTIVE: steps[-1].count} if steps[-1].count else {}
                assert stops_of(steps) | active == wanted
                assert steps[0].count == sum(wanted.values())
        transaction.set_rollback(True)


def test_who_lacks_a_programme_stops_before_active(cast):
    valid = {"match_result": "valid", "matched_on": date(2025, 8, 10)}
    lacking = listed(cast.wayan, 1, kpj=True, spell={"programmes": ["jkk"]}, **valid)
    listed(cast.wayan, 2, kpj=True, spell={"programmes": ["jkk", "jkm", "jht"]}, **valid)
    steps = month_funnel(cast.wayan, KOTA_A, AUGUST)
    assert (steps[-2].count, steps[-1].count) == (2, 1)
    (loss,) = (one for one in steps[-2].losses if one.persons)
    assert (loss.stop, loss.covered, loss.owners) == (Stop.PARTIAL, 0, [("Operator Kota Cilegon", 1)])
    assert list(list_persons(cast.wayan, loss.filters)) == [lacking]


def test_a_list_of_no_stop_filters_as_before(cast, month):
    filters = PersonFilters(region_code=KOTA_A, batch=str(month.pk))
    assert list_persons(cast.wayan, filters).count() == 0
