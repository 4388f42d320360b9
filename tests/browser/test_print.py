"""Pages on paper: no text outside the sheet or upon other text, nothing to click, and their origin."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# In millimetres; F4 is the paper of Indonesian offices. The margins are those of print.css.
SHEETS = {"A4": (210, 297), "F4": (215, 330)}
MARGINS = 2 * 12
PAGES = {
    "wayan": (
        "/",
        "/wilayah/36.72/?periode=2025-07",
        "/wilayah/36.72/kategori/?periode=2025-07",
        "/wilayah/36.72/uang/?periode=2025-07",
        "/wilayah/36.72/sumber/?periode=2025-07",
        "/wilayah/36.72/banding/?periode=2025-07&dengan=36.73",
        "/angka/36.72/2025-07/COV-01/",
        "/peserta-aktif/",
        "/target/36.72/",
        "/penyebut/36.72/",
        "/bulan/36.72/2025-07/",
        "/tugas/",
        "/istilah/",
        "/panduan/operator/",
        "/mulai/",
    ),
}
# Words beyond the left or right edge of the sheet, and words that lie upon others.
MEASURED = """() => {
  const shown = node => {
    for (let one = node.parentElement; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.display === 'none' || style.visibility === 'hidden' || style.clipPath !== 'none'
          || one.tagName === 'svg' || one.tagName === 'TEXTAREA' || one.tagName === 'SELECT') return false;
    }
    return true;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [], found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.textContent.trim() || !shown(node)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) boxes.push([node.textContent.trim().slice(0, 40), box]);
    }
  }
  const width = document.documentElement.clientWidth;
  boxes.forEach(([text, box], at) => {
    if (box.left < -1 || box.right > width + 1) found.push(['cut', text]);
    for (const [other, its] of boxes.slice(at + 1)) {
      if (box.left < its.right - 2 && its.left < box.right - 2
          && box.top < its.bottom - 5 && its.top < box.bottom - 5) found.push([text, other]);
    }
  });
  return [boxes.length, found];
}"""
CLICKED = "nav.navigation, .masthead form, .pager, .tabs, .button, main input[type=checkbox], .drop"


def paper_width(sheet):
    """In pixels of the style sheet, 96 an inch."""
    return round((SHEETS[sheet][0] - MARGINS) / 25.4 * 96)


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_cut_or_overprinted(browser, site, sheet):
    faults = {}
    for person, addresses in PAGES.items():
        context = browser.new_context(viewport={"width": paper_width(sheet), "height": 1000})
        page = context.new_page()
        page.goto(site)
        sign_in(page, person)
        page.emulate_media(media="print")
        for address in addresses:
            page.goto(f"{site}{address}", wait_until="networkidle")
            count, found = page.evaluate(MEASURED)
            assert count > 8, address
            if found:
                faults[address] = found[:8]
            clicked = page.locator(CLICKED).filter(visible=True).count()
            assert (address, clicked) == (address, 0)
        context.close()
    assert faults == {}


def test_a_text_upon_another_is_found(browser):
    page = browser.new_page(viewport={"width": 400, "height": 300})
    page.set_content(
        '<p>satu kata</p><p style="margin-top:-2.2em">kata lain</p><p style="margin-left:390px">jauh</p>'
    )
    _count, found = page.evaluate(MEASURED)
    assert ["satu kata", "kata lain"] in found
    assert ["cut", "jauh"] in found
    page.close()


def test_paper_says_where_it_comes_from(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto(site)
    sign_in(page, "wayan")
    page.goto(f"{site}/wilayah/36.72/?periode=2025-07")
    width, height = SHEETS["F4"]
    pages = PdfReader(BytesIO(page.pdf(width=f"{width}mm", height=f"{height}mm"))).pages
    said = [one.extract_text() for one in pages]
    assert "Kota Cilegon" in said[0]
    assert "Juli 2025" in said[0]
    assert "/wilayah/36.72/?periode=2025-07" in said[-1].replace("\n", "")
    assert "Cari" not in said[0].split()
    context.close()
