"""Amounts as bars from nought, each with its name and its number at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from reports.drawing.axis import Axis, axis_of
from reports.drawing.labels import PlacedWords, fitting, width_of
from reports.drawing.pixels import boxes_layers, upright, words_layer
from reports.drawing.style import INK, LETTERS, LINE, SCREEN_FONT, config
from reports.drawing.svg import SCHEMA, labelled, link, svg_of


@dataclass(frozen=True)
class NamedBar:
    """`text` is the number as it is written."""

    label: str
    value: Decimal | int
    text: str
    href: str = ""
    ink: str = LINE


@dataclass(frozen=True)
class Frame:
    """How wide names and bars are. Names of no width stand above their bars, their numbers beside them."""

    names: int
    bars: int
    font: str = SCREEN_FONT

    @property
    def step(self) -> int:
        return 26 if self.names else 42

    @property
    def width(self) -> int:
        return self.names + self.bars

    def top_of(self, row: int) -> int:
        """Of the bar of a row."""
        return (row + 1) * self.step - THICK - 5


WIDE_BARS, NARROW_BARS = Frame(280, 450), Frame(0, 312)
THICK = 15
_BESIDE = 6


def bars_axis(bars: Sequence[NamedBar]) -> Axis:
    return axis_of(bar.value for bar in bars)


def bars_svg(bars: Sequence[NamedBar], title: str, frame: Frame = WIDE_BARS) -> SafeString | str:
    """For a page; empty where there is nothing to compare."""
    return labelled(plain_bars_svg(bars, frame), title) if len(bars) > 1 else ""


def plain_bars_svg(bars: Sequence[NamedBar], frame: Frame) -> str:
    axis = bars_axis(bars)
    boxes = [_box(bar, axis, frame, row) for row, bar in enumerate(bars)]
    told = [(bar.label, bar.text) for bar in bars]
    ends = [box["x2"] + _BESIDE for box in boxes]
    high = len(bars) * frame.step
    return svg_of(
        {
            "$schema": SCHEMA,
            "width": frame.width,
            "height": high,
            "padding": {"left": 2, "top": 8, "right": 14, "bottom": 2},
            "background": None,
            "layer": [
                *boxes_layers(boxes),
                upright(frame.names + axis.share(0) * frame.bars, high, INK),
                *row_words(told, frame, ends),
            ],
            "config": config(frame.font),
        }
    )


def row_words(
    told: Sequence[tuple[str, str]], frame: Frame, ends: Sequence[float] | None = None
) -> list[dict[str, Any]]:
    """Name and number of each row: the number at the end of its bar, or all in a column beside the bars."""
    names, numbers = [], []
    for row, (label, text) in enumerate(told):
        middle = frame.top_of(row) + THICK / 2
        if frame.names:
            room, height = frame.names - 10.0, middle
            across = ends[row] if ends else frame.width + _BESIDE
        else:
            room, height = frame.bars - width_of(text, LETTERS) - _BESIDE, middle - THICK - 3
            across = frame.width
        names.append(PlacedWords(fitting(label, room, LETTERS), 0 if frame.names else 4, height, LETTERS))
        numbers.append(PlacedWords(text, across, height, LETTERS))
    return [words_layer(names), words_layer(numbers, align="left" if frame.names else "right")]


def _box(bar: NamedBar, axis: Axis, frame: Frame, row: int) -> dict[str, Any]:
    left, right = sorted(frame.names + axis.share(value) * frame.bars for value in (0, bar.value))
    top = frame.top_of(row)
    box = {"x": left, "x2": right, "y": top, "y2": top + THICK, "ink": bar.ink}
    box["text"] = f"{bar.label}: {bar.text}"
    return box | ({"href": link(bar.href)} if bar.href else {})
