"""The grid as an officer uses it: keyboard, clipboard, a colleague on the same row, a bad connection."""

import re

import pytest
from playwright.sync_api import expect

from participants.enums import ExtraKind
from participants.models import Enrolment, Participant
from regions.models import User
from tests.browser.conftest import sign_in
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.participants.extra_fields import make_field

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRID = "/peserta/kisi/36.72/linmas/apbd_kabkota/2025-07/"
FORM = "/orang-per-kategori/catat/"
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data});
  document.activeElement.dispatchEvent(paste);
}"""


@pytest.fixture
def grid(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}{GRID}")
    return page


@pytest.fixture
def stored(site):
    """One person of the grid, and one of another city in the same category."""
    siti = User.objects.get(username="siti")
    for region, name in (("36.72", "Ani Tersimpan"), ("36.73", "Orang Kota Lain")):
        person = ParticipantFactory(region_id=region, name=name, entered_by=siti)
        EnrolmentFactory(participant=person, entered_by=siti)
    return Participant.objects.get(name="Ani Tersimpan")


def row(page, number):
    return page.locator("tr[data-row]").nth(number - 1)


def cell(page, number, field):
    return row(page, number).locator(f"[data-field={field}]")


def state(page, number):
    return row(page, number).locator("[data-state]")


def note(page, number):
    return row(page, number).locator("+ .grid-note")


def type_row(page, *texts):
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def people():
    return set(Participant.objects.values_list("name", flat=True))


def test_typed_by_keyboard_pasted_reloaded_and_undone(grid):
    cell(grid, 1, "nik").focus()
    type_row(grid, nik_of(1), "Ani Uji", "Cilegon", "07/04/1965", "L")
    grid.keyboard.press("Enter")
    expect(state(grid, 1)).to_have_text("tersimpan")
    # Enter went back under the column where the Tabs began.
    expect(cell(grid, 2, "nik")).to_be_focused()
    grid.evaluate(PASTE, f"{nik_of(2)}\tBima Uji\tSerang\n{nik_of(3)}\tCitra Uji\tSerang\n")
    expect(state(grid, 2)).to_have_text("tersimpan")
    expect(state(grid, 3)).to_have_text("tersimpan")
    expect(grid.locator("[data-count]")).to_have_text("3")
    grid.reload()
    shown = [cell(grid, number, "name").inner_text() for number in (1, 2, 3, 4)]
    assert shown == ["Ani Uji", "Bima Uji", "Citra Uji", ""]
    assert [cell(grid, 1, field).inner_text() for field in ("nik", "birth_date")] == [
        "367201******0001",
        "07/04/1965",
    ]
    assert {person.nik.digits for person in Participant.objects.all()} == {nik_of(n) for n in (1, 2, 3)}
    cell(grid, 4, "nik").focus()
    type_row(grid, nik_of(4), "Dodi Uji")
    grid.keyboard.press("Enter")
    expect(state(grid, 4)).to_have_text("tersimpan")
    grid.keyboard.press("Control+z")
    expect(cell(grid, 4, "name")).to_have_text("")
    assert people() == {"Ani Uji", "Bima Uji", "Citra Uji"}


def test_a_wrong_nik_says_why_and_is_mended_in_place(grid):
    cell(grid, 1, "nik").focus()
    type_row(grid, "12345", "Ani Uji")
    grid.keyboard.press("Enter")
    expect(state(grid, 1)).to_have_text("belum benar")
    expect(note(grid, 1)).to_contain_text("NIK tidak 16 angka. Periksa KTP, lalu tulis 16 angka.")
    expect(cell(grid, 1, "nik")).to_have_attribute("aria-invalid", "true")
    grid.reload()
    expect(cell(grid, 1, "name")).to_have_text("Ani Uji")
    expect(state(grid, 1)).to_have_text("belum benar")
    cell(grid, 1, "nik").focus()
    grid.keyboard.press("F2")
    grid.keyboard.press("Control+a")
    grid.keyboard.type(nik_of(1))
    grid.keyboard.press("Enter")
    expect(state(grid, 1)).to_have_text("tersimpan")
    expect(note(grid, 1)).to_have_count(0)
    assert people() == {"Ani Uji"}


def test_escape_and_tab_lead_out_of_the_grid(grid):
    cell(grid, 1, "name").focus()
    grid.keyboard.type("Salah")
    grid.keyboard.press("Escape")
    expect(cell(grid, 1, "name")).to_have_text("")
    expect(cell(grid, 1, "name")).to_be_focused()
    grid.keyboard.press("Escape")
    grid.keyboard.press("Tab")
    assert not grid.evaluate("document.activeElement.closest('[data-grid]')")
    assert people() == set()


@pytest.mark.parametrize(
    ("button", "kept"), [("Gunakan isian saya", "Ani Wayan"), ("Pakai yang tersimpan", "Ani Siti")]
)
def test_two_officers_on_one_row_choose_knowingly(grid, stored, browser, site, button, kept):
    grid.reload()
    context = browser.new_context(locale="id-ID")
    other = context.new_page()
    other.goto(site)
    sign_in(other, "siti")
    other.goto(f"{site}{GRID}")
    for page, name in ((other, "Ani Siti"), (grid, "Ani Wayan")):
        cell(page, 1, "name").focus()
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        if page is other:
            expect(state(other, 1)).to_have_text("tersimpan")
    expect(state(grid, 1)).to_have_text("diubah orang lain")
    expect(note(grid, 1)).to_contain_text("Siti Contoh mengubah baris ini")
    expect(note(grid, 1)).to_contain_text("Nama “Ani Siti”")
    grid.get_by_role("button", name=button).click()
    expect(state(grid, 1)).to_have_text("tersimpan")
    expect(cell(grid, 1, "name")).to_have_text(kept)
    stored.refresh_from_db()
    assert stored.name == kept
    context.close()


def test_rows_wait_for_the_connection_even_through_a_reload(grid):
    grid.context.set_offline(True)
    cell(grid, 1, "nik").focus()
    type_row(grid, nik_of(1), "Ani Uji")
    grid.keyboard.press("Enter")
    expect(state(grid, 1)).to_have_text("menunggu sambungan")
    expect(grid.get_by_text("Sambungan terputus.", exact=True)).to_be_visible()
    assert people() == set()
    grid.context.set_offline(False)
    expect(state(grid, 1)).to_have_text("tersimpan")
    expect(grid.get_by_text("Sambungan terputus.", exact=True)).to_be_hidden()
    assert people() == {"Ani Uji"}
    grid.route("**/baris/", lambda route: route.abort())
    cell(grid, 2, "nik").focus()
    type_row(grid, nik_of(2), "Bima Uji")
    grid.keyboard.press("Enter")
    expect(state(grid, 2)).to_have_text("menunggu sambungan")
    grid.unroute("**/baris/")
    grid.reload()
    expect(state(grid, 2)).to_have_text("tersimpan")
    assert people() == {"Ani Uji", "Bima Uji"}


def test_rows_wait_for_a_new_sign_in(grid, site):
    grid.context.clear_cookies(name="sessionid")
    cell(grid, 1, "nik").focus()
    type_row(grid, nik_of(1), "Ani Uji")
    grid.keyboard.press("Enter")
    expect(state(grid, 1)).to_have_text("menunggu masuk")
    expect(grid.get_by_text("Masuk lagi di tab baru, lalu tekan Kirim ulang.")).to_be_visible()
    with grid.context.expect_page() as opened:
        grid.get_by_role("link", name="Masuk di tab baru").click()
    sign_in(opened.value, "wayan")
    grid.locator("[data-banner=signed-out] [data-resend]").click()
    expect(state(grid, 1)).to_have_text("tersimpan")
    assert people() == {"Ani Uji"}


def test_another_person_does_not_send_what_was_typed_before(grid, site):
    grid.context.clear_cookies(name="sessionid")
    cell(grid, 1, "nik").focus()
    type_row(grid, nik_of(1), "Ani Uji")
    grid.keyboard.press("Enter")
    expect(state(grid, 1)).to_have_text("menunggu masuk")
    other = grid.context.new_page()
    other.goto(site)
    sign_in(other, "siti")
    grid.locator("[data-banner=signed-out] [data-resend]").click()
    expect(state(grid, 1)).to_have_text("menunggu masuk")
    assert people() == set()
    grid.goto(f"{site}{GRID}")
    expect(cell(grid, 1, "name")).to_have_text("")
    kept = "Object.keys(sessionStorage).filter((key) => sessionStorage[key].includes('Ani Uji'))"
    assert grid.evaluate(kept) == []


def fill_headcount(page):
    page.get_by_label("Orang", exact=True).fill("1.234")
    page.get_by_label("Bulan").fill("2025-06")
    page.get_by_label("Kategori pekerja").select_option("linmas")
    page.get_by_label("Sumber dana").select_option("apbd_kabkota")
    page.get_by_label("Sumber", exact=True).fill("Surat 7")
    # A fifth fewer than before, which has to be explained.
    page.get_by_label("Catatan").fill("dua pos digabung")


def test_a_form_keeps_its_typing_through_a_lost_session_and_forgets_it_once_saved(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}{FORM}")
    fill_headcount(page)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/akun/masuk/**")
    sign_in(page, "wayan")
    page.wait_for_url(f"**{FORM}")
    expect(page.get_by_text("Isian Anda sebelumnya dipulihkan.")).to_be_visible()
    expect(page.get_by_label("Orang", exact=True)).to_have_value("1.234")
    expect(page.get_by_label("Sumber", exact=True)).to_have_value("Surat 7")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/wilayah/36.72/**")
    page.goto(f"{site}{FORM}")
    expect(page.get_by_text("Isian Anda sebelumnya dipulihkan.")).to_be_hidden()
    expect(page.get_by_label("Orang", exact=True)).to_have_value("")


def test_restored_typing_can_be_thrown_away_and_leaves_with_the_person(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}{FORM}")
    fill_headcount(page)
    page.reload()
    expect(page.get_by_label("Orang", exact=True)).to_have_value("1.234")
    page.get_by_role("button", name="Buang isian itu").click()
    expect(page.get_by_label("Orang", exact=True)).to_have_value("")
    page.reload()
    expect(page.get_by_text("Isian Anda sebelumnya dipulihkan.")).to_be_hidden()
    fill_headcount(page)
    page.locator(".account-menu summary").click()
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url(re.compile("/akun/masuk/"))
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => /typed/.test(key))") == []
    assert page.evaluate("Object.values(sessionStorage).filter((text) => /Surat 7/.test(text))") == []
    sign_in(page, "wayan")
    page.goto(f"{site}{FORM}")
    expect(page.get_by_label("Orang", exact=True)).to_have_value("")


def test_a_form_of_an_old_sign_in_is_not_refused_by_its_token(page, site):
    sign_in(page, "wayan")
    page.goto(f"{site}{FORM}")
    fill_headcount(page)
    page.context.clear_cookies(name="sessionid")
    other = page.context.new_page()
    other.goto(site)
    sign_in(other, "wayan")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/wilayah/36.72/**")


def test_one_row_is_filled_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(site)
    sign_in(page, "wayan")
    page.goto(f"{site}{GRID}")
    page.get_by_text("Isi satu baris lewat formulir").click()
    page.get_by_label("NIK").fill(nik_of(1))
    page.get_by_label("Nama", exact=True).fill("Ani Uji")
    page.get_by_role("button", name="Simpan").click()
    assert "Ani Uji tersimpan." in page.inner_text("main")
    assert Enrolment.objects.get().participant.nik.digits == nik_of(1)
    context.close()


def test_fields_of_the_office_are_typed_in_the_grid(page, site):
    admin = User.objects.get(username="admin")
    home = make_field(admin, name="Status rumah", kind=ExtraKind.CHOICE, choices=["Milik sendiri", "Sewa"])
    secret = make_field(admin, name="Agama", is_personal=True)
    sign_in(page, "wayan")
    page.goto(f"{site}{GRID}")
    cell(page, 1, "nik").focus()
    type_row(page, nik_of(1), "Ani Uji", "Cilegon", "07/04/1965", "L", "", "", "", "", "Kontrak", "Islam")
    page.keyboard.press("Enter")
    expect(note(page, 1)).to_contain_text("Status rumah")
    cell(page, 1, home.key).click()
    page.keyboard.press("F2")
    page.keyboard.press("Control+a")
    page.keyboard.type("sewa")
    page.keyboard.press("Enter")
    expect(state(page, 1)).to_have_text("tersimpan")
    expect(cell(page, 1, home.key)).to_have_text("Sewa")
    expect(cell(page, 1, secret.key)).to_have_text("*****")
    person = Participant.objects.get()
    assert person.extra[home.key] == "Sewa" and secret.key in person.extra
