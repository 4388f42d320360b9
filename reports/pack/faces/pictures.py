"""The pictures of a pack as its faces lay them out: the drawing, how wide it is, what it says in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from regions.selectors.boundary import outlines_of
from reports.drawing.bars import Frame, plain_bars_svg
from reports.drawing.maps import Area, Outlines, draw_map
from reports.drawing.style import Size
from reports.drawing.trend_drawing import plain_trend_svg
from reports.pack.content import Chart, PackContent
from reports.pack.pictured import bars_of, trend_of

# Paper has the first; pictures in Word and slides are made with the second, which the renderer carries.
FONT = "Libertinus Serif, Liberation Sans, sans-serif"
_LINE = Size(540, 200, 3, 46, FONT)
_MOST_BARS = 40
_BARS = Frame(290, 240, FONT)
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
    series = chart.series[0]
    told = "; ".join(f"{label} {n.text}" for label, n in zip(chart.labels, series.numbers, strict=True))
    if chart.shape == "line":
        svg = plain_trend_svg(trend_of(chart, content), _LINE)
    else:
        svg = plain_bars_svg(bars_of(chart)[:_MOST_BARS], _BARS)
    return Picture(chart, svg, 1.0, f"{chart.title}, {series.name}: {told}")
