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
    """How wide names and bars are. Names of no width stand above their bars, their numbers beside them.

    `title` says under the bars what they measure, where the words around the drawing do not.
    """

    names: int
    bars: int
    font: str = SCREEN_FONT
    title: str = ""

    @property
    def step(self) -> int:
        return 26 if self.names else 42

    @property
    def width(self) -> int:
        return self.names + self.bars

    def across(self, value: Decimal | int, axis: Axis) -> float:
        return self.names + axis.share(value) * self.bars

    def top_of(self, row: int) -> int:
        """Of the bar of a row."""
        return (row + 1) * self.step - THICK - 5

    def box(self, row: int, ends: Sequence[float], ink: str) -> dict[str, Any]:
        """The bar of a row between two places across."""
        top = self.top_of(row)
        return {"x": ends[0], "x2": ends[1], "y": top, "y2": top + THICK, "ink": ink}


WIDE_BARS, NARROW_BARS = Frame(340, 420), Frame(0, 312)
THICK = 15
_BESIDE = 6
# For the words that say what is measured.
_TITLE = 24


def bars_axis(bars: Sequence[NamedBar]) -> Axis:
    return axis_of(bar.value for bar in bars)


def bars_svg(bars: Sequence[NamedBar], title: str, frame: Frame = WIDE_BARS) -> SafeString | str:
    """For a page; empty where there is nothing to compare."""
    return labelled(plain_bars_svg(bars, frame), title) if len(bars) > 1 else ""


def plain_bars_svg(bars: Sequence[NamedBar], frame: Frame) -> str:
    axis = bars_axis(bars)
    boxes = [
        frame.box(row, sorted(frame.across(value, axis) for value in (0, bar.value)), bar.ink)
        | spoken(bar.label, bar.text, bar.href)
        for row, bar in enumerate(bars)
    ]
    told = [(bar.label, bar.text) for bar in bars]
    ends = [box["x2"] + _BESIDE for box in boxes]
    nought = upright(frame.across(Decimal(0), axis), len(bars) * frame.step, INK)
    layers = [*boxes_layers(boxes), nought, *row_words(told, frame, ends), *_titles(frame, len(bars))]
    return svg_of(rows_spec(layers, len(bars), frame))


def _titles(frame: Frame, count: int) -> list[dict[str, Any]]:
    if not frame.title:
        return []
    return [words_layer([PlacedWords(frame.title, frame.names, count * frame.step + _TITLE / 2, LETTERS)])]


def rows_spec(layers: list[dict[str, Any]], count: int, frame: Frame) -> dict[str, Any]:
    """Of so many rows, whose layers are laid out in the pixels of the frame."""
    return {
        "$schema": SCHEMA,
        "width": frame.width,
        "height": count * frame.step + (_TITLE if frame.title else 0),
        "padding": {"left": 2, "top": 8, "right": 14, "bottom": 2},
        "background": None,
        "layer": layers,
        "config": config(frame.font),
    }


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


def spoken(label: str, text: str, href: str) -> dict[str, Any]:
    """What a bar says to who does not see it, and where it leads."""
    return {"text": f"{label}: {text}"} | ({"href": link(href)} if href else {})
