"""Looking up by NIK: enough for work, too little for trying numbers out."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.test import override_settings
from django.urls import reverse
from django.utils.timezone import now

from participants.errors import PersonRefused
from participants.models import LookUp
from participants.nik import Nik
from participants.services.persons.look_up import forget_look_ups, look_up
from participants.services.persons.reading import fold_readings
from regions.models import Act
from reports.selectors.tasks.alert import list_alerts
from tests.cast import make_cast
from tests.conftest import load_test_reference
from tests.factories import ParticipantFactory, nik_of

pytestmark = pytest.mark.django_db


def others(number):
    """NIK of different days of birth: nothing alike in them."""
    return nik_of(number + 1, birth=f"{number % 28 + 1:02}{number // 28 % 12 + 1:02}65")


def ask(client, digits):
    response = client.post(reverse("person_find"), {"nik": digits})
    return response.status_code, " ".join(response.content.decode().split())


def outcomes(user):
    return list(LookUp.objects.filter(reader=user).order_by("pk").values_list("outcome", flat=True))


def test_ten_misses_in_ten_minutes_and_no_more(cast, client_of):
    client = client_of(cast.wayan)
    assert [ask(client, others(number))[0] for number in range(10)] == [200] * 10
    status, page = ask(client, others(11))
    assert (status, "Terlalu banyak NIK dicari" in page) == (429, True)
    assert outcomes(cast.wayan) == ["missed"] * 10 + ["refused"]
    # Another person is not kept from theirs.
    assert ask(client_of(cast.siti), others(1))[0] == 200
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert ask(client, others(12))[0] == 200


def test_sixty_in_an_hour_and_no_more(cast, client_of):
    people = [ParticipantFactory(entered_by=cast.wayan, digits=others(number)) for number in range(61)]
    assert len(people) == 61
    client = client_of(cast.wayan)
    assert {ask(client, others(number))[0] for number in range(60)} == {200}
    assert ask(client, others(60))[0] == 429
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert ask(client, others(60))[0] == 200


def test_the_settings_hold(cast, client_of):
    client = client_of(cast.wayan)
    with override_settings(MISSED_LOOK_UPS=2):
        assert [ask(client, others(number))[0] for number in range(3)] == [200, 200, 429]


def test_successive_numbers_are_refused_at_the_fourth(cast, client_of):
    """The attack: sixty serials of one district and day of birth, of which one is somebody's."""
    ParticipantFactory(entered_by=cast.wayan, digits=nik_of(30))
    client = client_of(cast.wayan)
    said = [ask(client, nik_of(serial)) for serial in range(1, 61)]
    assert [status for status, _page in said] == [200] * 3 + [429] * 57
    assert all("jangan mencoba-coba" in page for _status, page in said[3:])
    assert not any("Orang Uji" in page for _status, page in said)
    # One of those answered before may be asked again.
    assert ask(client, nik_of(2))[0] == 200


def test_refusals_are_an_alert_to_those_who_read_the_ledger(cast, client_of):
    client = client_of(cast.wayan)
    for serial in range(1, 8):
        ask(client, nik_of(serial))
    for who, expected in {"siti": 1, "admin": 1, "lestari": 1, "wayan": 0, "anton": 1, "budi": 0}.items():
        found = [one.sentence for one in list_alerts(getattr(cast, who)) if one.kind == "look_ups"]
        assert len(found) == expected, who
        assert all(sentence.startswith("Wayan: 4 pencarian NIK ditolak") for sentence in found)


def test_look_ups_and_refusals_leave_acts_without_the_number(cast, client_of):
    person = ParticipantFactory(entered_by=cast.wayan, digits=nik_of(1))
    client = client_of(cast.wayan)
    for serial in range(1, 6):
        ask(client, nik_of(serial))
    with time_machine.travel(now() + timedelta(minutes=6)):
        fold_readings()
    told = {act.subject: act.detail for act in Act.objects.filter(verb="read")}
    assert {subject: (one["pages"], one.get("persons")) for subject, one in told.items()} == {
        "pencarian NIK": (3, [person.pk]),
        "pencarian NIK yang ditolak": (2, None),
    }
    assert nik_of(1)[6:12] not in str(told)


def test_the_days_rows_are_forgotten(cast, client_of):
    ask(client_of(cast.wayan), nik_of(1))
    assert forget_look_ups() == 0
    with time_machine.travel(now() + timedelta(days=2)):
        assert forget_look_ups() == 1
    assert not LookUp.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_over_processes():
    """Twenty at once, each with a connection of its own as processes have: ten are answered."""
    load_test_reference()
    cast = make_cast()
    said, gate = [], threading.Barrier(20)

    def one(number):
        gate.wait()
        try:
            look_up(nik=Nik(others(number)), by=cast.wayan)
            said.append("answered")
        except PersonRefused:
            said.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["answered"] * 10 + ["refused"] * 10
