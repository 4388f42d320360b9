"""Charts as SVG made on the server from Vega-Lite; pages carry no chart library."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import percent
from regions.month import add_months, months_from
from reports.drawing.svg import SCHEMA, labelled, link, svg_of

# The colours are the light theme's tokens; the style sheet overrides them by class in the dark one.
LINE, TARGET, INK, _RULE, _PAPER = "#0b6e69", "#9a5b00", "#3d4852", "#d9dfe3", "#ffffff"
SCREEN_FONT = "Source Sans Pro, system-ui, sans-serif"
CONFIG = {
    "view": {"stroke": None},
    "font": SCREEN_FONT,
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": _RULE,
        "domainColor": _RULE,
        "tickColor": _RULE,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
    },
}


@dataclass(frozen=True)
class Size:
    """Of the plot itself, in pixels, of a point, and every how many months the axis names one."""

    width: int
    height: int
    every: int
    mark: int


WIDE, NARROW = Size(690, 300, 6, 52), Size(240, 220, 12, 16)


@dataclass(frozen=True)
class TrendPoint:
    """`is_open` while the month may still change."""

    period: date
    rate: Decimal
    href: str
    is_open: bool = False


@dataclass(frozen=True)
class TargetLine:
    label: str
    percent: Decimal


def trend_svg(
    points: Sequence[TrendPoint], target: TargetLine | None, title: str, size: Size = WIDE
) -> SafeString:
    """UCJ over time, oldest month first; every point links to the explanation of its figure.

    Months without a figure are gaps; open months are rings; the newest, the highest and the lowest are named.
    """
    return labelled(svg_of(_trend_spec(points, target, size)), title)


def _trend_spec(points: Sequence[TrendPoint], target: TargetLine | None, size: Size) -> dict[str, Any]:
    rows = [_row(month, found) for month, found in _without_gaps(points)]
    x, y = _month_axis(rows, size), _rate_axis()
    ring = {"condition": {"test": "datum.open", "value": _PAPER}, "value": LINE}
    point = {
        "type": "point",
        "filled": True,
        "size": size.mark,
        "opacity": 1,
        "stroke": LINE,
        "strokeWidth": 1.5,
    }
    described = {"href": {"field": "href"}, "description": {"field": "text"}, "fill": ring}
    named: dict[str, Any] = {"type": "text", "color": INK, "fontSize": 14, "fontWeight": 600}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "color": LINE, "strokeWidth": 2.5}, "encoding": {"x": x, "y": y}},
        *_target_layers(target),
        {"mark": point, "encoding": {"x": x, "y": y, **described}, "transform": _KNOWN},
    ]
    for placed, month in _named(points):
        wanted = [{"filter": {"field": "month", "equal": month}}]
        encoding = {"x": x, "y": y, "text": {"field": "short"}}
        layers.append({"mark": named | placed, "encoding": encoding, "transform": wanted})
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": size.height,
        # The renderer measures text with its own font; other fonts may run a little longer.
        "padding": {"left": 5, "top": 12, "right": 40, "bottom": 5},
        "background": None,
        "data": {"values": rows},
        "layer": layers,
        "config": CONFIG,
    }


_KNOWN = [{"filter": "isValid(datum.rate)"}]
# Labels nearer to each other than this many months would touch.
_APART = 4


def _without_gaps(points: Sequence[TrendPoint]) -> Iterator[tuple[date, TrendPoint | None]]:
    """Every month from the first to the last, also those of which nothing is known."""
    by_month = {point.period: point for point in points}
    month = min(by_month)
    while month <= max(by_month):
        yield month, by_month.get(month)
        month = add_months(month, 1)


def _row(month: date, point: TrendPoint | None) -> dict[str, Any]:
    row: dict[str, Any] = {"month": month.isoformat(), "label": date_format(month, "M Y"), "rate": None}
    if point is not None:
        shown = percent(point.rate, 2)
        text = f"{date_format(month, 'F Y')}: {shown}"
        row |= {"rate": float(point.rate), "text": text, "short": shown}
        row |= {"href": link(point.href), "open": point.is_open}
    return row


def _named(points: Sequence[TrendPoint]) -> Iterator[tuple[dict[str, Any], str]]:
    """How a label stands, and its month: the newest beside its point, highest and lowest below theirs."""
    ordered = sorted(points, key=lambda point: point.period)
    by_rate = sorted(ordered, key=lambda point: point.rate)
    first, last = ordered[0].period, ordered[-1].period
    named = [last]
    yield {"align": "left", "dx": 9, "dy": 0}, last.isoformat()
    for point in (by_rate[-1], by_rate[0]):
        if all(abs(months_from(other, point.period)) >= _APART for other in named):
            named.append(point.period)
            align = "left" if months_from(first, point.period) < _APART else "center"
            yield {"align": align, "dx": 0, "dy": 19}, point.period.isoformat()


def _month_axis(rows: Sequence[Mapping[str, Any]], size: Size) -> dict[str, Any]:
    months = [row["month"] for row in rows]
    names = json.dumps({row["month"]: row["label"] for row in rows}, ensure_ascii=False)
    axis = {
        "values": [month for month in months if (int(month[5:7]) - 1) % size.every == 0] or months[:1],
        "labelExpr": f"({names})[datum.value]",
        "labelAngle": 0,
        "title": None,
        "grid": False,
    }
    return {"field": "month", "type": "ordinal", "sort": months, "axis": axis}


def _rate_axis() -> dict[str, Any]:
    return {
        "field": "rate",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": _("UCJ (persen)"), "format": "d", "tickCount": 5},
    }


def _target_layers(target: TargetLine | None) -> list[dict[str, Any]]:
    """A dashed line with its name above it, at the old end, where the line of the months is not near."""
    if target is None:
        return []
    digits = 0 if target.percent % 1 == 0 else 2
    rows = [{"at": float(target.percent), "name": f"{target.label}: {percent(target.percent, digits)}"}]
    dash = {"type": "rule", "strokeDash": [5, 4], "color": TARGET, "strokeWidth": 1.5}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dy": -4, "color": TARGET, "fontSize": 13}
    y = {"field": "at", "type": "quantitative"}
    named = {"y": y, "x": {"value": 4}, "text": {"field": "name"}}
    return [
        {"data": {"values": rows}, "mark": dash, "encoding": {"y": y}},
        {"data": {"values": rows}, "mark": text, "encoding": named},
    ]
