"""The coverage of some regions over the same months; the first is the one that was asked for."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from regions.formats import percent
from regions.month import add_months, months_between
from reports.drawing.axis import Axis, axis_of
from reports.drawing.charts import TrendPoint
from reports.drawing.labels import PlacedWords, fitting
from reports.drawing.pixels import words_layer
from reports.drawing.style import LETTERS, LINE, PAPER, config
from reports.drawing.svg import SCHEMA, labelled, svg_of

_OTHER = "#7b878f"


@dataclass(frozen=True)
class Room:
    """`name` is the width that a name may take beside the plot, 0 for as much as it needs; `apart` the
    distance of two of them, `every` how many months lie between those that the axis names.
    """

    width: int
    height: int
    name: int
    apart: int
    every: int


WIDE_ROOM = Room(640, 320, 0, 17, 6)
# A telephone has 332 pixels: names stand in two lines and are cut where they are too long.
NARROW_ROOM = Room(142, 300, 128, 35, 12)


@dataclass(frozen=True)
class ComparedLine:
    """The known months, oldest first."""

    label: str
    points: Sequence[TrendPoint]


def comparison_svg(lines: Sequence[ComparedLine], title: str, room: Room = WIDE_ROOM) -> SafeString | str:
    """Empty where no line has two points."""
    drawn = [line for line in lines if len(line.points) > 1]
    if not drawn:
        return ""
    return labelled(svg_of(_spec(drawn, room)), title)


def _spec(lines: Sequence[ComparedLine], room: Room) -> dict[str, Any]:
    told = [point.period for line in lines for point in line.points]
    months = list(months_between(min(told), max(told)))
    axis = axis_of(point.rate for line in lines for point in line.points)
    encoding = {
        "x": _month_axis(months, room),
        "y": axis.in_vega("rate", lambda tick: percent(tick, 0 if tick % 1 == 0 else 2)),
        "color": {"field": "colour", "type": "nominal", "scale": None},
        "detail": {"field": "line"},
    }
    names = list(_names(lines, axis, room))
    others = [words for own, words in names if not own]
    return {
        "$schema": SCHEMA,
        "width": room.width,
        "height": room.height,
        "padding": {"left": 5, "top": 12, "right": 0 if room.name else 24, "bottom": 5},
        "background": None,
        "data": {"values": _rows(lines, months)},
        "layer": [
            *_line_layers(encoding),
            _newest_layer(encoding),
            words_layer([words for own, words in names if own], LINE),
            *([words_layer(others)] if others else []),
        ],
        "config": config(),
    }


def _line_layers(encoding: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Whole up to a closed month, dashed up to an open one."""
    for name, dash in (("closed", {}), ("open", {"strokeDash": [4, 3]})):
        mark = {"type": "line", "strokeWidth": 2.5, **dash}
        yield {"mark": mark, "encoding": encoding | {"y": encoding["y"] | {"field": name}}}


def _newest_layer(encoding: dict[str, Any]) -> dict[str, Any]:
    """The end of each line; a ring where that month may still change."""
    fill = {"condition": {"test": "datum.draft", "value": PAPER}, "field": "colour", "scale": None}
    mark = {"type": "point", "filled": True, "size": 40, "opacity": 1, "strokeWidth": 1.5}
    stroke = {"stroke": encoding["color"], "fill": fill | {"type": "nominal"}}
    axes = {name: encoding[name] for name in ("x", "y", "detail")}
    return {"mark": mark, "encoding": axes | stroke, "transform": [{"filter": "datum.newest"}]}


def _rows(lines: Sequence[ComparedLine], months: Sequence[date]) -> list[dict[str, Any]]:
    """Of every line every month: what is not known is a gap."""
    return [
        _row(month, at, {point.period: point for point in line.points}, line.points[-1].period)
        for at, line in enumerate(lines)
        for month in months
    ]


def _row(month: date, at: int, known: dict[date, TrendPoint], newest: date) -> dict[str, Any]:
    point = known.get(month)
    colour = LINE if at == 0 else _OTHER
    row: dict[str, Any] = {
        "month": month.isoformat(),
        "line": at,
        "colour": colour,
        "newest": month == newest,
    }
    if point is None:
        return row | {"rate": None, "closed": None, "open": None}
    rate = float(point.rate)
    beside = [known.get(add_months(month, step)) for step in (-1, 1)]
    is_dashed = point.is_open or any(one and one.is_open for one in beside)
    drawn = {"closed": None if point.is_open else rate, "open": rate if is_dashed else None}
    return row | {"rate": rate, "draft": point.is_open} | drawn


def _month_axis(months: Sequence[date], room: Room) -> dict[str, Any]:
    form = "Y" if room.name else "M Y"
    names = {month.isoformat(): date_format(month, form) for month in months}
    axis = {
        "values": [month.isoformat() for month in months if (month.month - 1) % room.every == 0],
        "labelExpr": f"({json.dumps(names, ensure_ascii=False)})[datum.value]",
        "labelAngle": 0,
        "title": None,
    }
    return {"field": "month", "type": "ordinal", "sort": list(names), "axis": axis}


def _names(lines: Sequence[ComparedLine], axis: Axis, room: Room) -> Iterator[tuple[bool, PlacedWords]]:
    """Names and newest figures to the right of the plot, and whether they are those of the first line."""
    heights = _heights([room.height * (1 - axis.share(line.points[-1].rate)) for line in lines], room)
    for at, (line, height) in enumerate(zip(lines, heights, strict=True)):
        left, figure = room.width + 8, percent(line.points[-1].rate, 2)
        if room.name:
            yield at == 0, PlacedWords(fitting(line.label, room.name, LETTERS), left, height, LETTERS)
            yield at == 0, PlacedWords(figure, left, height + LETTERS + 2, LETTERS)
        else:
            yield at == 0, PlacedWords(f"{line.label} {figure}", left, height, LETTERS)


def _heights(wanted: Sequence[float], room: Room) -> list[float]:
    """None upon another, in the order of the lines, none below the plot."""
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    heights: dict[int, float] = {}
    above = -float(room.apart)
    for at in order:
        above = heights[at] = max(wanted[at], above + room.apart)
    # Those at the foot of the plot stay within it and lift the others.
    below = float(room.height + room.apart)
    for at in reversed(order):
        below = heights[at] = round(min(heights[at], below - room.apart), 1)
    return [heights[at] for at in range(len(wanted))]
