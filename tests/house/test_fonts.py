"""The typeface is cut small, keeps what the pages write, and comes with its licence."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_a_font_is_light_and_writes_indonesian_and_figures_of_one_width(weight):
    found = Path(finders.find(f"fonts/source-sans-pro-{weight}.woff2"))
    assert found.stat().st_size <= 15_000
    with TTFont(found) as font:
        known = font.getBestCmap()
        assert all(ord(sign) in known for sign in "Rp1.298.347.200,00 53,0% é–—“”…−×÷→‹›")
        assert len({font["hmtx"][known[ord(figure)]][0] for figure in "0123456789"}) == 1


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_what_is_seldom_written_is_fetched_only_then(weight):
    """The style sheet names the same characters as the file has."""
    name = f"fonts/source-sans-pro-{weight}-extended.woff2"
    with TTFont(finders.find(name)) as font:
        assert set(font.getBestCmap()) == set(range(0x100, 0x17F))
    style = Path(finders.find("css/fonts.css")).read_text(encoding="utf-8")
    (face,) = [face for face in style.split("@font-face") if name in face]
    assert "unicode-range: U+0100-017E;" in face


def test_the_licence_is_published_beside_it():
    text = Path(finders.find("fonts/source-sans-pro-licence.txt")).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text.upper()


def test_nothing_else_is_found_and_what_is_there_is_not_made_again():
    assert finders.find("fonts/other.woff2") is None
    path = Path(finders.find("fonts/source-sans-pro-regular.woff2"))
    made = path.stat().st_mtime_ns
    assert finders.find("fonts/source-sans-pro-regular.woff2") == str(path)
    assert path.stat().st_mtime_ns == made
