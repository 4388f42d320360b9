"""The coverage of some regions over the same months; the first is the one that was asked for."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from regions.formats import percent
from regions.month import months_between
from reports.drawing.axis import Axis, axis_of
from reports.drawing.labels import PlacedWords
from reports.drawing.pixels import words_layer
from reports.drawing.style import LETTERS, LINE, config
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
    told = [month for line in lines for month, _rate in line.points]
    months = list(months_between(min(told), max(told)))
    axis = axis_of(rate for line in lines for _month, rate in line.points)
    encoding = {
        "x": _month_axis(months),
        "y": axis.in_vega("rate", lambda tick: percent(tick, 0 if tick % 1 == 0 else 2)),
        "color": {"field": "colour", "type": "nominal", "scale": None},
        "detail": {"field": "line"},
    }
    line = {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": encoding}
    labels = _labels(lines, axis)
    return {
        "$schema": SCHEMA,
        "width": _WIDE,
        "height": _HIGH,
        "padding": {"left": 5, "top": 12, "right": 24, "bottom": 5},
        "background": None,
        "data": {"values": _rows(lines, months)},
        "layer": [line, words_layer(labels[:1], LINE), *([words_layer(labels[1:])] if labels[1:] else [])],
        "config": config(),
    }


def _rows(lines: Sequence[ComparedLine], months: Sequence[date]) -> list[dict[str, Any]]:
    """Of every line every month: what is not known is a gap."""
    return [
        {
            "month": month.isoformat(),
            "rate": None if rate is None else float(rate),
            "line": at,
            "colour": LINE if at == 0 else _OTHER,
        }
        for at, line in enumerate(lines)
        for known in [dict(line.points)]
        for month in months
        for rate in [known.get(month)]
    ]


def _month_axis(months: Sequence[date]) -> dict[str, Any]:
    names = {month.isoformat(): date_format(month, "M Y") for month in months}
    axis = {
        "values": [month.isoformat() for month in months if month.month in {1, 7}],
        "labelExpr": f"({json.dumps(names, ensure_ascii=False)})[datum.value]",
        "labelAngle": 0,
        "title": None,
    }
    return {"field": "month", "type": "ordinal", "sort": list(names), "axis": axis}


def _labels(lines: Sequence[ComparedLine], axis: Axis) -> list[PlacedWords]:
    """Names and newest figures to the right of the plot, none upon another, in the order of the lines."""
    wanted = sorted((_HIGH * (1 - axis.share(line.points[-1][1])), at) for at, line in enumerate(lines))
    heights: dict[int, float] = {}
    above = -float(_APART)
    for height, at in wanted:
        above = heights[at] = max(height, above + _APART)
    # Those at the foot of the plot stay within it and lift the others.
    below = float(_HIGH + _APART)
    for _height, at in reversed(wanted):
        below = heights[at] = round(min(heights[at], below - _APART), 1)
    return [
        PlacedWords(f"{line.label} {percent(line.points[-1][1], 2)}", _WIDE + 8, heights[at], LETTERS)
        for at, line in enumerate(lines)
    ]
