"""Every answer in which persons are seen leaves a note of who saw them: a walk over all addresses."""

import pytest

from participants.models import BatchRow, Participant, PersonReading
from regions.models import Act
from tests.factories import EnrolmentFactory
from tests.house.test_access_table import TABLE, make_addresses
from tests.house.worlds import GOOD, asked, make_world, places_of, used

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
# The exceptions: taking away and opening write an act of their own at once, which says why, and no note.
ACTS = {
    *("person_unmask", "person_export", "person_disclose"),
    *("batch_marked", "batch_row_unmask", "reconciliation_csv", "double_funding_export", "evidence"),
}
NEVER = {"account_logout", "set_language"}


@pytest.fixture(scope="module")
def world(shared_rows):
    """That of the doors, and somebody who is paid for twice."""
    made = make_world(make_addresses)
    cast, _addresses, batch = made
    twice = Participant.objects.get(batch=batch, name="Budi fb")
    EnrolmentFactory(
        participant=twice, category_id="kader", funding_id="apbd_provinsi", entered_by=cast.wayan
    )
    return made


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def signs(world, db):
    """What tells of a person: each name that is stored, and the masked beginning of their numbers."""
    names = {
        *Participant.objects.values_list("name", flat=True),
        *BatchRow.objects.values_list("name", flat=True),
    }
    assert {"Budi fb", "Budi b"} <= names
    return {*names, "367201******"} - {""}


def traces():
    return PersonReading.objects.count(), Act.objects.count()


def walked(world, client_of, signs, people):
    """(Address, method) → whether each answer with persons in it left a note, and whether an act."""
    cast, addresses, batch = world
    data = {"alasan": "Surat Inspektorat nomor 1", "nik": GOOD[0], "bentuk": "xlsx"}
    data["kata"] = "Budi"
    data["orang"] = Participant.objects.get(batch=batch, name="Budi fb").pk
    found = {}
    for one in people:
        client = used(client_of(getattr(cast, one)))
        for name, places in places_of(addresses, batch).items():
            for method in ("GET", "POST"):
                for address in () if name in NEVER else places:
                    before = traces()
                    _response, text, after = asked(client, method, address, data, seen=traces)
                    if any(sign in text for sign in signs):
                        left = (after[0] > before[0], after[1] > before[1])
                        found.setdefault((name, method), set()).add(left)
    return found


def test_every_answer_with_persons_in_it_is_noted(world, cast, signs, client_of):
    found = walked(world, client_of, signs, ("wayan", "admin"))
    silent = {
        place
        for place, left in found.items()
        if not all(acted if place[0] in ACTS else noted for noted, acted in left)
    }
    assert silent == set()
    # The walk came to where persons are seen.
    assert {name for name, _method in found} >= SEEN
    assert {name for name, _method in found} <= set(TABLE)


SEEN = {
    *("person_list", "person_detail", "person_correct", "person_event", "person_privacy", "person_add"),
    *(
        "person_find",
        "person_end_for_age",
        "person_grid",
        "person_unmask",
        "person_export",
        "person_disclose",
    ),
    *("duplicate_list", "duplicate_decide", "overlap_persons", "double_funding_list"),
    *("double_funding_person", "double_funding_letter", "double_funding_export"),
    *("batch_detail", "batch_row", "batch_mend", "batch_marked", "batch_row_unmask"),
    *("reconciliation_detail", "reconciliation_csv", "search", "search_suggest"),
}
