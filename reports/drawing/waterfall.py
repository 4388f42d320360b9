"""What moved a figure, step by step, each bar beginning where the one before it ended.

The axis is the change since the earlier month, so that it begins at nought as all others do; the two figures
themselves stand in the sentence above.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString

from reports.drawing.axis import Axis, axis_of
from reports.drawing.bars import THICK, WIDE_BARS, Frame, row_words
from reports.drawing.pixels import boxes_layers, rules_layer, upright
from reports.drawing.style import INK, LINE, TARGET, config
from reports.drawing.svg import SCHEMA, labelled, link, svg_of


@dataclass(frozen=True)
class MovedBar:
    """`effect` is what the step moved the figure by, `text` the same as it is written."""

    label: str
    effect: Decimal
    text: str
    href: str = ""


@dataclass(frozen=True)
class _Floating:
    bar: MovedBar
    start: Decimal
    end: Decimal
    ink: str


def waterfall_svg(
    steps: Sequence[MovedBar], whole: MovedBar, title: str, frame: Frame = WIDE_BARS
) -> SafeString | str:
    """`whole` is the sum of the steps and stands last. Empty where one step is the whole."""
    if len(steps) < 2:
        return ""
    return labelled(svg_of(_spec(list(_floating(steps, whole)), frame)), title)


def _floating(steps: Sequence[MovedBar], whole: MovedBar) -> Iterator[_Floating]:
    at = Decimal(0)
    for step in steps:
        yield _Floating(step, at, at + step.effect, LINE if step.effect > 0 else TARGET)
        at += step.effect
    yield _Floating(whole, Decimal(0), whole.effect, INK)


def _spec(rows: Sequence[_Floating], frame: Frame) -> dict[str, Any]:
    axis = axis_of(value for row in rows for value in (row.start, row.end))
    boxes = [_box(row, axis, frame, number) for number, row in enumerate(rows)]
    # From the end of a bar down to the beginning of the next; the whole begins at nought.
    joints = [
        (_across(row.end, axis, frame), box["y2"], below["y"])
        for row, (box, below) in zip(rows, pairwise(boxes[:-1]), strict=False)
    ]
    high = len(rows) * frame.step
    return {
        "$schema": SCHEMA,
        "width": frame.width,
        "height": high,
        "padding": {"left": 2, "top": 8, "right": 14, "bottom": 2},
        "background": None,
        "layer": [
            upright(_across(Decimal(0), axis, frame), high, INK),
            rules_layer(joints),
            *boxes_layers(boxes),
            *row_words([(row.bar.label, row.bar.text) for row in rows], frame),
        ],
        "config": config(frame.font),
    }


def _across(value: Decimal, axis: Axis, frame: Frame) -> float:
    return frame.names + axis.share(value) * frame.bars


def _box(row: _Floating, axis: Axis, frame: Frame, number: int) -> dict[str, Any]:
    left, right = sorted(_across(value, axis, frame) for value in (row.start, row.end))
    top = frame.top_of(number)
    box = {"x": left, "x2": max(right, left + 1), "y": top, "y2": top + THICK, "ink": row.ink}
    box["text"] = f"{row.bar.label}: {row.bar.text}"
    return box | ({"href": link(row.bar.href)} if row.bar.href else {})
