"""A month from empty to closed by Wayan, Siti and Anton; reopened, corrected, closed again."""

from datetime import date

import pytest
from playwright.sync_api import expect

from regions.models import MonthStep, ReportingMonth
from reports.models import MeasureValue, Restatement
from tests.browser.conftest import PATIENCE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = date(2026, 7, 1)
PAGE, GRID = "/bulan/36.72/2026-07/", "/isian/36.72/2026-07/"


@pytest.fixture
def people(browser, site):
    """Each of the three in a browser of their own."""
    contexts, pages = [], {}
    for name in ("wayan", "siti", "anton"):
        context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE * 1000)
        pages[name] = context.new_page()
        pages[name].goto(site)
        sign_in(pages[name], name)
        contexts.append(context)
    yield pages
    for context in contexts:
        context.close()


def type_month_entry(page, site, cell, text):
    page.goto(f"{site}{GRID}")
    if not page.get_by_label("Sumber", exact=True).is_visible():
        # Remembered from the last time.
        page.locator("summary", has_text="Sumber angka yang diketik").click()
    page.get_by_label("Sumber", exact=True).fill("Surat cabang 12/2026")
    page.get_by_label("Alasan perubahan").fill("angka akhir")
    row = page.locator(f'tr[data-enrolment="{cell}"]')
    row.locator("[data-field]").focus()
    expect(row.locator("[data-field]")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(row.locator("[data-state]")).to_have_text("tersimpan")


def take(page, site, button, state):
    page.goto(f"{site}{PAGE}")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("main")).to_contain_text(f"Bulan ini sekarang: {state}")


def hand_in(people, site):
    take(people["wayan"], site, "Nyatakan lengkap", "lengkap")
    take(people["siti"], site, "Ajukan", "diajukan")
    take(people["anton"], site, "Verifikasi", "terverifikasi")
    take(people["anton"], site, "Tutup", "ditutup")


def closed_members():
    row = MeasureValue.objects.filter(
        run__region="36.72", run__period=MONTH, run__is_current=True, measure="COV-01"
    ).first()
    return row and row.numerator


def test_a_month_from_empty_to_closed_reopened_corrected_and_closed_again(people, site, worker):
    wayan, siti, anton = people.values()
    wayan.goto(f"{site}{PAGE}")
    wayan.get_by_role("button", name="Nyatakan lengkap").click()
    expect(wayan.locator("main")).to_contain_text("2 angka belum diisi")
    type_month_entry(wayan, site, "members:pu", "50.000")
    type_month_entry(wayan, site, "members:bpu", "30.000")
    wayan.goto(f"{site}{PAGE}")
    wayan.get_by_role("button", name="Nyatakan lengkap").click()
    expect(wayan.locator("main")).to_contain_text("Belum masuk: iuran, klaim")
    wayan.goto(f"{site}{GRID}")
    wayan.get_by_role("link", name="Iuran dan klaim").click()
    for report in ("iuran", "klaim"):
        wayan.get_by_role("button", name=f"Tidak ada {report} bulan ini").click()
        expect(wayan.locator("main")).to_contain_text(f"Tercatat: tidak ada {report} bulan ini")
    hand_in(people, site)
    wayan.goto(f"{site}{GRID}")
    expect(wayan.locator("main")).to_contain_text("ditutup oleh Anton Contoh")
    expect(wayan.locator('tr[data-enrolment="members:pu"] [contenteditable=true]')).to_have_count(0)
    anton.goto(f"{site}/wilayah/36.72/?periode=2026-07")
    expect(anton.locator("main")).to_contain_text("80.000 dari")
    expect(anton.locator("main")).to_contain_text("penutupan ke-1")

    siti.goto(f"{site}{PAGE}")
    siti.get_by_text("Minta dibuka kembali", exact=True).click()
    siti.get_by_label("peserta aktif").check()
    siti.get_by_role("textbox", name="Alasan").fill("BPU kurang seribu, surat cabang 12")
    siti.get_by_role("button", name="Kirim permintaan").click()
    expect(siti.locator("main")).to_contain_text("Yang memutuskan: Kepala Cabang")
    anton.goto(f"{site}/tugas/")
    anton.get_by_role("link", name="Putuskan permintaan buka kembali: Juli 2026").click()
    anton.get_by_role("button", name="Kabulkan").click()
    expect(anton.locator("main")).to_contain_text("Dikabulkan")

    type_month_entry(wayan, site, "members:bpu", "31.000")
    hand_in(people, site)
    anton.goto(f"{site}/penyajian-kembali/")
    for _wait in range(20):
        if Restatement.objects.exists():
            break
        anton.wait_for_timeout(500)
    anton.reload()
    anton.get_by_role("link", name="Juli 2026").click()
    expect(anton.locator("main")).to_contain_text("BPU kurang seribu, surat cabang 12")
    assert closed_members() == 81_000
    month = ReportingMonth.objects.get(region="36.72", month=MONTH)
    assert (month.state, month.closing) == ("closed", 2)
    told = list(MonthStep.objects.values_list("by__username", "verb"))
    way = [("wayan", "completed"), ("siti", "submitted"), ("anton", "verified"), ("anton", "closed")]
    assert told == [*way, ("anton", "reopened"), *way]
