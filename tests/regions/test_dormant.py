"""Accounts that nobody uses are refused and switched off; example people work among examples only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from regions.enums import Verb
from regions.models import Act, User
from regions.selectors.dormant import must_rest
from regions.selectors.people import PeopleFilter, list_people_of
from regions.services.account import reactivate
from regions.services.dormant import rest_dormant
from regions.services.example_user import ensure_example_users
from regions.signins import EXAMPLE_PASSWORD
from tests.administrators import administrator
from tests.regions.signing import is_in, sign_in

pytestmark = pytest.mark.django_db


def unused(*people, days=91):
    User.objects.filter(pk__in=[person.pk for person in people]).update(
        last_login=now() - timedelta(days=days), date_joined=now() - timedelta(days=400)
    )
    for person in people:
        person.refresh_from_db()


def told(client):
    return client.get("/akun/masuk/").content.decode()


def test_after_ninety_days_the_right_password_is_answered_with_a_sentence(cast, client):
    unused(cast.wayan)
    unused(cast.siti, days=89)
    sign_in(client, "wayan")
    assert not is_in(client)
    assert "Akun ini tidak dipakai lebih dari 90 hari" in told(client)
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name, act.detail) == (
        Verb.SIGN_IN_FAILED,
        "wayan",
        {"cause": "lama tidak masuk"},
    )
    other = Client()
    sign_in(other, "siti")
    assert is_in(other)


def test_a_wrong_password_tells_nothing_of_it(cast, client):
    unused(cast.wayan)
    page = sign_in(client, "wayan", "salah").content.decode()
    assert "90 hari" not in page


def test_at_night_they_are_switched_off_with_an_act(cast, system):
    unused(cast.wayan, cast.budi, system)
    listed = list_people_of(cast.admin, PeopleFilter(state="lama"))
    assert {person.username for person in listed} == {"wayan", "budi"}
    assert (rest_dormant(), rest_dormant()) == (2, 0)
    assert set(User.objects.filter(is_active=False).values_list("username", flat=True)) == {"wayan", "budi"}
    acts = Act.objects.filter(verb=Verb.DEACTIVATED).order_by("pk")
    assert [(act.actor_name, act.subject, act.detail["reason"]) for act in acts] == [
        ("sistem", "wayan", "lama tidak masuk"),
        ("sistem", "budi", "lama tidak masuk"),
    ]


def test_the_last_administrator_of_the_nation_is_never_locked_out(cast, client):
    second = administrator("kedua", "ID")
    unused(cast.admin, second)
    assert [must_rest(one) for one in (cast.admin, second)] == [False, False]
    assert rest_dormant() == 0
    User.objects.filter(pk=second.pk).update(last_login=now())
    assert must_rest(cast.admin)
    assert (rest_dormant(), User.objects.get(pk=second.pk).is_active) == (1, True)
    User.objects.filter(pk=cast.admin.pk).update(is_active=True)
    unused(second)
    sign_in(client, "kedua")
    assert is_in(client)


def test_switched_on_again_it_begins_anew(cast, client):
    unused(cast.wayan)
    rest_dormant()
    reactivate(user_id=cast.wayan.pk, reason="kembali dari cuti", by=cast.admin)
    assert rest_dormant() == 0
    sign_in(client, "wayan")
    assert is_in(client)


def test_example_people_are_refused_outside_example_mode(system, settings, client):
    ensure_example_users(by=system)
    settings.EXAMPLE_DATA = False
    sign_in(client, "wayan", EXAMPLE_PASSWORD)
    assert not is_in(client)
    assert "Akun contoh hanya berlaku" in told(client)
    settings.EXAMPLE_DATA = True
    sign_in(client, "wayan", EXAMPLE_PASSWORD)
    assert is_in(client)


def test_and_so_are_their_running_sessions(system, settings, client):
    ensure_example_users(by=system)
    settings.EXAMPLE_DATA = True
    sign_in(client, "wayan", EXAMPLE_PASSWORD)
    assert client.get("/").status_code == 200
    settings.EXAMPLE_DATA = False
    assert client.get("/").status_code == 302
    assert not is_in(client)


def test_example_people_never_become_dormant_among_examples(system, settings, client):
    ensure_example_users(by=system)
    settings.EXAMPLE_DATA = True
    unused(*User.objects.filter(is_example=True))
    assert rest_dormant() == 0
    sign_in(client, "wayan", EXAMPLE_PASSWORD)
    assert is_in(client)
