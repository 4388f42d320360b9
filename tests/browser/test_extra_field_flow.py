"""An administrator adds a field, an officer fills it, and it stands in what is taken away."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import expect

from participants.models import ExtraField
from tests.browser.conftest import sign_in
from tests.factories import nik_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_field_is_added_filled_and_taken_away(page, site):
    sign_in(page, "admin")
    page.goto(f"{site}/isian-tambahan/")
    page.get_by_role("link", name="Tambah isian").click()
    page.locator("[name=region]").evaluate("field => { field.value = '36.72' }")
    page.get_by_label("Nama isian").fill("Status rumah")
    page.get_by_label("Jenis", exact=True).select_option("choice")
    page.locator("[name=options]").fill("Milik sendiri\nSewa")
    page.get_by_label("Sejak bulan").fill("2025-01")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("main")).to_contain_text("Isian “Status rumah” ditambahkan.")
    key = ExtraField.objects.get().key

    page.context.clear_cookies()
    page.goto(site)
    sign_in(page, "wayan")
    page.goto(f"{site}/peserta/tambah/")
    page.locator("[name=category]").select_option("linmas")
    page.locator("[name=funding]").select_option("apbd_kabkota")
    page.locator("[name=first_month]").fill("2026-01")
    page.locator("[name=source]").fill("SK Wali Kota 1/2026")
    page.locator("[name=nik]").fill(nik_of(1))
    page.locator("[name=name]").fill("Asep Rukmana")
    page.get_by_label("Status rumah").select_option("Sewa")
    assert page.get_by_label("Status rumah").get_attribute("name") == key
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Asep Rukmana")

    page.goto(f"{site}/peserta/")
    expect(page.locator("main table")).to_contain_text("Sewa")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.reader(Path(taken.value.path()).read_text("utf-8-sig").splitlines()))
    place = next(index for index, row in enumerate(rows) if "Status rumah" in row)
    assert (rows[place][-1], rows[place + 1][-1]) == ("Status rumah", "Sewa")
