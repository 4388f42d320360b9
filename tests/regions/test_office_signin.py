"""An office's own identity provider opens accounts that exist, and makes none."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from jamsostek_monitor.office_provider import office_provider
from regions.models import Act, User
from tests.pages import page_of
from tests.regions.fake_provider import CLIENT, SECRET, running_provider
from tests.regions.signing import code_now, is_in, with_totp

pytestmark = pytest.mark.django_db
WAYAN = {"sub": "orang-1", "email": "wayan@contoh.go.id", "email_verified": True, "name": "Wayan"}
NOT_TIED = "Akun kantor Anda belum terhubung"


@pytest.fixture
def provider(cast, settings):
    User.objects.filter(username="wayan").update(email="Wayan@contoh.go.id")
    with running_provider() as running:
        app = {
            "provider_id": settings.OIDC.key,
            "name": "SSO Kota Uji",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": running.issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield running


def come(provider, claims, client=None):
    """The browser and the page it ends on."""
    client, provider.claims = client or Client(), claims
    back = provider.begin(client.get("/akun/kantor/").url)
    return client, client.get(back, follow=True)


def users():
    return set(User.objects.values_list("username", flat=True))


def test_the_first_time_the_vouched_address_ties_the_account_then_the_subject_does(provider):
    before = users()
    client, page = come(provider, WAYAN)
    assert (page.status_code, is_in(client), client.session["_auth_user_id"]) == (
        200,
        True,
        str(User.objects.get(username="wayan").pk),
    )
    act = Act.objects.get(verb="corrected", detail__about=User.objects.get(username="wayan").pk)
    assert (act.actor_name, act.detail["changed"]) == ("wayan", {"office_account": ["", "terhubung"]})
    tied = SocialAccount.objects.get()
    assert (tied.user.username, tied.uid, tied.extra_data) == ("wayan", "orang-1", {})
    # The address has changed at the provider; the subject is the same person.
    again, _page = come(provider, {**WAYAN, "email": "lain@contoh.go.id"})
    assert is_in(again)
    assert (SocialAccount.objects.count(), users()) == (1, before)
    assert User.objects.get(username="wayan").has_usable_password()
    assert provider.redeemed[0]["client_id"] == CLIENT


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "orang-2", "email": "tidak-ada@contoh.go.id", "email_verified": True},
        {**WAYAN, "email_verified": False},
        {**WAYAN, "email_verified": "true"},
        {"sub": "orang-3", "email": "wayan@contoh.go.id"},
        {"sub": "orang-4"},
    ],
)
def test_nobody_else_gets_in_and_no_account_is_made(provider, claims):
    before = users()
    client, page = come(provider, claims)
    assert NOT_TIED in page_of(page)
    assert (is_in(client), SocialAccount.objects.count(), users()) == (False, 0, before)
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name) == ("sign_in_failed", "tidak dikenal")


def test_an_address_that_passed_to_a_successor_opens_nothing(provider):
    come(provider, WAYAN)
    client, page = come(provider, {**WAYAN, "sub": "penerus"})
    assert (is_in(client), NOT_TIED in page_of(page)) == (False, True)


def test_an_address_of_two_accounts_is_nobody_s(provider):
    User.objects.filter(username="budi").update(email="wayan@contoh.go.id")
    client, page = come(provider, WAYAN)
    assert (is_in(client), NOT_TIED in page_of(page)) == (False, True)


def test_an_account_that_is_off_stays_off(provider):
    come(provider, WAYAN)
    User.objects.filter(username="wayan").update(is_active=False)
    client, page = come(provider, WAYAN)
    assert (is_in(client), "Akun ini tidak aktif" in page_of(page)) == (False, True)


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        ({"is_example": True}, "Akun contoh hanya berlaku"),
        ({"last_login": now() - timedelta(days=400)}, "tidak dipakai lebih dari"),
    ],
)
def test_who_may_not_use_the_account_is_not_tied_to_it_either(provider, settings, kept, sentence):
    settings.EXAMPLE_DATA = False
    User.objects.filter(username="wayan").update(**kept)
    client, page = come(provider, WAYAN)
    assert (is_in(client), sentence in page_of(page)) == (False, True)
    assert not SocialAccount.objects.exists()
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name) == ("sign_in_failed", "wayan")


def untie_on_the_page(cast, client_of):
    client, address = client_of(cast.admin), reverse("user_office", args=[cast.wayan.pk])
    assert address in page_of(client.get(reverse("user_detail", args=[cast.wayan.pk])))
    assert "Lepas akun kantor dari akun Wayan?" in page_of(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "mutasi"}).url == reverse("user_detail", args=[cast.wayan.pk])
    assert address not in page_of(client.get(reverse("user_detail", args=[cast.wayan.pk])))
    assert client.post(address, {"reason": "lagi"}).status_code == 422
    return "admin"


def untie_on_the_server(_cast, _client_of):
    told = StringIO()
    call_command("detach_office_account", "wayan", reason="mutasi", stdout=told)
    assert told.getvalue() == "Akun kantor wayan dilepas; semua sesinya berakhir.\n"
    for name, reason in (("wayan", "lagi"), ("siapa", "x")):
        with pytest.raises(CommandError, match=r"tidak terhubung|Tidak ada akun siapa"):
            call_command("detach_office_account", name, reason=reason)
    return "sistem"


@pytest.mark.parametrize("untie", [untie_on_the_page, untie_on_the_server])
def test_a_tied_account_is_untied_and_the_next_subject_ties_it_anew(provider, cast, client_of, untie):
    client, _page = come(provider, WAYAN)
    by = untie(cast, client_of)
    assert (SocialAccount.objects.exists(), client.get("/").status_code) == (False, 302)
    act = Act.objects.filter(verb="corrected", detail__about=cast.wayan.pk).latest("pk")
    assert (act.actor_name, act.detail) == (
        by,
        {"about": cast.wayan.pk, "changed": {"office_account": ["terhubung", "dilepas"]}, "reason": "mutasi"},
    )
    again, _page = come(provider, {**WAYAN, "sub": "orang-baru"})
    assert (is_in(again), SocialAccount.objects.get().uid) == (True, "orang-baru")


def test_the_second_factor_is_asked_for_all_the_same(provider):
    with_totp(User.objects.get(username="wayan"))
    client, page = come(provider, WAYAN)
    assert (page.redirect_chain[-1][0], is_in(client)) == (reverse("mfa_authenticate"), False)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_in(client)


def test_what_another_browser_began_is_not_ended_here(provider):
    provider.claims = WAYAN
    back = provider.begin(Client().get("/akun/kantor/").url)
    victim = Client()
    page = victim.get(back, follow=True)
    assert (is_in(victim), "tidak berhasil" in page_of(page)) == (False, True)


@pytest.mark.parametrize("trouble", ["broken", "cancelled"])
def test_a_provider_that_says_no_leads_back_with_a_sentence(provider, trouble):
    client, provider.claims, provider.is_broken = Client(), WAYAN, trouble == "broken"
    back = provider.begin(client.get("/akun/kantor/").url)
    if trouble == "cancelled":
        back = back.replace("code=kode-sekali", "error=access_denied")
    page = client.get(back, follow=True)
    assert (is_in(client), "tidak berhasil" in page_of(page)) == (False, True)


def test_who_is_signed_in_is_not_changed_into_somebody_else(provider, client_of, cast):
    client, _page = come(provider, WAYAN, client_of(cast.budi))
    assert (client.session["_auth_user_id"], SocialAccount.objects.count()) == (str(cast.budi.pk), 0)


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(client, settings, db, monkeypatch):
    assert "/akun/kantor/" not in page_of(client.get("/akun/masuk/"))
    for name, value in {
        "OIDC_ISSUER": "https://sso.contoh.go.id/",
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_SECRET": SECRET,
        "OIDC_NAME": "SSO Kota Uji",
    }.items():
        monkeypatch.setenv(name, value)
    settings.OIDC = office_provider()
    page = page_of(client.get("/akun/masuk/?next=/tugas/"))
    assert '<a class="button" href="/akun/kantor/?next=/tugas/">Masuk lewat SSO Kota Uji</a>' in page
    assert settings.OIDC.apps[0]["settings"] == {"server_url": "https://sso.contoh.go.id"}


@pytest.mark.parametrize(
    ("issuer", "secret", "sentence"),
    [
        ("https://sso.contoh.go.id", "", "OIDC_SECRET belum"),
        ("http://sso.contoh.go.id", SECRET, "harus dimulai dengan https://"),
    ],
)
def test_half_a_provider_is_refused_at_start(monkeypatch, issuer, secret, sentence):
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("OIDC_SECRET", secret)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        office_provider()


def test_another_issuer_has_another_key(monkeypatch):
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("OIDC_SECRET", SECRET)
    keys = set()
    for issuer in ("https://a.contoh.go.id", "https://b.contoh.go.id", "https://a.contoh.go.id/"):
        monkeypatch.setenv("OIDC_ISSUER", issuer)
        keys.add(office_provider().key)
    assert len(keys) == 2
