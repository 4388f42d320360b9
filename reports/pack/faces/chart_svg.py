"""Charts of a pack as SVG, in the type of the page they stand on."""

from typing import Any

from reports.drawing.svg import SCHEMA, svg_of
from reports.pack.content import Chart

# Paper has the first; pictures in Word and slides are made with the second, which the renderer carries.
FONT = "Libertinus Serif, Liberation Sans, sans-serif"
_COLOUR, _INK, _RULE = "#0b6e69", "#3d4852", "#d9dfe3"
_AXIS = {
    "labelColor": _INK,
    "titleColor": _INK,
    "gridColor": _RULE,
    "domainColor": _RULE,
    "labelFontSize": 11,
}
_MOST_BARS = 40


def chart_svg(chart: Chart) -> str:
    return svg_of(_spec(chart))


def _spec(chart: Chart) -> dict[str, Any]:
    series = chart.series[0]
    rows = [
        {"label": label, "value": float(number.value), "text": number.text}
        for label, number in list(zip(chart.labels, series.numbers, strict=True))[:_MOST_BARS]
        if number.value is not None
    ]
    return {
        "$schema": SCHEMA,
        "data": {"values": rows},
        # The watermark of a draft shows through.
        "background": None,
        "padding": {"left": 4, "top": 6, "right": 40, "bottom": 4},
        "config": {"view": {"stroke": None}, "font": FONT, "axis": _AXIS},
        **(_line() if chart.shape == "line" else _bars()),
    }


def _line() -> dict[str, Any]:
    x = {"field": "label", "type": "ordinal", "sort": None, "axis": {"title": None, "labelAngle": -40}}
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": None, "labels": False},
    }
    text = {"type": "text", "dy": -10, "fontSize": 9, "color": _INK}
    return {
        "width": 560,
        "height": 150,
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "line", "color": _COLOUR, "strokeWidth": 2}},
            {"mark": {"type": "point", "color": _COLOUR, "filled": True, "size": 40, "opacity": 1}},
            {"mark": text, "encoding": {"text": {"field": "text"}}},
        ],
    }


def _bars() -> dict[str, Any]:
    y = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelLimit": 340, "ticks": False},
    }
    # Each bar carries its number as the tables write it; an axis would write it otherwise.
    x = {"field": "value", "type": "quantitative", "axis": {"title": None, "labels": False, "tickCount": 5}}
    text = {"type": "text", "align": "left", "dx": 4, "fontSize": 9, "color": _INK}
    return {
        "width": 300,
        "height": {"step": 13},
        "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "bar", "color": _COLOUR, "height": 9}},
            {"mark": text, "encoding": {"text": {"field": "text"}}},
        ],
    }
