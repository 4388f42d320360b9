"""The coverage of some regions over the same months; the first is the one that was asked for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import percent
from reports.drawing.charts import CONFIG, INK, LINE
from reports.drawing.svg import SCHEMA, labelled, svg_of

_WIDE, _HIGH = 640, 320
_OTHER = "#7b878f"
# Between two labels at the end of lines, in pixels.
_APART = 17


@dataclass(frozen=True)
class ComparedLine:
    """Months and percentages, oldest first."""

    label: str
    points: Sequence[tuple[date, Decimal]]


def comparison_svg(lines: Sequence[ComparedLine], title: str) -> SafeString | str:
    """Empty where no line has two points."""
    drawn = [line for line in lines if len(line.points) > 1]
    if not drawn:
        return ""
    return labelled(svg_of(_spec(drawn)), title)


def _spec(lines: Sequence[ComparedLine]) -> dict[str, Any]:
    months = sorted({month for line in lines for month, _rate in line.points})
    top = float(max(rate for line in lines for _month, rate in line.points)) or 1.0
    colours = {line.label: LINE if at == 0 else _OTHER for at, line in enumerate(lines)}
    rows = [
        {"month": month.isoformat(), "rate": float(rate), "line": line.label, "colour": colours[line.label]}
        for line in lines
        for month, rate in line.points
    ]
    names = {month.isoformat(): date_format(month, "M Y") for month in months}
    x = {
        "field": "month",
        "type": "ordinal",
        "sort": list(names),
        "axis": {
            "values": [month.isoformat() for month in months if month.month in {1, 7}],
            "labelExpr": f"({_json(names)})[datum.value]",
            "labelAngle": 0,
            "title": None,
        },
    }
    y = {
        "field": "rate",
        "type": "quantitative",
        "scale": {"zero": True, "nice": False, "domainMax": top * 1.05},
        "axis": {"title": _("UCJ (persen)"), "format": "d", "tickCount": 5},
    }
    colour = {"field": "colour", "type": "nominal", "scale": None}
    line = {
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {"x": x, "y": y, "color": colour, "detail": {"field": "line"}},
    }
    return {
        "$schema": SCHEMA,
        "width": _WIDE,
        "height": _HIGH,
        "padding": {"left": 5, "top": 12, "right": 12, "bottom": 5},
        "background": None,
        "data": {"values": rows},
        "layer": [line, _labels(lines, top * 1.05)],
        "config": CONFIG,
    }


def _labels(lines: Sequence[ComparedLine], top: float) -> dict[str, Any]:
    """Names and newest figures to the right of the plot, none upon another."""
    at = sorted(
        (_HIGH - float(line.points[-1][1]) / top * _HIGH, number) for number, line in enumerate(lines)
    )
    rows, lowest = [], -float(_APART)
    for wanted, number in at:
        lowest = max(wanted, lowest + _APART)
        line = lines[number]
        words = f"{line.label} {percent(line.points[-1][1], 2)}"
        rows.append({"y": lowest, "text": words, "colour": LINE if number == 0 else INK})
    encoding = {
        "x": {"value": _WIDE + 8},
        "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None},
        "text": {"field": "text"},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _json(names: dict[str, str]) -> str:
    return json.dumps(names, ensure_ascii=False)
