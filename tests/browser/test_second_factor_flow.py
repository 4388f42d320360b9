"""A second factor in a real browser: a code application for who must have one, and a passkey."""

import base64

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE, sign_in
from tests.regions.signing import code_now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def strict(site, settings) -> str:
    """The server by a name that browsers trust with keys, as `https://` would be."""
    settings.REQUIRE_SECOND_FACTOR, settings.FRESH_SIGN_IN_MINUTES = True, 10
    settings.ALLOWED_HOSTS = ["localhost"]
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def phone_or_desk(browser):
    """Pages of a browser whose console must stay silent."""
    contexts, problems = [], []

    def open_one() -> Page:
        context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE * 250)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


def with_device(page: Page) -> tuple[object, str]:
    """A device that keeps keys, made of software by Chromium itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session, made["authenticatorId"]


def sign_out(page: Page) -> None:
    page.locator(".account-menu summary").click()
    page.locator(".account-menu").get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url("**/akun/masuk/**")


def enter(page: Page, site: str, username: str) -> None:
    page.goto(f"{site}/akun/masuk/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill("contoh-jamsostek-2025")
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_who_must_is_led_to_a_code_application_and_then_on(strict, phone_or_desk):
    page = phone_or_desk()
    enter(page, strict, "siti")
    expect(page.locator("main")).to_contain_text("Pasang langkah kedua untuk melanjutkan")
    page.goto(f"{strict}/peserta/")
    page.wait_for_url("**/akun/keamanan/")
    page.get_by_role("link", name="Aktifkan").click()
    secret = page.locator("code.hash").inner_text()
    page.get_by_label("Kode").fill(code_now(secret))
    page.get_by_role("button", name="Aktifkan").click()
    expect(page.locator("main")).to_contain_text("Kode cadangan")
    page.goto(f"{strict}/peserta/")
    expect(page.locator("h1")).to_contain_text("Data peserta")
    kinds = Authenticator.objects.filter(user__username="siti").values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "totp"]


def test_a_passkey_is_the_second_step_and_then_the_only_one(strict, phone_or_desk):
    page = phone_or_desk()
    session, device = with_device(page)
    enter(page, strict, "anton")
    page.get_by_role("link", name="Tambah kunci sandi").click()
    page.get_by_label("Nama kunci").fill("Laptop kantor")
    page.get_by_label("Masuk tanpa kata sandi").check()
    page.get_by_role("button", name="Buat kunci").click()
    expect(page.locator("main")).to_contain_text("Kode cadangan")
    (kept,) = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", True)
    stored = Authenticator.objects.get(user__username="anton", type="webauthn")
    raw_id = base64.urlsafe_b64encode(base64.b64decode(kept["credentialId"])).rstrip(b"=").decode()
    assert (stored.data["name"], stored.data["credential"]["rawId"]) == ("Laptop kantor", raw_id)

    page.goto(strict)
    sign_out(page)
    enter(page, strict, "anton")
    page.get_by_role("button", name="Pakai kunci sandi").click()
    expect(page.locator(".account-menu summary")).to_have_text("Anton Contoh")

    sign_out(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.locator(".account-menu summary")).to_have_text("Anton Contoh")
    page.goto(f"{strict}/akun/sesi/")
    expect(page.locator("tbody")).to_contain_text("ini")


def test_a_device_without_the_key_says_so_in_words(strict, phone_or_desk):
    page = phone_or_desk()
    with_device(page)
    page.goto(f"{strict}/akun/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.locator("[data-passkey-failure]")).to_be_visible()
    sign_in(page, "wayan")
    expect(page.locator(".account-menu summary")).to_have_text("Wayan Contoh")
