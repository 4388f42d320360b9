"""Everyone asks for every address once: what they get is what the table says, whole numbers of persons leave
by the doors that are meant for it and by no other, and whoever saw persons is noted.
"""

from dataclasses import dataclass

import pytest
from django.urls import resolve

from participants.models import BatchRow, Comment, Participant, PersonReading
from regions.models import Act
from tests.factories import EnrolmentFactory
from tests.house.access_table import PEOPLE, TABLE
from tests.house.access_world import make_addresses
from tests.house.worlds import DATE_WRONG, GOOD, NIK_WRONG, NUMBERS, asked, make_world, places_of, used

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
REASON = {"alasan": "Surat Inspektorat nomor 1", "reason": "Surat Inspektorat nomor 1", "bentuk": "xlsx"}
# Addresses that show numbers whole to those who may, always with an act.
UNMASKING = {
    *("person_unmask", "person_export", "batch_row_unmask", "person_disclose"),
    "double_funding_export",
}
# Its own sender sees the number that is wrong, in order to mend it; whoever works on the list takes the bad
# rows away with a reason.
MENDING = {
    ("batch_row", "GET"): {NIK_WRONG},
    ("batch_mend", "GET"): {NIK_WRONG},
    ("batch_marked", "POST"): {DATE_WRONG, NIK_WRONG},
}
# Whoever types a number sees it in the form that comes back.
TYPED = GOOD[0]
TYPED_INTO = {(name, "POST") for name in ("person_find", "person_add", "person_grid", "batch_row")}


# Taking away and opening write an act of their own at once, which says why, and no note of who saw them.
ACTS = {
    *("person_unmask", "person_export", "person_disclose"),
    *("batch_marked", "batch_row_unmask", "reconciliation_csv", "double_funding_export", "evidence"),
}


@pytest.fixture(scope="module")
def world(shared_rows):
    """That of the access table, and somebody who is paid for twice."""
    made = make_world(make_addresses)
    cast, _addresses, batch = made
    EnrolmentFactory(
        participant=twice_paid(batch), category_id="kader", funding_id="apbd_provinsi", entered_by=cast.wayan
    )
    return made


def twice_paid(batch):
    return Participant.objects.get(batch=batch, name="Budi fb")


@dataclass(frozen=True)
class Answer:
    """What the tests below want to know of one answer."""

    name: str
    method: str
    person: str
    address: str
    status: int
    kept: str
    numbers: frozenset[str]
    # Whether a person is named or numbered in it, and whether it left a note and an act.
    is_personal: bool
    noted: bool
    acted: bool


@pytest.fixture(scope="module")
def answers(world, client_of, walking):
    """What everybody gets at every address, by GET and by POST: one walk for all questions about it."""
    cast, addresses, batch = world
    places = places_of(addresses, batch)
    # Words to look for and persons to ask about: some addresses show nobody without them.
    data = {**REASON, "nik": TYPED, "kata": "Budi", "orang": twice_paid(batch).pk}
    signs = signs_of_persons()
    with walking():
        return [
            answer_to(client, name, method, one, address, data, signs)
            for one in PEOPLE
            for client in [used(client_of(getattr(cast, one)))]
            for name in places
            for method in ("GET", "POST")
            if method == "GET" or name not in {"account_logout", "set_language"}
            for address in places[name]
        ]


def signs_of_persons():
    """What tells of a person: each name that is stored, and the masked beginning of their numbers."""
    names = {
        *Participant.objects.values_list("name", flat=True),
        *BatchRow.objects.values_list("name", flat=True),
    }
    assert {"Budi fb", "Budi b"} <= names
    return {*names, "367201******"} - {""}


def traces():
    return PersonReading.objects.count(), Act.objects.count()


def answer_to(client, name, method, one, address, data, signs):
    before = traces()
    response, text, after = asked(client, method, address, data, seen=traces)
    return Answer(
        name,
        method,
        one,
        address,
        response.status_code,
        response.headers.get("Cache-Control", ""),
        frozenset(number for number in NUMBERS if number in text),
        any(sign in text for sign in signs),
        after[0] > before[0],
        after[1] > before[1],
    )


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def places(world, db):
    _cast, addresses, batch = world
    return places_of(addresses, batch)


@pytest.fixture(scope="module")
def statuses(world, answers):
    """(Name, person) → what an address with arguments that lead to something of Kota A answers to GET."""
    asked_for = set(world[1].items())
    return {
        (answer.name, answer.person): answer.status
        for answer in answers
        if answer.method == "GET" and (answer.name, answer.address) in asked_for
    }


@pytest.mark.parametrize("name", sorted(TABLE))
def test_everyone_gets_what_the_table_says(name, statuses):
    assert {person: statuses[name, person] for person in PEOPLE} == TABLE[name]


def test_no_whole_number_leaves_but_by_its_door(answers):
    leaks = set()
    for answer in answers:
        if answer.name in UNMASKING and answer.method == "POST":
            continue
        place = (answer.name, answer.method)
        whole = answer.numbers - MENDING.get(place, set()) - ({TYPED} if place in TYPED_INTO else set())
        leaks |= {(answer.name, answer.method, answer.person, NUMBERS[number]) for number in whole}
    assert leaks == set()
    assert len(answers) > 2_500


def test_the_sender_alone_sees_the_wrong_number(cast, world, places, client_of):
    _cast, _addresses, _batch = world
    wrong_date, wrong_nik = (places["batch_row"][-2], places["batch_row"][-1])
    seen = {}
    for one in ("wayan", "siti", "anton", "admin"):
        for address in (wrong_date, wrong_nik):
            _response, text, _seen = asked(client_of(getattr(cast, one)), "GET", address, REASON)
            seen[one, address == wrong_nik] = [number for number in NUMBERS if number in text]
    assert seen.pop(("wayan", True)) == [NIK_WRONG]
    assert set(map(tuple, seen.values())) == {()}


def test_unmasking_a_row_needs_the_permission_and_a_reason(cast, places, client_of):
    address = places["batch_row_unmask"][-2]
    said = {one: client_of(getattr(cast, one)).post(address, REASON).status_code for one in PEOPLE}
    allowed = dict.fromkeys(("siti", "anton", "admin"), 200)
    forbidden = dict.fromkeys(("wayan", "ratna", "dewi", "lestari"), 403)
    assert said == allowed | forbidden | {"budi": 404, "nobody": 404}
    before = Act.objects.count()
    assert client_of(cast.siti).post(address, {"alasan": "x"}).status_code == 302
    assert Act.objects.count() == before
    assert DATE_WRONG in client_of(cast.siti).post(address, REASON).content.decode()
    act = Act.objects.latest("pk")
    assert (act.verb, act.detail) == ("unmasked", {"reason": REASON["alasan"]})


def test_nothing_of_persons_is_kept_by_a_browser_or_a_proxy(answers):
    kept, open_to_proxies, cases = set(), set(), 0
    for answer in answers:
        if answer.name == "healthz":
            continue
        cases += 1
        if answer.is_personal and "no-store" not in answer.kept:
            kept.add((answer.name, answer.method))
        if answer.status == 200 and not {"private", "no-store"} & set(answer.kept.split(", ")):
            open_to_proxies.add((answer.name, answer.method, answer.kept))
    assert (kept, open_to_proxies) == (set(), set())
    assert cases > 2_500


# Beginnings of the names of addresses where persons, or people who use the application, stand by name.
PERSONAL = (
    *("person_", "batch_", "duplicate_", "overlap_p", "double_", "reconciliation_"),
    *("user_", "link_", "assignment_", "ledger"),
)


def test_every_address_of_persons_says_no_store_whatever_it_answers(answers):
    # `reconciliation_record` asks for a pack, in which no person is named.
    lacking = {
        (answer.name, answer.method, answer.status)
        for answer in answers
        if answer.person == "admin"
        and answer.name.startswith(PERSONAL)
        and answer.name != "reconciliation_record"
        and "no-store" not in answer.kept
    }
    assert lacking == set()


def test_remarks_are_written_by_those_who_work_there(cast, places, client_of):
    address = places["person_comment"][0]
    said = {}
    for one in PEOPLE:
        said[one] = client_of(getattr(cast, one)).post(address, {"komentar": f"dari {one}"}).status_code
    written = dict.fromkeys(("wayan", "siti", "anton", "admin"), 302)
    forbidden = dict.fromkeys(("ratna", "dewi", "lestari"), 403)
    assert said == written | forbidden | {"budi": 404, "nobody": 404}
    remarks = Comment.objects.exclude(participant=None)
    assert set(remarks.values_list("text", flat=True)) == {f"dari {one}" for one in written}
    shown = client_of(cast.lestari).get(places["person_detail"][0]).content.decode()
    assert "tulis-komentar" not in shown
    assert "tulis-komentar" in client_of(cast.siti).get(places["person_detail"][0]).content.decode()


def test_the_walk_knows_every_address(places):
    assert set(places) == set(TABLE)
    assert all(
        resolve(address.partition("?")[0]).url_name == name for name in places for address in places[name]
    )
    assert len(GOOD) == 4


SEEN = {
    *("person_list", "person_detail", "person_correct", "person_event", "person_privacy", "person_add"),
    *("person_find", "person_end_for_age", "person_grid", "person_unmask", "person_export"),
    "person_disclose",
    *("duplicate_list", "duplicate_decide", "overlap_persons", "double_funding_list"),
    *("double_funding_person", "double_funding_letter", "double_funding_export"),
    *("batch_detail", "batch_row", "batch_mend", "batch_marked", "batch_row_unmask"),
    *("reconciliation_detail", "reconciliation_csv", "search", "search_suggest"),
}


def test_every_answer_with_persons_in_it_is_noted(answers):
    showing = [answer for answer in answers if answer.is_personal]
    silent = {
        (answer.name, answer.method, answer.person)
        for answer in showing
        if not (answer.acted if answer.name in ACTS else answer.noted)
    }
    assert silent == set()
    # The walk came to where persons are seen.
    assert {answer.name for answer in showing if answer.person in {"wayan", "admin"}} >= SEEN
