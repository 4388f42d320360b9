"""An administrator lays down further steps, and a month of the region goes by them."""

from datetime import date

import pytest
from playwright.sync_api import expect

from regions.models import MonthRule, User
from regions.month_steps import COMPLETE, SUBMIT
from regions.services.reporting_month import move_month
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JULY = date(2026, 7, 1)


def test_a_rule_is_looked_at_laid_down_and_followed(page, site):
    sign_in(page, "admin")
    page.goto(f"{site}/aturan-bulan/atur/?wilayah=36.72")
    page.get_by_label("Berlaku sejak bulan").fill("2026-06")
    page.get_by_label("Pemeriksaan pertama oleh").select_option("planner")
    page.get_by_label("Pemeriksaan kedua", exact=False).first.select_option("reconciled")
    page.get_by_label("Pemeriksaan kedua oleh").select_option("branch_head")
    page.get_by_label("Dasar hukum").fill("SE Wali Kota 12/2026")
    page.get_by_role("button", name="Lihat akibatnya").click()
    expect(page.locator("#akibat")).to_contain_text(
        "Ajukan (Verifikator) → Verifikasi (Perencana) → Cocokkan (Kepala Cabang) → Tutup (Kepala Cabang)"
    )
    assert not MonthRule.objects.exists()
    page.get_by_role("button", name="Berlakukan").click()
    expect(page.locator("main")).to_contain_text("Aturan Kota Cilegon berlaku sejak Juni 2026.")
    assert MonthRule.objects.get().legal_source == "SE Wali Kota 12/2026"

    people = {name: User.objects.get(username=name) for name in ("wayan", "siti")}
    move_month(COMPLETE, region_code="36.72", month=JULY, by=people["wayan"])
    move_month(SUBMIT, region_code="36.72", month=JULY, by=people["siti"])
    page.goto(f"{site}/bulan/36.72/2026-07/")
    expect(page.locator(".way").first).to_contain_text("Dicocokkan")
    page.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.locator("main")).to_contain_text("Bulan ini sekarang: terverifikasi.")
    # Who verified does not reconcile; the role that may is named.
    expect(page.locator("main")).to_contain_text("Anda sudah memeriksa bulan ini")
