"""The planner sets a ceiling, compares two scenarios, takes the annex; a neighbour sees none of it."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from budgets.models import Scenario
from participants.models import CategoryPopulation
from participants.services.category_population import record_category_populations
from regions.services.user import ensure_system_user
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def plan(page, name, ceiling):
    page.get_by_role("link", name="Buat rencana").click()
    page.get_by_label("Wilayah", exact=True).select_option("36.72")
    page.get_by_label("Tahun anggaran").fill("2026")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Nama skenario").fill(name)
    page.get_by_label("Pagu semua sumber dana").fill(ceiling)
    page.get_by_label("Lama paling singkat (bulan)").select_option("12")
    page.get_by_role("button", name="Hitung rencana").click()
    expect(page.get_by_text("orang terlindungi sampai akhir 2026")).to_be_visible()


def test_a_ceiling_two_scenarios_an_annex_and_a_neighbour(page, site, worker):
    counted = CategoryPopulation(
        region_id="36.72",
        year=2025,
        category_id="pedagang_kaki_lima",
        kind="register",
        people=1_000,
        source="Register Dinas Perdagangan",
        as_of=date(2025, 6, 30),
    )
    record_category_populations([counted], by=ensure_system_user())
    sign_in(page, "dewi")
    page.goto(f"{site}/rencana/")
    plan(page, "Sedang", "20.160.000")
    expect(page.get_by_text("100 orang terlindungi")).to_be_visible()
    page.get_by_role("link", name="Semua rencana").click()
    plan(page, "Besar", "40.320.000")
    expect(page.get_by_text("200 orang terlindungi")).to_be_visible()
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_role("row", name="Biaya")).to_contain_text("Rp40.320.000")
    expect(page.get_by_role("row", name="Biaya")).to_contain_text("Rp20.160.000")
    page.get_by_role("link", name="Besar").click()
    page.get_by_role("button", name="Pakai rencana ini").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Lampiran anggaran (Excel)").click()
    sheet = CalamineWorkbook.from_path(Path(taken.value.path())).get_sheet_by_index(0)
    assert [row[11] for row in sheet.to_python() if isinstance(row[11], float)] == [40_320_000, 40_320_000]
    address = page.url
    assert Scenario.objects.get(name="Besar").accepted_by.username == "dewi"
    neighbour = page.context.browser.new_context(locale="id-ID").new_page()
    neighbour.goto(f"{site}/akun/masuk/")
    sign_in(neighbour, "budi")
    assert neighbour.goto(address).status == 404
    neighbour.context.close()
