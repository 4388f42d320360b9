"""Who may close, unmask or administer sets up a second factor before anything else; and keeps it."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from regions.enums import Verb
from regions.errors import AccountRefused
from regions.models import Act, User
from regions.roles import Role
from regions.services.account import drop_second_factor
from regions.services.invitation import offer_reset
from tests.administrators import administrator
from tests.cast import KOTA_A, KOTA_B, PASSWORD
from tests.pages import page_of
from tests.regions.signing import code_now, is_in, sign_in, with_totp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]
OBLIGED = {"siti", "anton", "lestari", "admin"}
SET_UP = "Pasang langkah kedua untuk melanjutkan"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR, settings.FRESH_SIGN_IN_MINUTES = True, 10


def test_they_are_led_to_set_it_up_and_others_are_not(cast, client_of):
    led = {person.username for person in cast if client_of(person).get("/").status_code == 302}
    assert led == OBLIGED
    answer = client_of(cast.siti).get("/")
    assert answer.url == reverse("mfa_index")


CLOSED = ["home", "person_list", "user_list", "admin:index", "ledger", "api_measures", "region_board"]


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_opens_before(cast, client_of, name, method):
    places = {"api_measures": [KOTA_A, "2025-07"], "region_board": [KOTA_A]}
    address = reverse(name, args=places.get(name, []))
    answer = getattr(client_of(cast.admin), method)(address)
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))


def test_what_stays_open_is_the_set_up_signing_out_the_password_and_the_language(cast, client_of):
    client = client_of(cast.siti)
    page = page_of(client.get(reverse("mfa_index")))
    assert (SET_UP in page, 'class="navigation"' in page) == (True, False)
    for name in ("account_logout", "account_change_password", "mfa_list_webauthn"):
        assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse("set_language"), {"language": "en"}).url == "/"


def test_from_the_password_to_the_first_page(cast, client):
    answer = sign_in(client, "siti")
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.get("/").url == reverse("mfa_index")
    # The password was typed a moment ago: it is not asked for again.
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}).status_code == 302
    assert client.get("/").status_code == 200
    assert Authenticator.objects.filter(user=cast.siti).count() == 2


def test_with_one_the_password_alone_is_not_enough(cast, client):
    with_totp(cast.siti)
    assert sign_in(client, "siti").url == reverse("mfa_authenticate")
    assert (is_in(client), client.get("/").status_code) == (False, 302)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, is_in(client)) == (200, False)
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_new_password_does_not_pass_it_by(cast, client):
    with_totp(cast.siti)
    made = offer_reset(user_id=cast.siti.pk, by=cast.admin)
    client.get(reverse("link_open", args=[made.token]))
    new = "sawah-hijau-luas-77"
    assert client.post(reverse("link_page"), {"password": new, "again": new}).status_code == 302
    assert not is_in(client)
    assert sign_in(client, "siti", new).url == reverse("mfa_authenticate")
    assert not is_in(client)


def test_the_last_one_is_not_switched_off_by_whoever_needs_it(cast, client_of, client):
    with_totp(cast.siti)
    with_totp(cast.wayan)
    for person, kept in (("siti", 1), ("wayan", 0)):
        client.logout()
        sign_in(client, person)
        client.post(reverse("mfa_authenticate"), {"code": code_now()})
        client.post(reverse("mfa_deactivate_totp"))
        assert Authenticator.objects.filter(user__username=person).count() == kept


def test_who_looks_through_another_s_eyes_is_judged_by_the_own_roles(cast, client_of, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client = client_of(cast.admin)
    client.post(reverse("viewing_begin", args=[cast.wayan.pk]))
    settings.REQUIRE_SECOND_FACTOR = True
    assert client.get("/").url == reverse("mfa_index")


def test_an_administrator_takes_a_lost_one_off_with_a_reason(cast, client_of, client):
    with_totp(cast.admin)
    with_totp(cast.siti)
    sign_in(client, "siti")
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(client)
    helper = client_of(cast.admin)
    address = reverse("user_factor", args=[cast.siti.pk])
    page = page_of(helper.get(reverse("user_detail", args=[cast.siti.pk])))
    assert address in page
    asked = helper.post(address, {"reason": "ponsel hilang"})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=cast.siti).exists()
    done = helper.post(asked.url, {"password": PASSWORD, "next": address})
    assert (done.status_code, done.url) == (302, reverse("user_detail", args=[cast.siti.pk]))
    assert not Authenticator.objects.filter(user=cast.siti).exists()
    assert client.get("/").url.startswith(reverse("account_login"))


def of_factors(queries):
    return [one["sql"] for one in queries if "mfa_authenticator" in one["sql"]]


def test_the_gate_asks_once_in_a_session(cast, client_of):
    with_totp(cast.siti)
    client = client_of(cast.siti)
    with CaptureQueriesContext(connection) as first:
        assert client.get("/").status_code == 200
    with CaptureQueriesContext(connection) as second:
        assert client.get("/").status_code == 200
    assert (len(of_factors(first)), of_factors(second)) == (1, [])


def test_who_needed_none_for_a_while_is_asked_anew(cast, client_of):
    """In the meantime it could be taken off without ending any session."""
    with_totp(cast.siti)
    client = client_of(cast.siti)
    assert client.get("/").status_code == 200
    cast.siti.assignments.update(role=Role.OPERATOR)
    assert client.get("/").status_code == 200
    Authenticator.objects.filter(user=cast.siti).delete()
    cast.siti.assignments.update(role=Role.SUPERVISOR)
    assert client.get("/").url == reverse("mfa_index")


def test_what_is_taken_off_ends_the_sessions_and_stands_in_the_ledger(cast, client, client_of, settings):
    settings.FRESH_SIGN_IN_MINUTES = 0
    with_totp(cast.siti)
    sign_in(client, "siti")
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    settings.REQUIRE_SECOND_FACTOR = False
    client.get("/")
    done = client_of(cast.admin).post(
        reverse("user_factor", args=[cast.siti.pk]), {"reason": "ponsel hilang"}
    )
    assert done.url == reverse("user_detail", args=[cast.siti.pk])
    assert client.get("/").status_code == 302
    act = Act.objects.get(verb=Verb.CORRECTED, detail__about=cast.siti.pk)
    assert (act.actor_name, act.subject, act.detail["changed"]) == (
        "admin",
        "siti",
        {"second_factor": ["terpasang", "dihapus"]},
    )
    with pytest.raises(AccountRefused, match="tidak memasang"):
        drop_second_factor(cast.siti, reason="lagi", by=cast.admin)


def test_an_administrator_elsewhere_does_not_find_the_account(cast, client_of, settings):
    settings.REQUIRE_SECOND_FACTOR, settings.FRESH_SIGN_IN_MINUTES = False, 0
    with_totp(cast.siti)
    address = reverse("user_factor", args=[cast.siti.pk])
    assert client_of(administrator("asing", KOTA_B)).post(address, {"reason": "x"}).status_code == 404
    near = administrator("dekat", KOTA_A)
    assert client_of(near).post(reverse("user_factor", args=[near.pk]), {"reason": "x"}).status_code == 422
    assert (Authenticator.objects.count(), User.objects.filter(is_active=False).count()) == (1, 0)


def test_on_the_server_it_is_taken_off_the_last_administrator(cast, system):
    with_totp(cast.admin)
    told = StringIO()
    call_command("remove_second_factor", "admin", reason="ponsel hilang", stdout=told)
    assert told.getvalue() == "Langkah kedua admin dihapus; semua sesinya berakhir.\n"
    act = Act.objects.latest("pk")
    assert (act.actor_name, act.subject, act.detail["reason"]) == ("sistem", "admin", "ponsel hilang")
    for name, sentence in (("admin", "tidak memasang"), ("siapa", "Tidak ada akun siapa")):
        with pytest.raises(CommandError, match=sentence):
            call_command("remove_second_factor", name, reason="x", stdout=told)
