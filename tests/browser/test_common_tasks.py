"""The ten commonest tasks, each from the landing page in at most four clicks beside typing and choosing.

1. an officer opens the grid of the oldest month that waits; 2. and that of its contributions and claims;
3. sends a list of persons; 4. mends its bad rows; 5. finds a person by name; 6. a verifier submits a month;
7. a branch head verifies and closes one; 8. and has a pack made; 9. a leader reads where a figure comes from;
10. a planner opens the budget of the region with the widest gap.
"""

from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from regions.enums import MonthState, Verb
from regions.models import User
from regions.services.reporting_month import locked_row, step
from regions.services.user import ensure_system_user
from reports.services.recompute import recompute_stale
from tests.browser.conftest import PATIENCE, sign_in
from tests.browser.hands import Hands
from tests.factories import HeadcountFactory, MembershipCountFactory
from tests.participants.batches import people, store
from tests.participants.made_files import HEADER, person, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
JULY = date(2026, 7, 1)
MOST = 4
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def world(site):
    """A month with figures, two categories, a list with a bad row."""
    system, wayan = ensure_system_user(), User.objects.get(username="wayan")
    record_membership_counts(
        [
            MembershipCountFactory(month=JULY, segment=one, members=n)
            for one, n in (("pu", 50_000), ("bpu", 30_000))
        ],
        by=system,
    )
    record_headcounts([HeadcountFactory(month=JULY)], by=system)
    store([*people(3), person(4, nik="36720107046")], wayan, first_month=JULY)
    recompute_stale()
    return site


@pytest.fixture
def hands_of(browser, world):
    contexts = []

    def signed_in(name):
        context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        page = context.new_page()
        page.goto(world)
        sign_in(page, name)
        page.goto(f"{world}/")
        return Hands(page)

    yield signed_in
    for context in contexts:
        context.close()


def step_month(*ways, by=None):
    with transaction.atomic():
        row = locked_row("36.72", JULY)
        for verb, state in ways:
            step(row, verb, state, by=by or ensure_system_user())


def link(hands, name, *, exact=False):
    return hands.page.get_by_role("link", name=name, exact=exact).first


def reached(hands, words):
    expect(hands.page.locator("main")).to_contain_text(words)
    assert hands.count <= MOST, hands.count


def test_an_officer_opens_the_grid_of_the_oldest_month(hands_of):
    hands = hands_of("wayan")
    hands.click(hands.page.locator("#tugas ~ ul a").first)
    expect(hands.page.locator("[data-grid]")).to_be_visible()
    reached(hands, "Isian")
    hands.click(link(hands, "Iuran dan klaim"))
    reached(hands, "Iuran yang diterima bulan ini")


def test_a_list_is_sent(hands_of):
    hands = hands_of("wayan")
    content = xlsx({"Linmas": [["ANGGOTA LINMAS BULAN AGUSTUS 2026"], HEADER, person(9)]})
    hands.page.get_by_label("Taruh daftar peserta di sini").set_input_files(
        {"name": "linmas agustus 2026.xlsx", "mimeType": EXCEL, "buffer": content}
    )
    expect(hands.page.locator("main")).to_contain_text("sudah di sini")
    if not hands.page.get_by_label("Sumber", exact=True).input_value():
        hands.page.get_by_label("Sumber", exact=True).fill("Surat 8/2026")
    if not hands.page.get_by_label("Sumber dana").input_value():
        hands.page.get_by_label("Sumber dana").select_option("apbd_kabkota")
    hands.click(hands.page.get_by_role("button", name="Kirim dan periksa"))
    hands.page.wait_for_url("**/kiriman/*/")
    reached(hands, "linmas agustus 2026.xlsx")


def test_bad_rows_are_mended(hands_of):
    hands = hands_of("wayan")
    hands.click(hands.page.get_by_text("Orang", exact=True))
    hands.click(link(hands, "Unggahan daftar peserta"))
    hands.click(hands.page.locator("main tbody a[href^='/kiriman/']").first)
    hands.click(link(hands, "Perbaiki 1 baris dalam satu tabel"))
    reached(hands, "Sebab:")


def test_a_person_is_found_by_name(hands_of):
    hands = hands_of("wayan")
    hands.press("/")
    hands.page.keyboard.type("Budi")
    hands.press("Enter")
    hands.click(hands.page.locator('main a[href^="/peserta/"]').first)
    reached(hands, "Koreksi data")


def test_a_month_is_submitted(hands_of):
    step_month((Verb.COMPLETED, MonthState.COMPLETE), by=User.objects.get(username="wayan"))
    hands = hands_of("siti")
    hands.click(hands.page.get_by_role("link", name="Juli 2026").first)
    hands.click(hands.page.get_by_role("button", name="Ajukan", exact=True))
    reached(hands, "Bulan ini sekarang: diajukan")


def test_a_month_is_verified_and_closed(hands_of):
    step_month(
        (Verb.COMPLETED, MonthState.COMPLETE),
        (Verb.SUBMITTED, MonthState.SUBMITTED),
        by=User.objects.get(username="siti"),
    )
    hands = hands_of("anton")
    hands.click(hands.page.get_by_role("link", name="Juli 2026").first)
    hands.click(hands.page.get_by_role("button", name="Verifikasi", exact=True))
    expect(hands.page.locator("main")).to_contain_text("Bulan ini sekarang: terverifikasi")
    hands.page.get_by_label("Bawa ke bulan berikutnya").or_(
        hands.page.locator('input[name="menunggu"]')
    ).first.check()
    hands.click(hands.page.get_by_role("button", name="Tutup", exact=True))
    reached(hands, "Bulan ini sekarang: ditutup")


def test_a_pack_is_asked_for(hands_of):
    hands = hands_of("anton")
    hands.click(link(hands, "Paket monev"))
    hands.click(hands.page.locator('main a[href="/paket/buat/"]').first)
    hands.page.locator("select[name=period]").select_option("month-2026-07")
    hands.click(hands.page.get_by_role("button", name="Lanjut ke isi teks"))
    hands.click(hands.page.get_by_role("button", name="Buat paket"))
    hands.page.wait_for_url("**/paket/pembuatan/*/")
    assert hands.count <= MOST


def test_a_leader_reads_where_a_figure_comes_from(hands_of):
    step_month((Verb.CLOSED, MonthState.CLOSED))
    recompute_stale()
    hands = hands_of("hadi")
    hands.click(hands.page.locator('main a[href^="/angka/36.72/"]').first)
    reached(hands, "80.000")


def test_a_planner_opens_the_budget_of_the_widest_gap(hands_of):
    hands = hands_of("dewi")
    hands.click(hands.page.locator("table tbody th a").first)
    hands.click(hands.page.get_by_role("link", name="Uang", exact=True).first)
    assert "/uang/" in hands.page.url
    assert hands.count <= MOST
