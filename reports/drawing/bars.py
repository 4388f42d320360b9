"""Amounts as bars from nought, each with its name and its number at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from reports.drawing.axis import Axis, axis_of
from reports.drawing.labels import PlacedWords, fitting
from reports.drawing.pixels import boxes_layer, upright, words_layer
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
    """How wide names and bars are; names of no width stand above their bars."""

    names: int
    bars: int
    font: str = SCREEN_FONT

    @property
    def step(self) -> int:
        return 26 if self.names else 44


WIDE_BARS, NARROW_BARS = Frame(250, 480), Frame(0, 230)
_THICK, _BESIDE = 15, 6


def bars_axis(bars: Sequence[NamedBar]) -> Axis:
    return axis_of(bar.value for bar in bars)


def bars_svg(bars: Sequence[NamedBar], title: str, frame: Frame = WIDE_BARS) -> SafeString | str:
    """For a page; empty where there is nothing to compare."""
    return labelled(plain_bars_svg(bars, frame), title) if len(bars) > 1 else ""


def plain_bars_svg(bars: Sequence[NamedBar], frame: Frame) -> str:
    axis = bars_axis(bars)
    boxes = [_box(bar, axis, frame, number * frame.step) for number, bar in enumerate(bars)]
    pairs = list(zip(bars, boxes, strict=True))
    numbers = [
        PlacedWords(bar.text, max(box["x"], box["x2"]) + _BESIDE, _middle(box), LETTERS) for bar, box in pairs
    ]
    high = len(bars) * frame.step
    nought = frame.names + axis.share(0) * frame.bars
    return svg_of(
        {
            "$schema": SCHEMA,
            "width": frame.names + frame.bars,
            "height": high,
            "padding": {"left": 2, "top": 8, "right": 14, "bottom": 2},
            "background": None,
            "layer": [
                boxes_layer(boxes),
                upright(nought, high, INK),
                words_layer([_name(bar, box, frame) for bar, box in pairs]),
                words_layer(numbers),
            ],
            "config": config(frame.font),
        }
    )


def _box(bar: NamedBar, axis: Axis, frame: Frame, top: float) -> dict[str, Any]:
    ends = sorted(frame.names + axis.share(value) * frame.bars for value in (0, bar.value))
    high = top + frame.step - _THICK - 5
    box = {"x": ends[0], "x2": ends[1], "y": high, "y2": high + _THICK, "ink": bar.ink}
    box["text"] = f"{bar.label}: {bar.text}"
    return box | ({"href": link(bar.href)} if bar.href else {})


def _middle(box: dict[str, Any]) -> float:
    return float(box["y"]) + _THICK / 2


def _name(bar: NamedBar, box: dict[str, Any], frame: Frame) -> PlacedWords:
    if frame.names:
        return PlacedWords(fitting(bar.label, frame.names - 10, LETTERS), 0, _middle(box), LETTERS)
    return PlacedWords(fitting(bar.label, frame.bars + 60, LETTERS), 0, float(box["y"]) - LETTERS, LETTERS)
