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
from reports.drawing.bars import WIDE_BARS, Frame, row_words, rows_spec, spoken
from reports.drawing.pixels import boxes_layers, rules_layer, upright
from reports.drawing.style import INK, LINE, TARGET
from reports.drawing.svg import labelled, svg_of


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
        (frame.across(row.end, axis), box["y2"], below["y"])
        for row, (box, below) in zip(rows, pairwise(boxes[:-1]), strict=False)
    ]
    layers = [
        upright(frame.across(Decimal(0), axis), len(rows) * frame.step, INK),
        rules_layer(joints),
        *boxes_layers(boxes),
        *row_words([(row.bar.label, row.bar.text) for row in rows], frame),
    ]
    return rows_spec(layers, len(rows), frame)


def _box(row: _Floating, axis: Axis, frame: Frame, number: int) -> dict[str, Any]:
    left, right = sorted(frame.across(value, axis) for value in (row.start, row.end))
    box = frame.box(number, (left, max(right, left + 1)), row.ink)
    return box | spoken(row.bar.label, row.bar.text, row.bar.href)
