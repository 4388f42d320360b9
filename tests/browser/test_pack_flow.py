"""The branch head asks for the pack, watches it being made, takes it, and checks the paper by its code."""

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from reports.models import Pack
from tests.browser.conftest import sign_in
from tests.reports.packs import pdf_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_asked_watched_taken_and_checked(page, site, worker):
    sign_in(page, "anton")
    page.get_by_role("link", name="Paket monev").first.click()
    page.get_by_role("link", name="Buat paket").click()
    page.get_by_label("Wilayah", exact=True).select_option("36.72")
    page.get_by_label("Periode").select_option(label="Triwulan III Tahun 2025")
    page.get_by_role("button", name="Lanjut ke isi teks").click()
    page.get_by_label("Regulasi, baris 1").fill("Perda Nomor 3 Tahun 2023")
    page.get_by_role("button", name="Buat paket").click()
    expect(page.get_by_text("Isi paket")).to_be_visible()
    pack = Pack.objects.get()
    assert (pack.region_id, pack.first_month) == ("36.72", date(2025, 7, 1))
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    paper = Path(taken.value.path()).read_bytes()
    printed = re.search(r"/verifikasi/[0-9A-Z]{12}/", pdf_text(paper))[0]
    assert printed == f"/verifikasi/{pack.code}/"
    stranger = page.context.browser.new_context(locale="id-ID").new_page()
    stranger.goto(f"{site}{printed}")
    expect(stranger.get_by_text("masih sama dengan angka yang berlaku")).to_be_visible()
    stranger.get_by_label("Atau berkasnya").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": paper}
    )
    stranger.get_by_role("button", name="Periksa berkas").click()
    expect(stranger.get_by_text("sama persis dengan yang kami terbitkan")).to_be_visible()
    stranger.context.close()
