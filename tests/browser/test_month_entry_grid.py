"""The grid of figures as an officer uses it: keyboard, clipboard, a colleague, why a cell is empty."""

import re
import time
from datetime import date

import pytest
from playwright.sync_api import expect

from participants.models import EmptyCell, Headcount, MembershipCount
from participants.services.membership_count import record_membership_counts
from regions.enums import Origin
from regions.models import User
from tests.browser.conftest import sign_in
from tests.browser.test_grid import PASTE
from tests.factories import MembershipCountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JULY, JUNE = date(2026, 7, 1), date(2026, 6, 1)
GRID = "/isian/36.72/2026-07/"


@pytest.fixture
def grid(page, site):
    by = User.objects.get(username="siti")
    past = [MembershipCountFactory(month=JUNE, segment="pu", members=1_528, origin=Origin.FORM)]
    record_membership_counts(past, by=by)
    sign_in(page, "wayan")
    page.goto(f"{site}{GRID}")
    return page


def row(page, name):
    return page.locator(f'tr[data-enrolment="{name}"]')


def cell(page, name):
    return row(page, name).locator("[data-field]")


def state(page, name):
    return row(page, name).locator("[data-state]")


def note(page, name):
    return row(page, name).locator("+ .grid-note")


def stored():
    return dict(MembershipCount.objects.filter(month=JULY).values_list("segment", "members"))


def test_typed_pasted_refused_and_taken_back(grid):
    cell(grid, "members:pu").focus()
    grid.keyboard.type("12a")
    expect(note(grid, "members:pu")).to_contain_text("“12a” bukan bilangan bulat")
    grid.keyboard.press("Backspace")
    expect(note(grid, "members:pu")).to_have_count(0)
    grid.keyboard.type("00")
    grid.keyboard.press("Enter")
    # A fifth fewer than last month is asked about before it is stored; F8 leads to where the reason is typed.
    expect(state(grid, "members:pu")).to_have_text("perlu alasan")
    expect(note(grid, "members:pu")).to_contain_text("Turun 21% dari bulan lalu")
    assert stored() == {}
    grid.keyboard.press("F8")
    grid.keyboard.type("pabrik tutup")
    grid.keyboard.press("Enter")
    expect(state(grid, "members:pu")).to_have_text("tersimpan")
    assert MembershipCount.objects.get(month=JULY).note == "pabrik tutup"
    grid.keyboard.press("ArrowDown")
    expect(cell(grid, "members:pu")).to_have_text("1.200")
    expect(row(grid, "members:pu").locator("[data-doubts]")).to_contain_text("Turun 21% dari bulan lalu")
    expect(cell(grid, "members:bpu")).to_be_focused()
    grid.evaluate(PASTE, "2.000\n300\n40\n5\n")
    expect(state(grid, "members:pmi")).to_have_text("tersimpan")
    expect(grid.locator("[data-cut]")).to_contain_text("1 baris tempelan tidak muat dan tidak disimpan")
    expect(grid.locator("[data-counts]")).to_contain_text("Terisi 4")
    assert stored() == {"pu": 1_200, "bpu": 2_000, "jakon": 300, "pmi": 40}
    # A stored number changes only with a reason, asked once.
    cell(grid, "members:pu").focus()
    grid.keyboard.type("=")
    grid.keyboard.press("Enter")
    expect(note(grid, "members:pu")).to_contain_text("Tulis alasannya di atas tabel")
    grid.locator("[data-terms] summary").click()
    grid.get_by_label("Alasan perubahan").fill("salah baca")
    grid.get_by_label("Alasan perubahan").press("Tab")
    expect(cell(grid, "members:pu")).to_have_text("1.528")
    expect(state(grid, "members:pu")).to_have_text("tersimpan")
    cell(grid, "members:pu").focus()
    grid.keyboard.press("Control+z")
    expect(cell(grid, "members:pu")).to_have_text("1.200")
    assert stored()["pu"] == 1_200
    # What was pasted at once is taken back at once.
    grid.keyboard.press("Control+z")
    expect(state(grid, "members:pmi")).to_have_text("")
    expect(grid.locator("[data-counts]")).to_contain_text("Terisi 1")
    assert stored() == {"pu": 1_200}


def test_a_colleague_on_the_same_figure(grid):
    siti = User.objects.get(username="siti")
    record_membership_counts([MembershipCountFactory(month=JULY, segment="pu", members=1_600)], by=siti)
    cell(grid, "members:pu").focus()
    grid.keyboard.type("1700")
    grid.keyboard.press("Enter")
    expect(note(grid, "members:pu")).to_contain_text("mengubah baris ini")
    expect(note(grid, "members:pu")).to_contain_text("“1.600”")
    assert stored() == {"pu": 1_600}
    note(grid, "members:pu").get_by_role("button", name="Pakai yang tersimpan").click()
    expect(cell(grid, "members:pu")).to_have_text("1.600")
    expect(state(grid, "members:pu")).to_have_text("tersimpan")


def test_a_broken_connection_and_a_reload_lose_nothing(grid):
    grid.context.set_offline(True)
    cell(grid, "members:bpu").focus()
    grid.keyboard.type("777")
    grid.keyboard.press("Enter")
    expect(state(grid, "members:bpu")).to_have_text("menunggu sambungan")
    assert stored() == {}
    grid.context.set_offline(False)
    grid.once("dialog", lambda dialog: dialog.accept())
    grid.reload()
    # Sent before the reload, during it or after it: the page shows it, and the server has it.
    expect(cell(grid, "members:bpu")).to_have_text("777")
    expect(grid.locator("[data-counts]")).to_contain_text("Terisi 1")
    assert stored() == {"bpu": 777}


def test_an_answer_that_comes_while_the_page_reloads_is_not_the_last_word(grid):
    """The new page was made before the old one's row was stored, and must not show the cell empty."""
    empty = grid.request.get(grid.url).text()
    cell(grid, "members:bpu").focus()
    grid.keyboard.type("777")
    grid.keyboard.press("Enter")
    grid.route(f"**{GRID}", lambda route: answered_late(route, empty))
    grid.once("dialog", lambda dialog: dialog.accept())
    grid.reload()
    expect(cell(grid, "members:bpu")).to_have_text("777")
    expect(grid.locator("[data-counts]")).to_contain_text("Terisi 1")
    assert stored() == {"bpu": 777}


def answered_late(route, page):
    """The page as it was, held back until the row that was under way is stored."""
    until(lambda: stored() == {"bpu": 777})
    time.sleep(0.5)
    route.fulfill(body=page, content_type="text/html")


def until(holds):
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_why_a_cell_is_empty_is_said_in_the_panel_by_keyboard(grid):
    grid.get_by_label("Kategori").select_option("linmas")
    grid.get_by_label("Sumber dana").select_option("apbd_kabkota")
    grid.get_by_role("button", name="Tambah baris").click()
    name = "headcount:linmas:apbd_kabkota"
    cell(grid, name).focus()
    grid.keyboard.press("F4")
    panel = grid.locator("#rincian")
    expect(panel.locator("h2")).to_be_focused()
    expect(panel).to_contain_text("Linmas")
    panel.get_by_label("Kosong karena").select_option("stopped")
    panel.get_by_label("Penjelasan").fill("anggaran habis")
    panel.get_by_role("button", name="Simpan sebabnya").press("Enter")
    expect(panel).to_contain_text("Alasan pengosongan tersimpan.")
    expect(row(grid, name).locator("[data-doubts]")).to_contain_text("anggaran habis")
    expect(grid.locator("[data-counts]")).to_have_text(re.compile("kosong beralasan 1"))
    assert [(one.cell, one.note) for one in EmptyCell.objects.all()] == [(name, "anggaran habis")]
    panel.press("Escape")
    expect(cell(grid, name)).to_be_focused()
    grid.keyboard.type("9")
    grid.keyboard.press("Tab")
    expect(state(grid, name)).to_have_text("tersimpan")
    assert Headcount.objects.get(month=JULY).people == 9
    assert not EmptyCell.objects.exists()


def test_an_answer_that_was_overtaken_does_not_bring_back_an_older_count(grid):
    """Rows are saved side by side: the first answer is held until the second was shown."""
    held = []

    def hold(route):
        answer = route.fetch()
        held.append((route, answer))
        if len(held) == 2:
            for waiting, told in reversed(held):
                waiting.fulfill(response=told)

    grid.route("**/baris/", hold)
    cell(grid, "members:bpu").focus()
    grid.evaluate(PASTE, "300\n40\n")
    expect(row(grid, "members:bpu").locator("+ tr").locator("[data-state]")).to_have_text("tersimpan")
    expect(state(grid, "members:bpu")).to_have_text("tersimpan")
    expect(grid.locator("[data-counts]")).to_contain_text("Terisi 2")
