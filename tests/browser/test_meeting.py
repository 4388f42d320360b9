"""A board and a meeting in a real browser: what the first screen answers, and where the keys lead."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
_BOARD = "/wilayah/36.72/?periode=2025-07"


def test_the_first_screen_says_how_many_compared_with_what_and_what_to_do(page, site):
    sign_in(page, "dewi")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{site}{_BOARD}")
    for words in (
        "43,49% angkatan kerja terlindungi",
        "Yang perlu dilakukan",
        "Universal Coverage Jamsostek",
    ):
        box = page.get_by_text(words).first.bounding_box()
        assert box is not None and box["y"] + box["height"] <= 720, words
    page.mouse.wheel(0, 900)
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.goto(f"{site}/wilayah/36.72/?periode=2024-08")
    short = page.locator(".shortened").first
    expect(short.locator(".full")).to_have_css("position", "absolute")
    short.focus()
    expect(short.locator(".full")).to_have_css("position", "static")


def press(page, key):
    """Once the script runs, which shows the button."""
    expect(page.get_by_role("button", name="Layar penuh")).to_be_visible()
    page.keyboard.press(key)


def test_a_meeting_is_led_by_keys_and_by_links_alone(page, site):
    sign_in(page, "dewi")
    page.goto(f"{site}/wilayah/36.72/?periode=2025-12")
    page.get_by_role("link", name="Mode rapat").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Berapa pekerja yang terlindungi?")
    press(page, "ArrowRight")
    expect(heading).to_have_text("Apa yang berubah?")
    press(page, "ArrowLeft")
    expect(heading).to_have_text("Berapa pekerja yang terlindungi?")
    press(page, "ArrowUp")
    expect(page.locator(".meeting-place")).to_contain_text("Kota Tangerang")
    press(page, "Escape")
    page.wait_for_url("**/wilayah/36.71/?periode=2025-12")
    plain = page.context.browser.new_context(java_script_enabled=False, locale="id-ID").new_page()
    plain.goto(site)
    sign_in(plain, "dewi")
    plain.goto(f"{site}/wilayah/36.72/rapat/?periode=2025-12")
    plain.get_by_role("link", name="Berikutnya →").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Apa yang berubah?")
    plain.context.close()
