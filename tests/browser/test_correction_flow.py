import re

import pytest
from playwright.sync_api import expect

from participants.models import MembershipCount
from reports.models import Run
from tests.browser.conftest import background, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD = "/wilayah/36.72/?periode=2025-07"


def correct(page, site, members):
    """From the board through the figure to its row, as a person would go."""
    page.goto(f"{site}{BOARD}")
    page.get_by_role("link", name=re.compile(r"^4\d,\d\d%$")).first.click()
    page.get_by_role("link", name="Koreksi").first.click()
    page.get_by_label("Peserta aktif").fill(members)
    page.get_by_label("Sumber").fill("Surat BPJS 7/2025")
    page.get_by_label("Alasan koreksi").fill("angka akhir bulan")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/wilayah/36.72/?periode=2025-07")


def test_a_corrected_count_reaches_the_open_board_by_itself(page, site, worker):
    sign_in(page, "wayan")
    correct(page, site, "80.000")
    expect(page.get_by_text("80.000 dari 174.897 orang angkatan kerja")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"45,7\d%"))).to_be_visible()
    row = MembershipCount.objects.get(region_id="36.72", month="2025-07-01")
    assert (row.members, row.revision, row.origin) == (80_000, 2, "form")


def test_a_killed_worker_loses_nothing_and_computes_nothing_twice(page, site, worker):
    sign_in(page, "wayan")
    worker["worker"].kill()
    worker["worker"].wait()
    runs = Run.objects.filter(region_id="36.72", period="2025-07-01").count()
    correct(page, site, "81.000")
    expect(page.get_by_text("1 perubahan belum dihitung")).to_be_visible()
    worker["worker"] = background("worker", "--concurrency=2", "--loglevel=ERROR", "--without-mingle")
    expect(page.get_by_text("81.000 dari 174.897 orang angkatan kerja")).to_be_visible()
    assert Run.objects.filter(region_id="36.72", period="2025-07-01").count() == runs + 1


def test_wrong_input_keeps_the_typing_and_points_to_the_field(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}/peserta-aktif/catat/")
    page.get_by_label("Bulan").fill("2025-06")
    page.get_by_label("Peserta aktif").fill("seribu")
    page.get_by_label("Sumber").fill("Surat 1")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("bukan bilangan bulat")
    expect(page.get_by_label("Peserta aktif")).to_have_value("seribu")
    expect(page.get_by_label("Peserta aktif")).to_have_attribute("aria-invalid", "true")
    assert not MembershipCount.objects.filter(month="2025-06-01").exists()


def test_a_double_click_records_once_and_the_back_button_does_not_again(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}/iuran/catat/")
    page.get_by_label("Rupiah").fill("1.000.000")
    page.get_by_label("Tanggal bayar").fill("2025-06-10")
    page.get_by_label("Untuk bulan").fill("2025-06")
    page.get_by_label("Sampai bulan").fill("2025-06")
    page.get_by_label("Sumber", exact=True).fill("Bukti setor 1")
    page.get_by_role("button", name="Simpan").dblclick()
    page.wait_for_url("**/wilayah/36.72/**")
    page.go_back()
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_load_state()
    page.goto(f"{site}/iuran/?wilayah=36.72&periode=2025-06")
    expect(page.get_by_role("row").filter(has_text="1.000.000")).to_have_count(1)
