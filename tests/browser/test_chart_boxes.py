"""Words in pictures, measured by a browser: none lies upon another, upon a line or a point, or is cut off."""

from base64 import b64encode
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders

from regions.month import add_months
from reports.drawing.charts import TargetLine, Trend, TrendPoint, trend_svg
from reports.drawing.style import NARROW, WIDE

pytestmark = pytest.mark.browser
# Where words lie upon words, points or the line; and words beyond the edge of their picture.
MEASURED = """() => {
  const svg = document.querySelector('svg'), frame = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')].filter(one => one.textContent);
  const boxes = texts.map(one => [one.textContent, one.getBoundingClientRect()]);
  const upon = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const found = [];
  boxes.forEach(([text, box], at) => {
    if (box.left < frame.left - 1 || box.right > frame.right + 1
        || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) found.push(['cut', text]);
    boxes.slice(at + 1).forEach(([other, its]) => { if (upon(box, its)) found.push([text, other]); });
  });
  const spots = [...svg.querySelectorAll('.mark-symbol path')].map(one => {
    const box = one.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  });
  for (const line of svg.querySelectorAll('.mark-line path')) {
    const matrix = line.getScreenCTM();
    for (let at = 0; at <= line.getTotalLength(); at += 2) {
      const spot = line.getPointAtLength(at).matrixTransform(matrix);
      spots.push([spot.x, spot.y]);
    }
  }
  for (const [text, box] of boxes) {
    const inside = ([x, y]) => box.left < x && x < box.right && box.top + 3 < y && y < box.bottom - 3;
    if (spots.some(inside)) found.push(['line', text]);
  }
  return [found, texts.map(one => parseFloat(getComputedStyle(one).fontSize))
    .map(size => size * frame.width / svg.viewBox.baseVal.width)];
}"""


def typeface():
    """That of the pages, so that letters are as wide as readers see them."""
    faces = []
    for weight, range_of in (("regular", "400"), ("semibold", "600 700")):
        path = Path(finders.find(f"fonts/source-sans-pro-{weight}.woff2"))
        data = b64encode(path.read_bytes()).decode()
        source = f"url(data:font/woff2;base64,{data})"
        faces.append(f"@font-face {{font-family: 'Source Sans Pro'; font-weight: {range_of}; src: {source}}}")
    return " ".join(faces)


def wild_trend(seed):
    """Months that rise, fall, jump, stand still or are not known, with and without a target near them."""
    random = Random(seed)
    rate, points, before = random.uniform(5, 90), [], None
    for at in range(random.choice([2, 5, 12, 24, 36])):
        rate = min(99.9, max(0.0, rate + random.choice([0, 0.3, -0.4, 2, -2, 9, -12])))
        exact = round(Decimal(rate), 2)
        if at and random.random() < 0.1:
            before = None
            continue
        change = None if before is None else exact - before
        points.append(
            TrendPoint(add_months(date(2023, 1, 1), at), exact, "/x/", random.random() < 0.5, change)
        )
        before = exact
    near = round(points[-1].rate + random.choice([-8, -1, 1, 8]), 0)
    target = TargetLine("Target Kemendagri 2026", near) if near > 0 and random.random() < 0.7 else None
    return Trend(points, target)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_words_of_lines_lie_upon_nothing(browser, size):
    """At 390 px a picture has 332 px between the margins of its card."""
    wide = 760 if size is WIDE else 332
    context = browser.new_context(viewport={"width": wide, "height": 800})
    page = context.new_page()
    page.set_content(
        f"<style>{typeface()} svg {{width: 100%; height: auto}} body {{margin: 0}}</style><main>"
    )
    for seed in range(40):
        svg = trend_svg(wild_trend(seed), "UCJ", size)
        page.evaluate("svg => { document.querySelector('main').innerHTML = svg }", svg)
        page.evaluate("document.fonts.ready")
        found, letters = page.evaluate(MEASURED)
        assert found == [], (seed, found)
        if size is NARROW:
            assert min(letters) >= 13, (seed, min(letters))
    context.close()
