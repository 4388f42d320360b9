"""A first day without fear: from the first steps into one's own room, and a whole month practised there."""

import re

import pytest
from playwright.sync_api import expect

from participants.models import Batch, MembershipCount, Participant
from regions.practice import CITY, in_room
from reports.models import Pack, PracticeRoom
from reports.services.practice.databases import drop_room, rooms_with_database
from tests.browser.conftest import sign_in
from tests.reports.packs import pdf_text
from tests.reports.practice import spare_the_migrations
from tests.reports.practice_flow import practice_period

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARK = "Latihan – bukan data sebenarnya"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def pattern(site):
    spare_the_migrations()
    yield
    for number in rooms_with_database():
        drop_room(number)


def begin(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}/mulai/")
    page.get_by_role("link", name="Buka Latihan").click()
    page.get_by_role("button", name="Mulai latihan").click()
    page.get_by_role("link", name="Masuk ke ruang latihan").click()
    expect(page.get_by_role("heading", name="Langkah latihan")).to_be_visible()
    expect(page.locator(".practice-band")).to_contain_text(MARK)
    return page.url


def open_step(page, steps, key):
    page.goto(steps)
    page.locator(f"#langkah-{key} a.button").last.click()
    expect(page.locator(".practice-band")).to_contain_text(MARK)


def is_done(page, steps, *keys):
    page.goto(steps)
    for key in keys:
        expect(page.locator(f"#langkah-{key} .badge")).to_have_text("sudah")


def send(page, steps):
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh daftar latihan", exact=True).click()
    assert download.value.suggested_filename == "LATIHAN-daftar-nelayan.xlsx"
    content = download.value.path().read_bytes()
    month = re.search(r"/isian/99\.71/(\d{4}-\d{2})/", page.content())[1]
    open_step(page, steps, "kirim")
    page.get_by_label("Berkas daftar").set_input_files(
        {"name": "daftar.xlsx", "mimeType": XLSX, "buffer": content}
    )
    page.get_by_label("Kategori pekerja").select_option("nelayan")
    page.get_by_label("Sumber dana").select_option("apbd_kabkota")
    page.get_by_label("Mulai bulan").fill(month)
    page.get_by_label("Sampai bulan").fill(month)
    page.get_by_label("Sumber", exact=True).fill("Surat latihan 1")
    page.get_by_role("button", name="Kirim dan periksa").click()
    expect(page.get_by_text("9 baris baik, 3 perlu diperbaiki")).to_be_visible()


def mend(page, steps):
    page.goto(steps)
    told = [row.locator("td").all_inner_texts() for row in page.locator("#langkah-perbaiki tbody tr").all()]
    open_step(page, steps, "perbaiki")
    page.get_by_role("link", name="Perbaiki", exact=True).first.click()
    for line, nik, name in told:
        # Each leads to the next one.
        expect(page.get_by_role("heading", name=f"Perbaiki baris {line}")).to_be_visible()
        page.get_by_label("NIK", exact=True).fill(nik)
        page.locator("[name=name]").fill(name)
        page.get_by_role("button", name="Simpan perbaikan").click()
    expect(page.get_by_text("12 baris baik, 0 perlu diperbaiki")).to_be_visible()


def enter(page, steps, room):
    """A little more than the month before, segment by segment, as the grid takes it."""
    with in_room(room):
        newest = MembershipCount.objects.latest("month").month
        before = dict(MembershipCount.objects.filter(month=newest).values_list("segment", "members"))
    open_step(page, steps, "isi")
    if not page.get_by_label("Sumber", exact=True).is_visible():
        page.locator("summary", has_text="Sumber angka yang diketik").click()
    page.get_by_label("Sumber", exact=True).fill("Surat latihan 2")
    for segment, members in before.items():
        row = page.locator(f'tr[data-enrolment="members:{segment}"]')
        cell = row.locator("[data-field]")
        # A cell takes the focus once the scripts of the table have come.
        expect(cell).to_have_attribute("tabindex", re.compile("-?[0-9]"))
        cell.focus()
        expect(cell).to_be_focused()
        page.keyboard.type(f"{members + 5}")
        page.keyboard.press("Enter")
        expect(row.locator("[data-state]")).to_have_text("tersimpan")


def make_pack(page, steps):
    open_step(page, steps, "paket")
    page.get_by_role("link", name="Buat paket").click()
    page.get_by_label("Periode").select_option(practice_period())
    page.get_by_role("button", name="Lanjut ke isi teks").click()
    page.get_by_role("button", name="Buat paket").click()
    expect(page.get_by_text("Isi paket")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").click()
    assert taken.value.suggested_filename.startswith("LATIHAN-")
    assert "".join(MARK.split()) in pdf_text(taken.value.path().read_bytes())


def test_a_first_import_is_practised_and_nothing_of_it_is_real(page, site, worker, pattern):
    steps = begin(page, site)
    room = PracticeRoom.objects.get().room
    send(page, steps)
    is_done(page, steps, "kirim")
    mend(page, steps)
    is_done(page, steps, "perbaiki")
    open_step(page, steps, "setujui")
    page.get_by_role("button", name="Simpan 12 baris baik").click()
    expect(page.get_by_role("link", name="Lihat angka wilayah")).to_be_visible()
    is_done(page, steps, "setujui")
    enter(page, steps, room)
    is_done(page, steps, "isi")
    open_step(page, steps, "lengkap")
    page.get_by_role("button", name="Nyatakan lengkap", exact=True).click()
    expect(page.locator("main")).to_contain_text("Bulan ini sekarang: lengkap")
    open_step(page, steps, "lihat")
    expect(page.locator("main")).to_contain_text("Latihan (bukan data sebenarnya)")
    make_pack(page, steps)
    is_done(page, steps, "kirim", "perbaiki", "setujui", "isi", "lengkap", "lihat", "paket")
    expect(page.get_by_text("Semua langkah sudah Anda lakukan")).to_be_visible()
    with in_room(room):
        assert Participant.objects.filter(region_id=CITY).count() == 12
    assert (Batch.objects.count(), Participant.objects.count(), Pack.objects.count()) == (0, 0, 0)


def test_reset_in_another_tab_and_back_to_what_is_real(page, site, worker, pattern):
    steps = begin(page, site)
    other = page.context.new_page()
    other.goto(steps)
    other.get_by_text("Mulai ulang atau akhiri latihan").click()
    other.get_by_role("button", name="Mulai ulang dari awal").click()
    other.get_by_role("link", name="Masuk ke ruang latihan").click()
    assert other.url != steps
    # What is still open in the first tab leads nowhere but to the door.
    page.locator("#langkah-kirim a.button").last.click()
    expect(page.get_by_text("Ruang latihan itu sudah berakhir")).to_be_visible()
    expect(page.locator(".practice-band")).to_have_count(0)
    other.get_by_role("link", name="Kembali ke data sebenarnya").click()
    expect(other.locator(".scope")).to_have_text("Operator · Kota Cilegon")
    other.goto(f"{site}/latihan/")
    other.get_by_text("Mulai ulang atau akhiri latihan").click()
    other.get_by_role("button", name="Akhiri latihan").click()
    expect(other.get_by_text("semua yang dilatih dihapus")).to_be_visible()
    assert not PracticeRoom.objects.filter(state="ready").exists()
