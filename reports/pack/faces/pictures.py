"""The pictures of a pack as its faces lay them out: the drawing, how wide it is, what it says in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from regions.selectors.boundary import outlines_of
from reports.drawing.maps import Area, Outlines, draw_map
from reports.pack.content import Chart, PackContent
from reports.pack.faces.chart_svg import FONT, chart_svg

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
        picture = map_of(chart, outlines_of(chart.codes)) if chart.shape == "map" else _plotted(chart)
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


def _plotted(chart: Chart) -> Picture:
    series = chart.series[0]
    told = "; ".join(f"{label} {n.text}" for label, n in zip(chart.labels, series.numbers, strict=True))
    share = 1.0 if chart.shape == "line" else 0.92
    return Picture(chart, chart_svg(chart), share, f"{chart.title}, {series.name}: {told}")
