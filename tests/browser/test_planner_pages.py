"""From the need to an offer, and an outreach event from its plan to its report, clicked through."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from budgets.models import Pledge
from participants.models import OutreachEvent
from participants.services.category_population import record_category_populations
from participants.services.category_term import record_category_terms
from participants.services.headcount import record_headcounts
from regions.month import add_months, first_of
from regions.services.user import ensure_system_user
from reports.services.recompute import recompute_stale
from tests.browser.conftest import sign_in
from tests.factories import CategoryPopulationFactory, CategoryTermFactory, HeadcountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_group_without_a_payer_is_offered_to_one(page, site):
    year = localdate().year
    counted = CategoryPopulationFactory(category_id="pedagang_kaki_lima", people=1_000, year=year)
    record_category_populations([counted], by=ensure_system_user())
    sign_in(page, "dewi")
    page.goto(f"{site}/wilayah/36.72/kebutuhan/")
    expect(page.get_by_role("row", name="Pedagang kaki lima").first).to_contain_text("1.000")
    page.get_by_role("link", name="Tawaran dan janji iuran").click()
    page.get_by_role("link", name="Catat tawaran").click()
    page.get_by_label("Kategori pekerja").select_option("pedagang_kaki_lima")
    page.get_by_label("Ditawarkan kepada (sumber dana)").select_option("csr")
    page.get_by_label("Jumlah orang").fill("400")
    page.get_by_label("Mulai bulan").fill(f"{year}-12")
    page.get_by_label("Lama (bulan)").fill("1")
    page.get_by_label("Iuran per orang per bulan").fill("16.800")
    page.get_by_label("Sumber", exact=True).fill("Surat uji 1")
    page.get_by_role("button", name="Simpan").click()
    row = page.get_by_role("row", name="Pedagang kaki lima").first
    expect(row).to_contain_text("Rp6.720.000")
    assert Pledge.objects.get().people == 400
    neighbour = page.context.browser.new_context(locale="id-ID").new_page()
    neighbour.goto(f"{site}/akun/masuk/")
    sign_in(neighbour, "budi")
    for address in ("janji", "kebutuhan", "sosialisasi", "paritrana"):
        assert neighbour.goto(f"{site}/wilayah/36.72/{address}/").status == 404
    neighbour.context.close()


def test_whose_cover_ends_is_seen_month_by_month(page, site):
    this_month = first_of(localdate())
    reported = HeadcountFactory(month=add_months(this_month, -1), category_id="linmas", people=120)
    record_headcounts([reported], by=ensure_system_user())
    days = {
        "starts_on": add_months(this_month, -6),
        "ends_on": add_months(this_month, 3) - timedelta(days=1),
    }
    record_category_terms([CategoryTermFactory(category_id="linmas", **days)], by=ensure_system_user())
    recompute_stale()
    sign_in(page, "dewi")
    page.goto(f"{site}/wilayah/36.72/kebutuhan/")
    page.get_by_role("link", name="Akhir perlindungan").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kota Cilegon")
    expect(page.get_by_role("row", name="Anggota Linmas").first).to_contain_text("120")


def test_an_event_is_planned_reported_and_judged_no_further_than_it_goes(page, site):
    today = localdate()
    sign_in(page, "wayan")
    page.goto(f"{site}/wilayah/36.72/sosialisasi/")
    expect(page.get_by_text("Belum ada sosialisasi yang terlaksana")).to_be_visible()
    page.get_by_role("link", name="Rencanakan kegiatan").click()
    page.get_by_label("Tanggal rencana").fill(today.isoformat())
    page.get_by_label("Nama kegiatan").fill("Forum nelayan")
    page.get_by_label("Kategori yang dituju").select_option("nelayan")
    page.get_by_label("Kecamatan").fill("kec. ciwandan")
    page.get_by_label("Rencana orang hadir").fill("60")
    page.get_by_label("Rencana biaya").fill("3.000.000")
    page.get_by_label("Sumber", exact=True).fill("Nota dinas 7")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("heading", name="Forum nelayan")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Ciwandan, Kota Cilegon")
    page.get_by_role("link", name="Laporkan pelaksanaan").click()
    page.get_by_label("Tanggal pelaksanaan").fill(today.isoformat())
    page.locator("[name=attended]").fill("54")
    page.get_by_label("Alasan koreksi").fill("terlaksana")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Isi biaya kegiatannya; 0 bila tanpa biaya.").first).to_be_visible()
    page.locator("[name=cost]").fill("2.750.000")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Jendela 90 hari masih berjalan")).to_be_visible()
    stored = OutreachEvent.objects.get()
    assert (stored.attended, stored.cost, stored.district_name) == (54, 2_750_000, "Ciwandan")
    page.get_by_role("link", name="Rencana dan hasil setahun").click()
    expect(page.get_by_text("1 kegiatan terlaksana")).to_be_visible()
