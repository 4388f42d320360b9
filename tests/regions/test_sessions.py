"""Sessions: which there are, when they end, and what wants a fresh sign-in."""

from datetime import timedelta
from inspect import isfunction
from io import StringIO

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from participants.models import Erasure
from participants.services.persons.erasure import ask_erasure
from regions.device import device_words
from regions.enums import Verb
from regions.models import Act, Assignment
from regions.services.account import deactivate, reactivate
from regions.services.session import clear_sessions
from regions.session_limits import SessionLimitsMiddleware
from tests.addresses import views
from tests.cast import KOTA_A, PASSWORD
from tests.factories import ParticipantFactory
from tests.house.test_doors import MENDING, UNMASKING
from tests.pages import page_of
from tests.regions.signing import is_in, sign_in

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"


def signed_in(username, **headers) -> Client:
    client = Client(**headers)
    sign_in(client, username)
    assert client.get("/").status_code == 200
    return client


def in_minutes(minutes):
    return time_machine.travel(now() + timedelta(minutes=minutes), tick=True)


def test_the_list_names_device_and_address_of_one_s_own_sessions_only(cast):
    here = signed_in("wayan", HTTP_USER_AGENT=CHROME, REMOTE_ADDR="198.51.100.7")
    signed_in("wayan", HTTP_USER_AGENT=PHONE, REMOTE_ADDR="198.51.100.8")
    signed_in("siti", HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0")
    page = page_of(here.get(reverse("usersessions_list")))
    for words in ("Chrome di Windows", "198.51.100.7", "Chrome di Android", "198.51.100.8"):
        assert words in page
    assert "Firefox" not in page


def test_signing_out_everywhere_leaves_this_session_alone(cast):
    here, other = signed_in("wayan"), signed_in("wayan")
    done = here.post(reverse("usersessions_list"))
    assert (done.status_code, is_in(here)) == (302, True)
    assert other.get("/").status_code == 302
    assert UserSession.objects.filter(user=cast.wayan).count() == 1


def test_a_changed_password_ends_the_others(cast):
    here, other = signed_in("wayan"), signed_in("wayan")
    new = "sawah-hijau-luas-77"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), form).status_code == 302
    assert (here.get("/").status_code, other.get("/").status_code) == (200, 302)


def test_a_deactivated_account_has_no_sessions_even_when_it_is_switched_on_again(cast):
    client = signed_in("wayan")
    deactivate(user_id=cast.wayan.pk, reason="mutasi", by=cast.admin)
    assert not Session.objects.filter(session_key=client.cookies["sessionid"].value).exists()
    reactivate(user_id=cast.wayan.pk, reason="kembali", by=cast.admin)
    assert client.get("/").status_code == 302


def test_on_the_server_an_account_is_switched_off_at_once(cast, system):
    client, told = signed_in("wayan"), StringIO()
    call_command("deactivate", "wayan", reason="sandi bocor", stdout=told)
    assert told.getvalue() == "Akun wayan dinonaktifkan; semua sesinya berakhir.\n"
    assert client.get("/").status_code == 302
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name, act.subject, act.detail["reason"]) == (
        "deactivated",
        "sistem",
        "wayan",
        "sandi bocor",
    )
    for name, reason, sentence in (
        ("wayan", "lagi", "sudah nonaktif"),
        ("siti", " ", "Tulis alasannya"),
        ("admin", "x", "administrator nasional terakhir"),
        ("siapa", "x", "Tidak ada akun siapa"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("deactivate", name, reason=reason)


@pytest.mark.parametrize(
    ("person", "minutes", "status"),
    [("wayan", 119, 200), ("wayan", 121, 302), ("siti", 29, 200), ("siti", 31, 302), ("lestari", 31, 302)],
)
def test_an_idle_session_ends_sooner_for_who_may_unmask(cast, person, minutes, status):
    client = signed_in(person)
    with in_minutes(minutes):
        answer = client.get("/")
    assert answer.status_code == status
    acts = Act.objects.filter(verb=Verb.SIGNED_OUT, detail__cause="lama tidak dipakai")
    assert [act.actor_name for act in acts] == ([person] if status == 302 else [])
    if status == 302:
        assert "lama tidak ada aktivitas" in client.get(answer.url).content.decode()


def test_a_page_that_refreshes_itself_is_nobody_s_click(cast):
    client = signed_in("siti")
    with in_minutes(20):
        client.get("/", HTTP_HX_REQUEST="true")
    with in_minutes(31):
        assert client.get("/").status_code == 302


def test_a_click_keeps_the_session(cast):
    client = signed_in("siti")
    with in_minutes(20):
        client.get("/")
    with in_minutes(40):
        assert client.get("/").status_code == 200


def written(client):
    """Changes of rows of sessions by one click."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    changed = (one["sql"] for one in queries if one["sql"].startswith(("UPDATE", "INSERT")))
    return sum("django_session" in sql or "usersessions" in sql for sql in changed)


def test_an_old_session_is_noted_once_a_minute(cast):
    client = signed_in("wayan")
    before = UserSession.objects.get(user=cast.wayan).last_seen_at
    assert written(client) == 0
    assert UserSession.objects.get(user=cast.wayan).last_seen_at == before
    with in_minutes(2):
        assert written(client) == 2
        assert written(client) == 0
    assert UserSession.objects.get(user=cast.wayan).last_seen_at > before


def through_the_middleware(client, meanwhile):
    """A request of this browser whose page takes so long that something else is done meanwhile."""

    def page(_request):
        meanwhile()
        return HttpResponse()

    inner = AuthenticationMiddleware(SessionLimitsMiddleware(page))
    request = RequestFactory().get("/", headers={"cookie": f"sessionid={client.cookies['sessionid'].value}"})
    return SessionMiddleware(inner)(request)


def test_a_slow_page_does_not_bring_back_what_was_ended_meanwhile(cast):
    client = signed_in("admin")
    client.post(reverse("viewing_begin", args=[cast.wayan.pk]))
    with in_minutes(2):
        answer = through_the_middleware(client, lambda: client.post(reverse("viewing_end")))
        assert answer.status_code == 200
        assert "viewing" not in client.session
        assert client.get(reverse("user_list")).status_code == 200


def test_a_session_that_ended_in_the_midst_is_told_so(cast, monkeypatch):
    client = signed_in("wayan")
    noted = SessionStore.get

    def ended_after_reading(session, key, default=None):
        if key == "seen":
            Session.objects.all().delete()
        return noted(session, key, default)

    monkeypatch.setattr(SessionStore, "get", ended_after_reading)
    with in_minutes(2):
        assert client.get("/").status_code == 400


def test_at_night_sessions_that_are_over_go(cast):
    client = signed_in("wayan")
    kept = signed_in("siti")
    Session.objects.filter(session_key=client.cookies["sessionid"].value).update(
        expire_date=now() - timedelta(seconds=1)
    )
    clear_sessions()
    keys = {kept.cookies["sessionid"].value}
    assert set(Session.objects.values_list("session_key", flat=True)) == keys
    assert set(UserSession.objects.values_list("session_key", flat=True)) == keys


@pytest.fixture
def fresh(settings):
    settings.FRESH_SIGN_IN_MINUTES = 10


def test_unmasking_wants_the_password_again_and_then_goes_on(cast, system, fresh):
    person = ParticipantFactory(region_id=KOTA_A, entered_by=system)
    address, reason = reverse("person_unmask", args=[person.pk]), {"alasan": "Surat Inspektorat nomor 1"}
    client = signed_in("siti")
    assert client.post(address, reason).status_code == 200
    with in_minutes(11):
        client.get("/")
        asked = client.post(address, reason)
        assert asked.url.startswith(reverse("account_reauthenticate"))
        assert Act.objects.filter(verb=Verb.UNMASKED).count() == 1
        wrong = client.post(asked.url, {"password": "salah"})
        assert (wrong.status_code, Act.objects.filter(verb=Verb.UNMASKED).count()) == (200, 1)
        done = client.post(asked.url, {"password": PASSWORD, "next": address})
        assert (done.status_code, "no-store" in done["Cache-Control"]) == (200, True)
        assert Act.objects.filter(verb=Verb.UNMASKED).count() == 2
        assert client.post(address, reason).status_code == 200


@pytest.mark.parametrize("name", ["person_disclose", "erasure_decide"])
def test_handing_out_and_erasing_a_person_wants_it_too(cast, system, fresh, name):
    person = ParticipantFactory(region_id=KOTA_A, entered_by=system)
    ask_erasure(participant_id=person.pk, reason="Surat Orang Uji nomor 1", by=cast.anton)
    address = reverse(name, args=[person.pk])
    sent = {"alasan": "Surat Inspektorat nomor 1", "putusan": "kabulkan"}
    client = signed_in("siti")
    with in_minutes(11):
        client.get("/")
        acts = Act.objects.count()
        asked = client.post(address, sent)
        assert asked.url.startswith(reverse("account_reauthenticate"))
        assert (Act.objects.count(), Erasure.objects.get().is_granted) == (acts, None)
        # With the password it goes on with what was sent.
        client.post(asked.url, {"password": PASSWORD, "next": address})
        verb = Verb.EXPORTED if name == "person_disclose" else Verb.ERASED
        assert Act.objects.filter(verb=verb, detail__person=person.pk).count() == 1


# What shows a link or gives a role, also one that rested.
GIVING = {"_show_link", "grant_role", "reactivate"}


def powerful_doors():
    """Each address by which whole numbers leave, a link is shown or a role given."""
    doors = UNMASKING | {name for name, method in MENDING if method == "POST"}
    functions = {name: view for name, (view, _address) in views().items() if isfunction(view)}
    giving = {name for name, view in functions.items() if GIVING & set(view.__code__.co_names)}
    return sorted(doors | giving)


def test_the_doors_that_are_guarded_are_found():
    assert set(powerful_doors()) >= {
        *("person_unmask", "person_export", "batch_marked", "batch_row_unmask"),
        *("user_grant", "user_invite", "user_reset", "user_switch", "link_send_again"),
    }


@pytest.mark.parametrize("name", powerful_doors())
def test_whole_numbers_links_and_roles_want_it_too(cast, fresh, name):
    client, address = signed_in("admin"), views()[name][1]
    with in_minutes(11):
        acts, roles = Act.objects.count(), Assignment.objects.count()
        assert client.post(address, {"x": "1"}).url.startswith(reverse("account_reauthenticate"))
        assert (Act.objects.count(), Assignment.objects.count()) == (acts, roles)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome di Windows"),
        (f"{CHROME} Edg/131.0", "Edge di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1",
            "Safari di iPhone",
        ),
        ("curl/8.5", "perangkat yang tidak dikenali"),
        ("", "perangkat yang tidak dikenali"),
    ],
)
def test_a_browser_in_two_words(agent, words):
    assert device_words(agent) == words
