"""The map of a region's parts by their coverage, one drawing for the screen and for paper.

Where at least one part has an outline, outlines are drawn; otherwise every part is a square near its place.
What cannot be drawn is handed back, to be told in words beside the map.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from regions.formats import percent
from regions.tiles import Tile, tile_of
from reports.drawing.svg import SCHEMA, link, svg_of, titled

# The same on every map, so that two months and two provinces can be laid side by side.
LIMITS = (20, 35, 50, 65)
# The light theme's --scale-1 to --scale-5. The style sheet puts the dark theme's in their place.
FILLS = ("#e3f1ef", "#b3d9d5", "#76b5b0", "#358d88", "#0a5652")
# Letters on each of them, at least 4.5:1. The middle two are a black of their own: those stay in the dark.
INKS = ("#0b1114", "#0b1114", "#0b1115", "#0b1115", "#ffffff")
EMPTY, _EDGE, _INK, _LINE = "#fefefe", "#7b878f", "#3d4852", "#52606a"
_WIDE, _HIGH, _GAP = 84, 60, 4
# The side of a square that holds no more than a number, for narrow screens.
_SMALL = 26
_LETTERS = 13
_NAME_SIZES = (8, 15)
# How wide a letter is as a share of its height, on the safe side.
_LETTER = 0.68
_SWATCH, _KEY_WIDE, _KEY_HIGH, _KEY_SIZE = 16, 178, 23, 13
# From this width on a map is made smaller on paper, so its numbers and its key are written larger.
_WIDE_MAP, _LARGER = 900, 1.1
_SHAPES_WIDE, _SHAPES_HIGH = 840, 560
_PIXEL = {"type": "quantitative", "scale": None, "axis": None}

Outlines = Mapping[str, dict[str, Any]]


@dataclass(frozen=True)
class Area:
    """A region on the map; `text` is its coverage as it is written, `value` None where none is known."""

    code: str
    label: str
    value: Decimal | None
    text: str
    href: str = ""

    @property
    def told(self) -> str:
        return f"{self.label}: {self.text if self.value is not None else _('belum ada data')}"


@dataclass(frozen=True)
class Map:
    """`absent` are the regions that are not in the picture."""

    svg: str
    width: int
    absent: tuple[Area, ...]

    @property
    def absent_text(self) -> str:
        if not self.absent:
            return ""
        return _("Tidak tergambar di peta: %s.") % "; ".join(area.told for area in self.absent)


def draw_map(areas: Sequence[Area], outlines: Outlines, font: str, *, is_compact: bool = False) -> Map | None:
    """None where nothing can be drawn. A compact map of squares names no region, and fits a narrow screen."""
    shown = [area for area in areas if area.code in outlines]
    if shown:
        layers, width, height = _shapes(shown, outlines)
    else:
        placed = [(area, tile) for area in areas if (tile := tile_of(area.code))]
        if not placed:
            return None
        shown = [area for area, _tile in placed]
        layers, width, height = _small_tiles(placed) if is_compact else _tiles(placed)
    drawn = {area.code for area in shown}
    spec = {
        "$schema": SCHEMA,
        "width": width,
        "height": height + _key_height(width),
        "padding": 3,
        "background": None,
        "layer": [*layers, *_key(width, height)],
        "config": {"view": {"stroke": None}, "font": font},
    }
    return Map(titled(svg_of(spec)), width, tuple(area for area in areas if area.code not in drawn))


def class_of(value: Decimal) -> int:
    return bisect_right(LIMITS, value)


def class_labels() -> list[str]:
    """Each class by its limits, of which the lower one belongs to it."""
    limits = [percent(Decimal(limit), 0) for limit in LIMITS]
    between = [
        _("%(least)s sampai di bawah %(most)s") % {"least": least, "most": most}
        for least, most in pairwise(limits)
    ]
    return [_("di bawah %s") % limits[0], *between, _("%s atau lebih") % limits[-1]]


def _tiles(placed: Sequence[tuple[Area, Tile]]) -> tuple[list[dict[str, Any]], int, int]:
    left, top, columns, rows = _frame([tile for _area, tile in placed])
    boxes, names, values = [], [], []
    size = _name_size([_lines(tile.short) for _area, tile in placed])
    for area, tile in placed:
        x, y = (tile.column - left) * _WIDE, (tile.row - top) * _HIGH
        boxes.append(_box(x, y, _WIDE - _GAP, _HIGH - _GAP, area.value) | _said(area))
        lines = _lines(tile.short)
        middle, ink = x + (_WIDE - _GAP) / 2, _ink(area.value)
        heights = (12, 26) if len(lines) == 2 else (19,)
        for line, down in zip(lines, heights, strict=True):
            names.append({"x": middle, "y": y + down, "text": line, "ink": ink})
        values.append({"x": middle, "y": y + 44, "text": area.text, "ink": ink})
    width = columns * _WIDE
    told = [*_boxes(boxes), _words(names, size), _words(values, 13 * _grown(width), bold=True)]
    return told, width, rows * _HIGH


def _small_tiles(placed: Sequence[tuple[Area, Tile]]) -> tuple[list[dict[str, Any]], int, int]:
    left, top, columns, rows = _frame([tile for _area, tile in placed])
    boxes, values = [], []
    for area, tile in placed:
        x, y = (tile.column - left) * _SMALL, (tile.row - top) * _SMALL
        boxes.append(_box(x, y, _SMALL - 2, _SMALL - 2, area.value) | _said(area))
        text = percent(area.value, 0).rstrip("%")
        middle = (_SMALL - 2) / 2
        values.append({"x": x + middle, "y": y + middle + 1, "text": text, "ink": _ink(area.value)})
    return [*_boxes(boxes), _words(values, 13)], columns * _SMALL, rows * _SMALL


def _frame(tiles: Sequence[Tile]) -> tuple[int, int, int, int]:
    """First column and row, and how many there are of each."""
    left, top = (min(getattr(tile, side) for tile in tiles) for side in ("column", "row"))
    columns, rows = (
        max(getattr(tile, side) for tile in tiles) + 1 - least
        for side, least in (("column", left), ("row", top))
    )
    return left, top, columns, rows


def _lines(short: str) -> list[str]:
    """A name in one line or two."""
    words = short.split()
    lines = [words[0]]
    for word in words[1:]:
        if (len(lines[-1]) + 1 + len(word) <= _LETTERS and len(lines) == 2) or len(short) <= _LETTERS - 4:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return [lines[0], " ".join(lines[1:])] if len(lines) > 1 else lines


def _name_size(names: Iterable[Sequence[str]]) -> float:
    longest = max(len(line) for lines in names for line in lines)
    least, most = _NAME_SIZES
    return max(least, min(most, round((_WIDE - _GAP) / (longest * _LETTER), 1)))


def _shapes(areas: Sequence[Area], outlines: Outlines) -> tuple[list[dict[str, Any]], int, int]:
    points = [point for area in areas for point in _points(outlines[area.code]["coordinates"])]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    scale = min(_SHAPES_WIDE / max(east - west, 1e-6), _SHAPES_HIGH / max(north - south, 1e-6))
    width, height = round((east - west) * scale), round((north - south) * scale)
    # Degrees as they are: on the sphere a ring that runs the other way round would be all but the region.
    projection = {"type": "identity", "reflectY": True, "scale": scale}
    projection |= {"translate": [-west * scale, north * scale]}
    rows = [
        {"type": "Feature", "geometry": outlines[area.code], "fill": _fill(area.value), **_said(area)}
        for area in areas
    ]
    layers = []
    for part, dashed in _with_and_without(rows):
        mark = {
            "type": "geoshape",
            "stroke": _LINE,
            "strokeWidth": 0.6,
            **({"strokeDash": [3, 2]} if dashed else {}),
        }
        encoding = {"fill": {"field": "fill", "type": "nominal", "scale": None}, **_linked(part)}
        layers.append(
            {"data": {"values": part}, "projection": projection, "mark": mark, "encoding": encoding}
        )
    return layers, max(width, 2 * _KEY_WIDE), height


def _points(coordinates: Any) -> Iterable[tuple[float, float]]:
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


def _key(width: int, top: int) -> list[dict[str, Any]]:
    """The classes with their limits, and what an area without a figure looks like."""
    across, wide = _key_columns(width)
    examples = [Decimal(0), *(Decimal(limit) for limit in LIMITS), None]
    boxes, words = [], []
    for at, (label, value) in enumerate(zip([*class_labels(), _("belum ada data")], examples, strict=True)):
        x, y = at % across * wide, top + 12 + at // across * _KEY_HIGH
        boxes.append(_box(x, y, _SWATCH, _SWATCH, value))
        words.append({"x": x + _SWATCH + 6, "y": y + _SWATCH / 2 + 1, "text": label, "ink": _INK})
    return [*_boxes(boxes), _words(words, _KEY_SIZE * _grown(width), align="left")]


def _key_columns(width: int) -> tuple[int, int]:
    """How many classes stand beside each other, as many in each row, and how wide each is."""
    wide, count = round(_KEY_WIDE * _grown(width)), len(FILLS) + 1
    rows = -(-count // max(1, width // wide))
    return -(-count // rows), wide


def _key_height(width: int) -> int:
    across, _wide = _key_columns(width)
    return 16 + -(-(len(FILLS) + 1) // across) * _KEY_HIGH


def _grown(width: int) -> float:
    return _LARGER if width > _WIDE_MAP else 1.0


def _box(x: float, y: float, wide: float, high: float, value: Decimal | None) -> dict[str, Any]:
    return {"x": x, "y": y, "x2": x + wide, "y2": y + high, "fill": _fill(value)}


def _fill(value: Decimal | None) -> str:
    return EMPTY if value is None else FILLS[class_of(value)]


def _ink(value: Decimal | None) -> str:
    return _INK if value is None else INKS[class_of(value)]


def _said(area: Area) -> dict[str, str]:
    return {"said": area.told, **({"href": link(area.href)} if area.href else {})}


def _linked(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    named = {"description": {"field": "said"}} if "said" in rows[0] else {}
    return {**named, **({"href": {"field": "href"}} if "href" in rows[0] else {})}


def _with_and_without(rows: Sequence[dict[str, Any]]) -> Iterable[tuple[list[dict[str, Any]], bool]]:
    """Rows with a figure and rows without, those that there are."""
    for is_empty in (False, True):
        part = [row for row in rows if (row["fill"] == EMPTY) == is_empty]
        if part:
            yield part, is_empty


def _boxes(boxes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """An edge of dashes tells that there is no figure, also where all colour is lost."""
    layers = []
    for part, dashed in _with_and_without(boxes):
        mark = {
            "type": "rect",
            "stroke": _EDGE,
            "strokeWidth": 1,
            **({"strokeDash": [3, 3]} if dashed else {}),
            **({} if "said" in part[0] else {"aria": False}),
        }
        places = {name: {"field": name, **_PIXEL} for name in ("x", "y")}
        ends = {name: {"field": name} for name in ("x2", "y2")}
        fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
        encoding = {**places, **ends, **fill, **_linked(part)}
        layers.append({"data": {"values": part}, "mark": mark, "encoding": encoding})
    return layers


def _words(
    rows: Sequence[dict[str, Any]], size: float, *, bold: bool = False, align: str = "center"
) -> dict[str, Any]:
    mark = {"type": "text", "fontSize": size, "align": align, "baseline": "middle", "aria": False}
    encoding = {
        **{name: {"field": name, **_PIXEL} for name in ("x", "y")},
        "text": {"field": "text"},
        "color": {"field": "ink", "type": "nominal", "scale": None},
    }
    weight = {"fontWeight": "bold"} if bold else {}
    return {"data": {"values": list(rows)}, "mark": mark | weight, "encoding": encoding}
