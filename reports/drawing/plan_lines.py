"""Lines of a plan over months, years or ceilings: each named, and apart by dash as well as colour."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from django.utils.safestring import SafeString

from reports.drawing.axis import Axis, axis_of
from reports.drawing.labels import width_of
from reports.drawing.style import INK, LETTERS, LINE, RULE, SCREEN_FONT
from reports.drawing.svg import labelled

_TOP, _BELOW, _GAP = 14, 30, 8
# How far the middle of letters lies above their line, as a share of their height.
_DOWN = 0.35
_DASHES = {"whole": "", "dashed": ' stroke-dasharray="6,4"', "dotted": ' stroke-dasharray="2,4"'}


@dataclass(frozen=True)
class PlanSeries:
    """`values` one for each place, None where nothing is known; `texts` the same as they are written."""

    name: str
    values: Sequence[Decimal | int | None]
    texts: Sequence[str]
    dash: str = "whole"
    ink: str = LINE


@dataclass(frozen=True)
class PlanFrame:
    """The plot in pixels; every so many places are named below it. Names stand beside the plot where there is
    room for them, else above it, one to a row."""

    width: int
    height: int
    every: int
    beside: bool


WIDE_PLAN, NARROW_PLAN = PlanFrame(480, 220, 1, True), PlanFrame(216, 180, 3, False)


def plan_lines(
    series: Sequence[PlanSeries], places: Sequence[str], ticks: "Ticks", title: str
) -> tuple[SafeString, SafeString] | None:
    """Wide and narrow; None where there are no two points of any line."""
    known = [one for one in series if sum(value is not None for value in one.values) > 1]
    if not known:
        return None
    drawn = (_svg(known, places, ticks, frame) for frame in (WIDE_PLAN, NARROW_PLAN))
    wide, narrow = (labelled(svg, title) for svg in drawn)
    return wide, narrow


@dataclass(frozen=True)
class Ticks:
    """The axis of a drawing and its numbers as they are written."""

    axis: Axis
    texts: list[str]


def ticks_of(series: Sequence[PlanSeries], write: Callable[[Decimal], str]) -> Ticks:
    axis = axis_of(value for one in series for value in one.values)
    return Ticks(axis, [write(tick) for tick in axis.ticks])


def _svg(series: Sequence[PlanSeries], places: Sequence[str], ticks: Ticks, frame: PlanFrame) -> str:
    left = _GAP + max(width_of(text, LETTERS) for text in ticks.texts)
    names = max(width_of(one.name, LETTERS) for one in series)
    above = 0 if frame.beside else (LETTERS + 6) * len(series)
    wide = round(left + frame.width + (names + 3 * _GAP if frame.beside else 3 * _GAP))
    high = _TOP + above + frame.height + _BELOW
    parts = [
        *_grid(ticks, frame),
        *_places(places, frame),
        *(part for one in series for part in _line(one, ticks.axis, len(places), frame)),
        *_names(series, ticks.axis, frame, above),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}"><g fill="none" font-family="{escape(SCREEN_FONT)}" '
        f'transform="translate({left:.1f},{_TOP + above})">{"".join(parts)}</g></svg>'
    )


def _grid(ticks: Ticks, frame: PlanFrame) -> Iterator[str]:
    heights = [frame.height * (1 - ticks.axis.share(tick)) for tick in ticks.axis.ticks]
    lines = "".join(f"M0,{height + 0.5:.1f}h{frame.width}" for height in heights)
    yield f'<path d="{lines}" stroke="{RULE}"/>'
    yield f'<g aria-hidden="true" fill="{INK}" font-size="{LETTERS}px" text-anchor="end">'
    for text, height in zip(ticks.texts, heights, strict=True):
        yield f'<text x="-{_GAP}" y="{height + LETTERS * _DOWN:.1f}">{escape(text)}</text>'
    yield "</g>"


def _places(places: Sequence[str], frame: PlanFrame) -> Iterator[str]:
    room = frame.width / max(1, len(places) - 1)
    widest = max(width_of(text, LETTERS) for text in places)
    every = max(frame.every, int(widest / room) + 1)
    yield f'<g aria-hidden="true" fill="{INK}" font-size="{LETTERS}px" text-anchor="middle">'
    for at in range(0, len(places), every):
        x = _across(at, len(places), frame)
        yield f'<text x="{x:.1f}" y="{frame.height + 20}">{escape(places[at])}</text>'
    yield "</g>"


def _across(at: int, count: int, frame: PlanFrame) -> float:
    return frame.width * at / max(1, count - 1)


def _line(one: PlanSeries, axis: Axis, count: int, frame: PlanFrame) -> Iterator[str]:
    """Broken where a value is not known; a point for each value says it."""
    spots = [
        None if value is None else (_across(at, count, frame), frame.height * (1 - axis.share(value)))
        for at, value in enumerate(one.values)
    ]
    path, is_on = "", False
    for spot in spots:
        if spot is not None:
            path += f"{'L' if is_on else 'M'}{spot[0]:.1f},{spot[1]:.1f}"
        is_on = spot is not None
    yield f'<path d="{path}" stroke="{one.ink}" stroke-width="2.5"{_DASHES[one.dash]}/>'
    for spot, text in zip(spots, one.texts, strict=True):
        if spot is not None:
            said = escape(f"{one.name}: {text}")
            yield (
                f'<circle aria-label="{said}" role="graphics-symbol" cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" '
                f'r="3" fill="{one.ink}"/>'
            )


def _names(series: Sequence[PlanSeries], axis: Axis, frame: PlanFrame, above: int) -> Iterator[str]:
    """Beside the last points, moved apart where they would touch; or above, each with a piece of its line."""
    yield f'<g aria-hidden="true" font-size="{LETTERS}px">'
    if frame.beside:
        ends = sorted(
            (frame.height * (1 - axis.share(_last(one))), place) for place, one in enumerate(series)
        )
        last = -float(LETTERS)
        for height, place in ends:
            last = max(height, last + LETTERS + 3)
            where = f'x="{frame.width + _GAP}" y="{last + LETTERS * _DOWN:.1f}"'
            yield f'<text {where} fill="{INK}">{escape(series[place].name)}</text>'
    else:
        for row, one in enumerate(series):
            y = row * (LETTERS + 6) - above
            yield f'<path d="M0,{y:.1f}h26" stroke="{one.ink}" stroke-width="2.5"{_DASHES[one.dash]}/>'
            yield f'<text x="32" y="{y + LETTERS * _DOWN:.1f}" fill="{INK}">{escape(one.name)}</text>'
    yield "</g>"


def _last(one: PlanSeries) -> Decimal | int:
    return next(value for value in reversed(one.values) if value is not None)
