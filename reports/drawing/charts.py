"""Charts as SVG made on the server from Vega-Lite; pages carry no chart library."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import percent
from reports.drawing.svg import SCHEMA, labelled, link, svg_of

# The colours are the light theme's tokens; the style sheet overrides them by class in the dark one.
_LINE, _TARGET, _INK, _RULE = "#0b6e69", "#9a5b00", "#3d4852", "#d9dfe3"
_WIDTH = 900
# Height of a line of text as a share of the height of the plot.
_LABEL_GAP = 0.065
SCREEN_FONT = "system-ui, sans-serif"
_CONFIG = {
    "view": {"stroke": None},
    "font": SCREEN_FONT,
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "gridColor": _RULE,
        "domainColor": _RULE,
        "tickColor": _RULE,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
}


@dataclass(frozen=True)
class TrendPoint:
    period: date
    rate: Decimal
    href: str


@dataclass(frozen=True)
class TargetLine:
    label: str
    percent: Decimal


def trend_svg(points: Sequence[TrendPoint], targets: Sequence[TargetLine], title: str) -> SafeString:
    """UCJ over time with target lines; every point links to the explanation of its figure."""
    return labelled(svg_of(_trend_spec(points, targets)), title)


def _trend_spec(points: Sequence[TrendPoint], targets: Sequence[TargetLine]) -> dict[str, Any]:
    rows = [
        {
            "month": point.period.isoformat(),
            "label": date_format(point.period, "M Y"),
            "rate": float(point.rate),
            "text": f"{date_format(point.period, 'F Y')}: {percent(point.rate, 2)}",
            "href": link(point.href),
        }
        for point in points
    ]
    x, y = _month_axis(rows), _rate_axis()
    point = {"type": "point", "color": _LINE, "filled": True, "size": 46, "opacity": 1}
    described = {"href": {"field": "href"}, "description": {"field": "text"}}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "color": _LINE, "strokeWidth": 2}, "encoding": {"x": x, "y": y}},
        {"mark": point, "encoding": {"x": x, "y": y, **described}},
        *_target_layers(targets, _top(points, targets)),
    ]
    return {
        "$schema": SCHEMA,
        "width": _WIDTH,
        "height": 260,
        # The renderer measures text with its own font; other fonts may run a little longer.
        "padding": {"left": 5, "top": 8, "right": 48, "bottom": 5},
        "background": None,
        "data": {"values": rows},
        "layer": layers,
        "config": _CONFIG,
    }


def _top(points: Sequence[TrendPoint], targets: Sequence[TargetLine]) -> float:
    return float(max([p.rate for p in points] + [t.percent for t in targets]))


def _month_axis(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    months = [row["month"] for row in rows]
    names = json.dumps({row["month"]: row["label"] for row in rows}, ensure_ascii=False)
    axis = {
        "values": [month for month in months if month[5:7] in {"01", "07"}] or months[:1],
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
        "axis": {"title": _("UCJ (persen)"), "format": "d"},
    }


def _target_layers(lines: Sequence[TargetLine], top: float) -> list[dict[str, Any]]:
    """Dashed lines, with their names to the right of the plot and none upon another."""
    if not lines:
        return []
    rows: list[dict[str, Any]] = []
    for line in sorted(lines, key=lambda line: line.percent):
        at = float(line.percent)
        beside = max(at, rows[-1]["beside"] + top * _LABEL_GAP) if rows else at
        name = f"{line.label} ({percent(line.percent, 0 if line.percent % 1 == 0 else 2)})"
        rows.append({"at": at, "beside": beside, "name": name})
    data = {"values": rows}
    text = {"type": "text", "align": "left", "dx": 8, "color": _TARGET, "fontSize": 12}
    dash = {"type": "rule", "strokeDash": [5, 4], "color": _TARGET}
    on_line, on_label = ({"field": name, "type": "quantitative"} for name in ("at", "beside"))
    named = {"y": on_label, "x": {"value": _WIDTH}, "text": {"field": "name"}}
    return [
        {"data": data, "mark": dash, "encoding": {"y": on_line}},
        {"data": data, "mark": text, "encoding": named},
    ]
