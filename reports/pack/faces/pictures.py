"""The pictures of a pack as its faces lay them out: the drawing, how wide it is, what it says in words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from regions.selectors.boundary import outlines_of
from reports.drawing.bars import Frame, plain_bars_svg
from reports.drawing.labels import width_of
from reports.drawing.maps import Area, Outlines, draw_map
from reports.drawing.style import LETTERS, Size
from reports.drawing.trend_drawing import plain_trend_svg
from reports.pack.content import Chart, Kind, PackContent
from reports.pack.pictured import bars_of, trend_of

# Paper has the first; pictures in Word and slides are made with the second, which the renderer carries.
FONT = "Libertinus Serif, Liberation Sans, sans-serif"
_LINE = Size(540, 190, 3, 46, FONT)
_MOST_BARS = 40
# Names and bars together; names get what they need, up to so much.
_WIDE, _MOST_NAMES = 580, 380
# As a share of the text's width: a page holds no more.
_TALLEST = 1.1
# A drawing this wide fills the text; smaller maps keep the size of their letters.
_FULL = 760


@dataclass(frozen=True)
class Picture:
    """`share` of the text's width; `note` tells what could not be drawn."""

    chart: Chart
    svg: str
    share: float
    alt: str
    note: str = ""
    # It takes a page of its own.
    is_tall: bool = False


def pictures_of(content: PackContent) -> Iterator[Picture]:
    for chart in content.charts:
        picture = (
            map_of(chart, outlines_of(chart.codes)) if chart.shape == "map" else _plotted(chart, content)
        )
        if picture:
            yield picture


def map_of(chart: Chart, outlines: Outlines) -> Picture | None:
    """None where no region of the map has a place in it: they are in the table."""
    areas = _areas(chart)
    drawn = draw_map(areas, outlines, FONT)
    if drawn is None:
        return None
    told = "; ".join(area.told for area in areas)
    share = min(1.0, drawn.width / _FULL)
    return Picture(
        chart, drawn.svg, share, f"{chart.title}, {chart.series[0].name}: {told}", drawn.absent_text
    )


def _areas(chart: Chart) -> list[Area]:
    rows = zip(chart.codes, chart.labels, chart.series[0].numbers, strict=True)
    return [Area(code, label, number.value, number.text) for code, label, number in rows]  # type: ignore[arg-type]


def _plotted(chart: Chart, content: PackContent) -> Picture:
    """The drawing of the pages, in the type of the paper; the watermark of a draft shows through."""
    series, share = chart.series[0], 1.0
    told = "; ".join(f"{label} {n.text}" for label, n in zip(chart.labels, series.numbers, strict=True))
    if chart.shape == "line":
        size = replace(_LINE, upright=_("UCJ (persen)"), across=_("Bulan laporan"))
        svg = plain_trend_svg(trend_of(chart, content), size)
    else:
        bars = bars_of(chart)[:_MOST_BARS]
        names = round(min(_MOST_NAMES, max(width_of(bar.label, LETTERS) for bar in bars) + 12))
        frame = Frame(names, _WIDE - names, FONT, measured(chart))
        svg = plain_bars_svg(bars, frame)
        share = min(1.0, _TALLEST * frame.width / (frame.step * len(bars)))
    return Picture(chart, svg, share, f"{chart.title}, {series.name}: {told}", is_tall=share < 1)


def measured(chart: Chart) -> str:
    """What the axis of amounts measures."""
    series = chart.series[0]
    if series.numbers[0].kind == Kind.PERCENT:
        return _("%(name)s (persen)") % {"name": series.name}
    return series.name
