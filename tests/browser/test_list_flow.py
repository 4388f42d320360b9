"""A list from the officer's folder to the number on the dashboard."""

import re

import pytest
from playwright.sync_api import expect

from participants.models import Batch, Enrolment
from tests.browser.conftest import PATIENCE, background, sign_in
from tests.participants.batches import workbook
from tests.participants.made_files import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A title that no synonym knows: a person says once that it is the NIK.
HEADER = ["No", "Nomor Warga", "Nama Lengkap", "Tanggal Lahir", "L/P", "Kecamatan"]
BOARD = "/wilayah/36.72/kategori/?periode=2025-07"


def send(page, site, content, name="Juru parkir.xlsx"):
    page.goto(f"{site}/kiriman/")
    page.get_by_role("link", name="Kirim daftar").click()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("Berkas daftar").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_label("Kategori pekerja").select_option("tukang_parkir")
    page.get_by_label("Sumber dana").select_option("apbd_kabkota")
    page.get_by_label("Mulai bulan").fill("2025-07")
    page.get_by_label("Sampai bulan").fill("2025-07")
    page.get_by_label("Sumber", exact=True).fill("Surat Dishub 7/2025")
    page.get_by_role("button", name="Kirim dan periksa").click()


def test_a_list_is_sent_named_mended_confirmed_and_counted(page, site, worker):
    sign_in(page, "wayan")
    rows = [["DAFTAR JURU PARKIR"], HEADER, *[person(n) for n in range(1, 41)], person(41, nik="36720107046")]
    rows += [["", "Mengetahui,"], ["", "Kepala Dinas"]]
    send(page, site, workbook(rows[1:], rows[0]))
    expect(page.get_by_text("tidak memiliki kolom NIK")).to_be_visible()
    page.get_by_label("Nomor Warga").select_option("nik")
    page.get_by_role("button", name="Baca ulang dengan arti ini").click()
    expect(page.get_by_text("40 baris baik, 1 perlu diperbaiki")).to_be_visible()
    assert not Enrolment.objects.exists()
    page.get_by_role("link", name="Perbaiki", exact=True).first.click()
    page.get_by_label("NIK").fill("3672010704650041")
    page.get_by_role("button", name="Simpan perbaikan").click()
    expect(page.get_by_text("41 baris baik, 0 perlu diperbaiki")).to_be_visible()
    page.get_by_role("button", name="Simpan 41 baris baik").click()
    expect(page.get_by_role("link", name="Lihat angka wilayah")).to_be_visible()
    page.goto(f"{site}{BOARD}")
    row = page.get_by_role("row", name=re.compile("Juru parkir"))
    for _try in range(PATIENCE):
        if row.count():
            break
        page.wait_for_timeout(300)
        page.reload()
    expect(row).to_contain_text("41")
    row.get_by_role("link", name="41").first.click()
    expect(page.get_by_text("Juru parkir.xlsx")).to_be_visible()


def test_a_list_waits_while_no_worker_lives_and_is_read_when_one_comes(page, site, worker):
    worker["worker"].kill()
    worker["worker"].wait()
    sign_in(page, "wayan")
    send(page, site, workbook([person(n) for n in range(1, 6)]))
    expect(page.get_by_text("Dalam antrean")).to_be_visible()
    assert Batch.objects.get().state == "waiting"
    worker["worker"] = background("worker", "--concurrency=2", "--loglevel=ERROR", "--without-mingle")
    expect(page.get_by_text("5 baris baik, 0 perlu diperbaiki")).to_be_visible()
    page.get_by_role("button", name="Buang pemeriksaan ini").click()
    expect(page.get_by_text("dibatalkan").first).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("button", name="Simpan 5 baris baik")).not_to_be_visible()
