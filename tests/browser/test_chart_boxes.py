"""Words in pictures, measured by a browser: none lies upon another, upon a line or a point, or is cut off."""

from base64 import b64encode
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders

from regions.formats import signed_rupiah
from regions.month import add_months
from reports.drawing.bars import NARROW_BARS, WIDE_BARS, NamedBar, bars_svg
from reports.drawing.charts import TargetLine, Trend, TrendPoint
from reports.drawing.comparison import NARROW_ROOM, WIDE_ROOM, ComparedLine, comparison_svg
from reports.drawing.style import NARROW, WIDE
from reports.drawing.trend_drawing import trend_svg
from reports.drawing.waterfall import MovedBar, waterfall_svg

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
  const spots = [...svg.querySelectorAll('.mark-symbol path, .mark-symbol circle')].map(one => {
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


def wild_steps(seed):
    """Steps up and down, of long and short names and amounts."""
    random = Random(seed)
    names = [
        "Kota Cilegon",
        "Perubahan laporan Bukan Penerima Upah (BPU) di luar daftar nama",
        "Jumlah pekerja",
    ]
    steps = []
    for _step in range(random.choice([2, 5, 11])):
        rupiah = random.choice([-1, 1]) * random.choice([9, 4_000, 31_361_467_200])
        steps.append(MovedBar(random.choice(names), Decimal(rupiah), signed_rupiah(rupiah)))
    whole = sum(step.effect for step in steps)
    return steps, MovedBar("Seluruh perubahan", whole, signed_rupiah(whole))


def wild_lines(seed):
    """Two to eight regions with long and short names, whose lines end near each other or apart."""
    random = Random(seed)
    names = ["Kota Cilegon", "Kabupaten Kepulauan Siau Tagulandang Biaro", "Kabupaten Tangerang", "Indonesia"]
    lines = []
    for _line in range(random.choice([2, 5, 8])):
        rate, spread = random.uniform(20, 60), random.choice([0.1, 2])
        points = [
            TrendPoint(
                add_months(date(2023, 11, 1), at),
                round(Decimal(rate + random.uniform(-spread, spread)), 2),
                is_open=random.random() < 0.5,
            )
            for at in range(36)
            if random.random() < 0.9
        ]
        lines.append(ComparedLine(random.choice(names), points))
    return lines


@pytest.fixture
def page(browser):
    context = browser.new_context()
    found = context.new_page()
    style = f"{typeface()} svg {{width: 100%; height: auto}} body {{margin: 0}}"
    found.set_content(f"<style>{style}</style><main></main>")
    yield found
    context.close()


def measured(page, svg, wide):
    page.set_viewport_size({"width": wide, "height": 800})
    page.evaluate("svg => { document.querySelector('main').innerHTML = svg }", svg)
    page.evaluate("document.fonts.ready")
    return page.evaluate(MEASURED)


# At 390 px a picture has 332 px between the margins of its card.
SCREENS = [pytest.param(760, False, id="wide"), pytest.param(332, True, id="narrow")]


@pytest.mark.parametrize(("wide", "is_narrow"), SCREENS)
def test_words_of_lines_lie_upon_nothing(page, wide, is_narrow):
    for seed in range(40):
        found, letters = measured(
            page, trend_svg(wild_trend(seed), "UCJ", NARROW if is_narrow else WIDE), wide
        )
        assert found == [], (seed, found)
        assert not is_narrow or min(letters) >= 13, (seed, min(letters))


@pytest.mark.parametrize(("wide", "is_narrow"), SCREENS)
def test_words_of_bars_lie_upon_nothing(page, wide, is_narrow):
    frame = NARROW_BARS if is_narrow else WIDE_BARS
    for seed in range(20):
        steps, whole = wild_steps(seed)
        bars = [NamedBar(step.label, abs(step.effect), step.text) for step in steps]
        for svg in (waterfall_svg(steps, whole, "Penyebab", frame), bars_svg(bars, "Orang", frame)):
            found, letters = measured(page, svg, wide)
            assert found == [], (seed, found)
            assert not is_narrow or min(letters) >= 13, (seed, min(letters))


@pytest.mark.parametrize(("wide", "is_narrow"), SCREENS)
def test_names_beside_compared_lines_lie_upon_nothing(page, wide, is_narrow):
    for seed in range(20):
        svg = comparison_svg(wild_lines(seed), "UCJ", NARROW_ROOM if is_narrow else WIDE_ROOM)
        found, letters = measured(page, svg, wide)
        assert found == [], (seed, found)
        assert not is_narrow or min(letters) >= 13, (seed, min(letters))
