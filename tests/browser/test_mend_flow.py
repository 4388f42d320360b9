"""Bad rows of a long list mended by keyboard in one grid; a list dropped on the landing page."""

import pytest
from playwright.sync_api import expect

from participants.models import Batch, Enrolment, HeldFile
from regions.models import User
from tests.browser.conftest import sign_in
from tests.browser.hands import Hands
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


def choose(hands, cause):
    """Only the rows of one cause, once the page is ready for keys."""
    hands.click(hands.page.get_by_role("link", name=cause))
    hands.page.wait_for_url("**?sebab=*")
    expect(hands.page.get_by_role("link", name=cause)).to_have_attribute("aria-current", "true")
    expect(hands.page.locator("[data-grid-keys]")).to_be_visible()
    hands.press("F8")
    expect(hands.page.locator("[data-field]:focus")).to_be_visible()


def test_thirty_seven_bad_rows_in_at_most_fifteen_interactions(page, site):
    batch = store(rows(), User.objects.get(username="wayan"))
    assert batch.counts["state"] == {"new": 263, "refused": 37}
    sign_in(page, "wayan")
    page.goto(f"{site}/kiriman/{batch.pk}/")
    hands, counts = Hands(page), page.locator("[data-counts]")
    hands.click(page.get_by_role("link", name="Perbaiki 37 baris dalam satu tabel"))
    told = (
        ("NIK tidak 16 angka", [f"367201070465{serial:04}" for serial in NO_NIK], ", 17 menunggu"),
        ("Tanggal lahir", ["07/04/1965"] * len(NO_DATE), ", 7 menunggu"),
    )
    for cause, texts, left in told:
        choose(hands, cause)
        hands.paste("\n".join(texts))
        expect(counts).to_contain_text(left)
    # The last are typed one below the other; the key that ends a cell belongs to the typing.
    choose(hands, "Nama kosong")
    for serial in NO_NAME:
        page.keyboard.type(f"Budi {chr(serial - 250 + 64) * 3}")
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
