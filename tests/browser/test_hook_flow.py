"""An address of another program in the browser: given, refused, tried, its secret changed, switched off."""

import pytest
from playwright.sync_api import expect

from regions.models import Hook, HookDelivery
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def give(page, address):
    page.get_by_label("Untuk apa").fill("Dasbor Bappeda")
    page.get_by_label("Alamat penerima").fill(address)
    page.get_by_label("bulan laporan ditutup").check()
    page.get_by_role("button", name="Tambah alamat").click()


def test_an_address_is_given_tried_and_switched_off(page, site, settings):
    settings.WEBHOOK_ALLOW = ["127.0.0.1"]
    sign_in(page, "wayan")
    page.goto(f"{site}/akun/pemberitahuan-program/")
    give(page, "http://10.0.0.1/kait")
    expect(page.locator("main .notice, main .form-errors, main .errorlist").first).to_be_visible()
    assert not Hook.objects.exists()

    give(page, "http://127.0.0.1:9/kait")
    expect(page.locator("main")).to_contain_text("whsec_")
    hook = Hook.objects.get()
    first = page.locator("main").inner_text()
    # The secret is told this one time.
    page.goto(f"{site}/akun/pemberitahuan-program/{hook.pk}/")
    expect(page.locator("main")).not_to_contain_text("whsec_")
    page.get_by_role("button", name="Kirim pesan uji").click()
    expect(page.locator("main")).to_contain_text("Pesan uji dikirim")
    assert HookDelivery.objects.get().hook_id == hook.pk
    assert "127.0.0.1" in first
    page.get_by_role("button", name="Hentikan").click()
    expect(page.locator("main")).to_contain_text("Dihentikan")
    hook.refresh_from_db()
    assert not hook.is_on
