"""Bad rows of a long list mended by keyboard in one grid; a list dropped on the landing page."""

import pytest
from playwright.sync_api import expect

from participants.models import Batch, Enrolment, HeldFile
from regions.models import User
from tests.browser.conftest import sign_in
from tests.browser.test_grid import PASTE
from tests.participants.batches import store
from tests.participants.made_files import HEADER, person, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Of three hundred rows 37 are bad, for three causes.
NO_NIK, NO_DATE, NO_NAME = range(101, 121), range(201, 211), range(251, 258)


def rows():
    bad = {serial: {"nik": "36720107046"} for serial in NO_NIK}
    bad |= {serial: {"birth": "31/02/1965"} for serial in NO_DATE} | {
        serial: {"name": ""} for serial in NO_NAME
    }
    return [person(serial, **bad.get(serial, {})) for serial in range(1, 301)]


class Hands:
    """What an officer does beside typing, counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, locator):
        self.count += 1
        locator.click()

    def press(self, key):
        self.count += 1
        self.page.keyboard.press(key)

    def paste(self, text):
        self.count += 1
        self.page.evaluate(PASTE, text)


def test_thirty_seven_bad_rows_in_at_most_fifteen_interactions(page, site):
    batch = store(rows(), User.objects.get(username="wayan"))
    assert batch.counts["state"] == {"new": 263, "refused": 37}
    sign_in(page, "wayan")
    page.goto(f"{site}/kiriman/{batch.pk}/")
    hands, counts = Hands(page), page.locator("[data-counts]")
    hands.click(page.get_by_role("link", name="Perbaiki 37 baris dalam satu tabel"))
    told = (
        ("NIK tidak 16 angka", [f"367201070465{serial:04}" for serial in NO_NIK], "17 menunggu"),
        ("Tanggal lahir", ["07/04/1965"] * len(NO_DATE), "7 menunggu"),
    )
    for cause, texts, left in told:
        hands.click(page.get_by_role("link", name=cause))
        hands.press("F8")
        hands.paste("\n".join(texts))
        expect(counts).to_contain_text(left)
    # The last are typed one below the other; the key that ends a cell belongs to the typing.
    hands.click(page.get_by_role("link", name="Nama kosong"))
    hands.press("F8")
    for serial in NO_NAME:
        page.keyboard.type(f"Budi {serial}")
        page.keyboard.press("Enter")
    expect(counts).to_contain_text("300 baris baik, 0 menunggu")
    assert hands.count <= 15, hands.count
    assert Enrolment.objects.filter(batch=batch).count() == 300


def test_a_list_dropped_on_the_landing_page_needs_only_what_it_does_not_say(page, site):
    sign_in(page, "wayan")
    page.goto(site)
    content = xlsx({"Rekap": [["KETUA RT/RW BULAN JULI 2025"], HEADER, person(1)]})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    # Chosen or dropped, it is sent at once.
    page.get_by_label("Taruh daftar peserta di sini").set_input_files(
        {"name": "rtrw juli 2025.xlsx", "mimeType": kind, "buffer": content}
    )
    expect(page.locator("main")).to_contain_text("sudah di sini")
    expect(page.get_by_label("Kategori pekerja")).to_have_value("rt_rw")
    expect(page.get_by_label("Mulai bulan")).to_have_value("2025-07")
    page.get_by_label("Sumber dana").select_option("apbd_kabkota")
    page.get_by_role("button", name="Kirim dan periksa").click()
    expect(page.locator("main")).to_contain_text("Sebutkan sumbernya")
    expect(page.locator("main")).to_contain_text("sudah di sini")
    page.get_by_label("Sumber", exact=True).fill("Surat 7/2025")
    page.get_by_role("button", name="Kirim dan periksa").click()
    page.wait_for_url("**/kiriman/*/")
    batch = Batch.objects.get()
    assert (batch.category_id, batch.file_name) == ("rt_rw", "rtrw juli 2025.xlsx")
    assert not HeldFile.objects.exists()
