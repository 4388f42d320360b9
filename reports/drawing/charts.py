"""A figure over months, as pages, paper, Word and slides show it; made on the server from Vega-Lite.

What is drawn is described once: points, target, axis, and which points are named. The faces lay it out.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from statistics import median
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import percent, points
from regions.month import add_months, months_from
from reports.drawing.axis import Axis, axis_of
from reports.drawing.labels import PlacedWords, Plot, Spot, width_of
from reports.drawing.pixels import words_layer
from reports.drawing.stretches import stretches
from reports.drawing.style import LETTERS, LINE, NAMED, PAPER, TARGET, WIDE, Size, config
from reports.drawing.svg import SCHEMA, labelled, link, svg_of


@dataclass(frozen=True)
class TrendPoint:
    """`is_open` while the month may still change; `change` since the month before, where it is compared."""

    period: date
    rate: Decimal
    href: str = ""
    is_open: bool = False
    change: Decimal | None = None


@dataclass(frozen=True)
class TargetLine:
    label: str
    percent: Decimal

    @property
    def text(self) -> str:
        return f"{self.label}: {percent(self.percent, 0 if self.percent % 1 == 0 else 2)}"


class Turning(StrEnum):
    """Why a point is named."""

    NEWEST = "newest"
    HIGHEST = "highest"
    LOWEST = "lowest"
    MOVED_MOST = "moved_most"


# A month stands out whose change is a point or more, and this many times as large as changes mostly are.
_LEAST_JUMP, _OUTSTANDING = Decimal(1), 3
# In pixels, between two places that are tried.
_STEP = 24.0


@dataclass(frozen=True)
class Trend:
    """Percentages by month, oldest first; a month that is not among the points is not known."""

    points: Sequence[TrendPoint]
    target: TargetLine | None = None

    @cached_property
    def axis(self) -> Axis:
        wanted = [self.target.percent] if self.target else []
        return axis_of([*(point.rate for point in self.points), *wanted])

    @cached_property
    def months(self) -> list[date]:
        """Every month from the first to the last, also those of which nothing is known."""
        first, last = self.points[0].period, self.points[-1].period
        return [add_months(first, at) for at in range(months_from(first, last) + 1)]

    def turnings(self) -> Iterator[tuple[Turning, TrendPoint]]:
        """The newest point, the highest, the lowest, and that of a change far above the others; each once."""
        newest = self.points[-1]
        yield Turning.NEWEST, newest
        named = {newest.period}
        by_rate = sorted(self.points, key=lambda point: point.rate)
        ends = ((Turning.HIGHEST, by_rate[-1]), (Turning.LOWEST, by_rate[0]))
        for turning, point in (*ends, *self._jump()):
            if point.period not in named and by_rate[0].rate != by_rate[-1].rate:
                named.add(point.period)
                yield turning, point

    def _jump(self) -> Iterator[tuple[Turning, TrendPoint]]:
        moved = [(abs(point.change), point) for point in self.points if point.change is not None]
        if not moved:
            return
        most, point = max(moved, key=lambda one: one[0])
        if most >= max(_LEAST_JUMP, _OUTSTANDING * median(size for size, _point in moved)):
            yield Turning.MOVED_MOST, point


def turning_texts(turning: Turning, point: TrendPoint) -> tuple[str, ...]:
    """What is written beside a point, the fullest first."""
    shown, month = percent(point.rate, 2), date_format(point.period, "M Y")
    if turning is Turning.HIGHEST:
        return _("tertinggi %(rate)s, %(month)s") % {"rate": shown, "month": month}, shown
    if turning is Turning.LOWEST:
        return _("terendah %(rate)s, %(month)s") % {"rate": shown, "month": month}, shown
    if turning is Turning.MOVED_MOST:
        return f"{points(point.change, 2)}, {month}", points(point.change, 2)
    return (shown,)


def trend_svg(trend: Trend, title: str, size: Size = WIDE) -> SafeString:
    """For a page: every point links to the explanation of its figure."""
    return labelled(plain_trend_svg(trend, size), title)


def plain_trend_svg(trend: Trend, size: Size) -> str:
    """Months without a figure are gaps; open months are rings at the end of dashes."""
    return svg_of(_spec(trend, size))


def _spec(trend: Trend, size: Size) -> dict[str, Any]:
    by_month = {point.period: point for point in trend.points}
    rows = [_row(month, by_month) for month in trend.months]
    x, y = (
        _month_axis(trend.months, size),
        trend.axis.in_vega("rate", lambda tick: percent(tick, _digits(tick))),
    )
    line = {"type": "line", "color": LINE, "strokeWidth": 2.5}
    layers: list[dict[str, Any]] = [
        {"mark": line | dash, "encoding": {"x": x, "y": y | {"field": name}}}
        for name, dash in (("closed", {}), ("open", {"strokeDash": [4, 3]}))
        if any(row[name] is not None for row in rows)
    ]
    named, told = _labels(trend, size)
    layers += _target_layers(trend, told, y)
    layers.append(_points_layer(x, y, size, has_links=any(point.href for point in trend.points)))
    layers += [words_layer(named, bold=True)]
    layers += [words_layer(told["draft"])] if told["draft"] else []
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": size.height,
        # The renderer measures text with its own font; other fonts may run a little longer.
        "padding": {"left": 5, "top": 12, "right": 14, "bottom": 5},
        "background": None,
        "data": {"values": rows},
        "layer": layers,
        "config": config(size.font),
    }


def _digits(tick: Decimal) -> int:
    return 0 if tick % 1 == 0 else 2


def _row(month: date, by_month: dict[date, TrendPoint]) -> dict[str, Any]:
    """A line is whole up to a closed month, dashed up to an open one and away from it."""
    point = by_month.get(month)
    row: dict[str, Any] = {"month": month.isoformat(), "rate": None, "closed": None, "open": None}
    if point is None:
        return row
    rate = float(point.rate)
    beside = [by_month.get(add_months(month, step)) for step in (-1, 1)]
    row |= {"rate": rate, "draft": point.is_open}
    row |= {"closed": None if point.is_open else rate}
    row |= {"open": rate if point.is_open or any(one and one.is_open for one in beside) else None}
    text = f"{date_format(month, 'F Y')}: {percent(point.rate, 2)}"
    if point.is_open:
        text = _("%(figure)s (belum ditutup)") % {"figure": text}
    return row | {"text": text} | ({"href": link(point.href)} if point.href else {})


def _points_layer(x: dict[str, Any], y: dict[str, Any], size: Size, *, has_links: bool) -> dict[str, Any]:
    ring = {"condition": {"test": "datum.draft", "value": PAPER}, "value": LINE}
    mark = {
        "type": "point",
        "filled": True,
        "size": size.mark,
        "opacity": 1,
        "stroke": LINE,
        "strokeWidth": 1.5,
    }
    described = {"description": {"field": "text"}, "fill": ring}
    if has_links:
        described["href"] = {"field": "href"}
    known = [{"filter": "isValid(datum.rate)"}]
    return {"mark": mark, "encoding": {"x": x, "y": y, **described}, "transform": known}


def _month_axis(months: Sequence[date], size: Size) -> dict[str, Any]:
    names = {month.isoformat(): date_format(month, "M Y") for month in months}
    axis = {
        "values": [one.isoformat() for one in months if (one.month - 1) % size.every == 0]
        or [months[0].isoformat()],
        "labelExpr": f"({json.dumps(names, ensure_ascii=False)})[datum.value]",
        "labelAngle": 0,
        "labelPadding": 7,
        "title": None,
        "grid": False,
    }
    return {"field": "month", "type": "ordinal", "sort": list(names), "axis": axis}


def _spot(trend: Trend, size: Size, point: TrendPoint) -> Spot:
    """Where Vega-Lite puts a point: months are evenly apart, with half a step on either side."""
    at = months_from(trend.months[0], point.period)
    return (at + 0.5) * size.width / len(trend.months), size.height * (1 - trend.axis.share(point.rate))


def _labels(trend: Trend, size: Size) -> tuple[list[PlacedWords], dict[str, list[PlacedWords]]]:
    """Names of points, and what is told beside them: the target, and that the newest month is a draft."""
    plot = Plot(size.width, size.height)
    by_month = {point.period: point for point in trend.points}
    for stretch in stretches(trend.months, by_month):
        plot.draw([_spot(trend, size, by_month[month]) for month in stretch])
    told: dict[str, list[PlacedWords]] = {"draft": [], "target": []}
    newest = trend.points[-1]
    height = min(_spot(trend, size, newest)[1], size.height - 2 * LETTERS)
    (figure,) = turning_texts(Turning.NEWEST, newest)
    named = [plot.put(figure, size.width + 6, height, NAMED)]
    if newest.is_open:
        told["draft"].append(plot.put(_("draf"), size.width + 6, height + NAMED + 3, LETTERS))
    if trend.target is not None:
        level = size.height * (1 - trend.axis.share(trend.target.percent))
        plot.draw([(0, level), (size.width, level)])
        told["target"] = [_beside_target(plot, trend.target.text, level)]
    for turning, point in trend.turnings():
        if turning is not Turning.NEWEST:
            placed = plot.place(turning_texts(turning, point), _spot(trend, size, point), NAMED)
            named += [placed] if placed else []
    return named, told


def _beside_target(plot: Plot, text: str, level: float) -> PlacedWords:
    """Above or below its line, from the old end on; where the months leave no room, over the plot."""
    wide = width_of(text, LETTERS)
    left = 4.0
    while left + wide < plot.width:
        if placed := plot.place([text], (left + wide / 2, level), LETTERS):
            return placed
        left += _STEP
    return plot.put(text, 4, -LETTERS, LETTERS)


def _target_layers(
    trend: Trend, told: dict[str, list[PlacedWords]], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """A dashed line with its name beside it."""
    if trend.target is None:
        return []
    dash = {"type": "rule", "strokeDash": [5, 4], "color": TARGET, "strokeWidth": 1.5}
    rows = [{"at": float(trend.target.percent)}]
    line = {"data": {"values": rows}, "mark": dash, "encoding": {"y": y | {"field": "at"}}}
    return [line, words_layer(told["target"], TARGET)]
