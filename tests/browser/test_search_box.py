"""The search on every page by keyboard, tables ordered in the browser, and both without scripts."""

import pytest
from playwright.sync_api import expect

from participants.models import LookUp
from regions.models import User
from tests.browser.conftest import sign_in
from tests.factories import ParticipantFactory, nik_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(site):
    return ParticipantFactory(
        entered_by=User.objects.get(username="wayan"), name="Sukarman Jaya", digits=nik_of(1)
    )


def test_slash_leads_into_the_box_and_arrows_to_what_is_suggested(page, person):
    sign_in(page, "wayan")
    page.keyboard.press("/")
    box = page.locator("#cari-semua")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("sukar")
    hit = page.locator("#saran a", has_text="Sukarman Jaya")
    expect(hit).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#saran")).to_be_hidden()
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cari/?kata=sukar")
    expect(page.locator("main .hits a", has_text="Sukarman Jaya")).to_be_visible()
    # In a field it is a letter like others.
    page.locator("main input[name=kata]").press_sequentially("/")
    expect(page.locator("main input[name=kata]")).to_have_value("/sukar")


def test_a_nik_gets_into_no_address(page, person):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    sign_in(page, "wayan")
    page.keyboard.press("/")
    page.keyboard.type(nik_of(1))
    expect(page.locator("#saran")).to_contain_text("Tekan Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#hasil")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Sukarman Jaya")
    assert page.url.endswith("/cari/")
    assert not [url for url in asked if nik_of(1)[:9] in url]
    assert LookUp.objects.count() == 1


def test_a_table_is_ordered_and_filtered_in_the_browser(page, site):
    sign_in(page, "dewi")
    page.goto(f"{site}/wilayah/ID/?periode=2025-12")
    table = page.locator("table[data-sorts]").first
    head = table.locator("th.number", has=page.locator("button.sort", has_text="Belum terlindungi"))
    expect(head).to_have_count(1)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    place = head.evaluate("head => head.cellIndex")
    texts = table.locator(f"tbody tr > :nth-child({place + 1})").all_inner_texts()
    numbers = [int(text.replace(".", "")) for text in texts if text.strip()[:1].isdigit()]
    assert len(numbers) > 1
    assert numbers == sorted(numbers, reverse=True)
    assert not any(text.strip()[:1].isdigit() for text in texts[len(numbers) :])
    head.locator("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    page.locator(".table-filter input").first.fill("banten")
    expect(table.locator("tbody tr:visible")).to_have_count(1)


def test_both_work_without_scripts(browser, site, person):
    context = browser.new_context(locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    sign_in(page, "wayan")
    page.locator("#cari-semua").fill("sukarman")
    page.locator("form.search-box button").click()
    assert page.url.endswith("/cari/?kata=sukarman")
    expect(page.locator("main .hits a", has_text="Sukarman Jaya")).to_be_visible()
    page.locator("#cari-semua").fill(nik_of(1))
    page.locator("form.search-box button").click()
    assert page.url.endswith("/cari/")
    expect(page.locator("#hasil")).to_be_visible()
    page.goto(f"{site}/peserta-aktif/")
    page.locator("th .sort", has_text="Peserta aktif").click()
    assert page.url.endswith("?urut=-peserta")
    expect(page.locator("th[aria-sort=descending]")).to_have_count(1)
    context.close()


def test_the_key_is_switched_off_on_the_account_page(page, person):
    """WCAG 2.1.4: a key alone can be turned off; the box stays."""
    sign_in(page, "wayan")
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + "/akun/pintasan/")
    page.locator("main input[name=search_key]").uncheck()
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("main input[name=search_key]")).not_to_be_checked()
    page.locator("h1").click()
    page.keyboard.press("/")
    box = page.locator("#cari-semua")
    expect(box).not_to_be_focused()
    expect(box).not_to_have_attribute("aria-keyshortcuts", "/")
    expect(box).to_have_attribute("placeholder", "Cari …")
