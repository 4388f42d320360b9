"""Who saw which persons: noted with each page, folded into acts, and never waiting for the ledger."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from participants.enums import ReadPage
from participants.models import DuplicateCandidate, PersonReading
from participants.services.persons.reading import MOST_PERSONS, fold_readings, note_reading
from regions.advisory_lock import AdvisoryLock
from regions.models import Act
from regions.selectors.ledger_check import check_ledger
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.ledgers import settle
from tests.participants.batches import send
from tests.participants.made_files import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(cast):
    found = [ParticipantFactory(entered_by=cast.wayan, digits=nik_of(n)) for n in (1, 2, 3)]
    for one in found:
        EnrolmentFactory(participant=one, entered_by=cast.wayan)
    return found


def noted():
    return list(
        PersonReading.objects.order_by("pk").values_list("reader__username", "page", "region_code", "persons")
    )


def acts():
    rows = Act.objects.filter(verb="read").order_by("pk")
    return [(act.actor_name, act.subject, act.region_code, act.detail) for act in rows]


def later(minutes=6):
    return time_machine.travel(now() + timedelta(minutes=minutes))


def test_a_note_says_which_page_it_was_and_whom_it_showed(people, cast, client_of):
    pair = DuplicateCandidate.objects.create(
        region_id=KOTA_A, first=people[0], second=people[1], similarity=1, state="open"
    )
    batch = send([person(9), person(8, nik="12")], cast.wayan)
    row = batch.rows.get(state="refused")
    client = client_of(cast.wayan)
    everybody, both = [one.pk for one in people], [people[0].pk, people[1].pk]
    for address, expected in (
        (reverse("person_list"), (ReadPage.LIST, everybody)),
        (reverse("person_detail", args=[people[0].pk]), (ReadPage.PERSON, [people[0].pk])),
        (reverse("person_correct", args=[people[0].pk]), (ReadPage.PERSON, [people[0].pk])),
        (reverse("person_event", args=[people[0].pk]), (ReadPage.PERSON, [people[0].pk])),
        (reverse("person_privacy", args=[people[0].pk]), (ReadPage.PERSON, [people[0].pk])),
        (f"{reverse('person_add')}?tersimpan={people[0].pk}", (ReadPage.PERSON, [people[0].pk])),
        (
            reverse("person_grid", args=[KOTA_A, "linmas", "apbd_kabkota", "2025-07"]),
            (ReadPage.GRID, everybody),
        ),
        (reverse("duplicate_list"), (ReadPage.DUPLICATES, both)),
        (reverse("duplicate_decide", args=[pair.pk]), (ReadPage.DUPLICATES, both)),
        (reverse("batch_detail", args=[batch.pk]), (ReadPage.BATCH, [])),
        (reverse("batch_row", args=[batch.pk, row.pk]), (ReadPage.OPEN_BATCH_ROW, [])),
    ):
        PersonReading.objects.all().delete()
        assert client.get(address).status_code == 200
        assert noted() == [("wayan", expected[0], KOTA_A, expected[1])], address
    assert PersonReading.objects.get().document == batch.pk
    PersonReading.objects.all().delete()
    client.post(reverse("person_find"), {"nik": nik_of(1)})
    assert noted() == [("wayan", "look_up", KOTA_A, [people[0].pk])]


def test_the_page_of_a_person_is_noted_where_the_person_is(people, cast, client_of):
    """A reader of the whole country leaves the note in the region whose person was seen."""
    client = client_of(cast.admin)
    for name in ("person_detail", "person_correct", "person_event", "person_privacy"):
        PersonReading.objects.all().delete()
        client.get(reverse(name, args=[people[0].pk]))
        assert noted() == [("admin", ReadPage.PERSON, KOTA_A, [people[0].pk])], name


def test_seeing_nobody_leaves_nothing(cast, client_of):
    client_of(cast.wayan).get(reverse("person_list"))
    assert noted() == []


def test_readings_of_minutes_become_one_act_for_each_kind(people, cast, client_of):
    client = client_of(cast.wayan)
    for one in people[:2]:
        client.get(reverse("person_detail", args=[one.pk]))
    client.get(reverse("person_list"))
    client_of(cast.siti).get(reverse("person_list"))
    assert (fold_readings(), acts()) == (0, [])
    with later():
        assert fold_readings() == 3
        assert fold_readings() == 0
    told = {
        (who, subject): (where, detail["pages"], detail["count"], detail["persons"])
        for who, subject, where, detail in acts()
    }
    everybody = [one.pk for one in people]
    assert told == {
        ("wayan", "halaman peserta"): (KOTA_A, 2, 2, everybody[:2]),
        ("wayan", "daftar peserta"): (KOTA_A, 1, 3, everybody),
        ("siti", "daftar peserta"): (KOTA_A, 1, 3, everybody),
    }
    assert not PersonReading.objects.exists()
    settle()
    assert check_ledger().faults == []
    page = client_of(cast.lestari).get(reverse("ledger")).content.decode()
    assert "membaca data halaman peserta" in page


def test_one_act_names_a_thousand_at_most(cast):
    note_reading(by=cast.wayan, page=ReadPage.LIST, persons=range(1, MOST_PERSONS + 11))
    with later():
        assert fold_readings() == 2
    assert [len(detail["persons"]) for *_rest, detail in acts()] == [MOST_PERSONS, 10]


@pytest.mark.django_db(transaction=True)
def test_a_busy_ledger_keeps_no_page_waiting(client_of):
    """Somebody holds the one lock of the ledger: pages come, what was seen is noted, the act comes later."""
    load_test_reference()
    cast = make_cast()
    people = [ParticipantFactory(entered_by=cast.wayan, digits=nik_of(1))]
    held, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AdvisoryLock.LEDGER])
            held.set()
            let_go.wait(30)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        client, answered = client_of(cast.wayan), []

        def look():
            answered.append(client.get(reverse("person_list")).status_code)
            answered.append(client.get(reverse("person_detail", args=[people[0].pk])).status_code)
            connections.close_all()

        reader = threading.Thread(target=look)
        reader.start()
        reader.join(20)
        assert answered == [200, 200]
        assert PersonReading.objects.count() == 2
    finally:
        let_go.set()
        holder.join()
    with later():
        assert fold_readings() == 2


def test_a_page_pays_one_statement_for_it(people, cast, client_of):
    client = client_of(cast.wayan)
    client.get(reverse("person_list"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("person_list"))
    of_readings = [one["sql"] for one in queries if "personreading" in one["sql"]]
    assert len(of_readings) == 1
    assert not any("regions_act" in one["sql"] for one in queries)
