"""Layers of a drawing whose places are reckoned by us, in pixels of the plot."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.drawing.labels import PlacedWords
from reports.drawing.style import INK, RULE

_PIXEL = {"type": "quantitative", "scale": None, "axis": None}
_COLOUR = {"field": "ink", "type": "nominal", "scale": None}


def words_layer(words: Sequence[PlacedWords], ink: str = INK, *, bold: bool = False) -> dict[str, Any]:
    """PlacedWords of one size and colour."""
    rows = [{"x": one.x, "y": one.y, "text": one.text} for one in words]
    size = words[0].size if words else 0
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": size, "color": ink}
    weight = {"fontWeight": 600} if bold else {}
    encoding = {"x": {"field": "x", **_PIXEL}, "y": {"field": "y", **_PIXEL}, "text": {"field": "text"}}
    return {"data": {"values": rows}, "mark": mark | weight, "encoding": encoding}


def boxes_layer(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Each row has `x`, `y`, `x2`, `y2` and `ink`; with `text` it speaks, with `href` it leads somewhere."""
    encoding: dict[str, Any] = {name: {"field": name, **_PIXEL} for name in ("x", "y")}
    encoding |= {name: {"field": name} for name in ("x2", "y2")}
    encoding["fill"] = _COLOUR
    first = rows[0] if rows else {}
    if "text" in first:
        encoding["description"] = {"field": "text"}
    if "href" in first:
        encoding["href"] = {"field": "href"}
    mark = {"type": "rect", **({} if "text" in first else {"aria": False})}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def upright(x: float, height: float, ink: str = RULE) -> dict[str, Any]:
    """A line from top to bottom."""
    return _rule({"x": {"value": x}, "y": {"value": 0}, "y2": {"value": height}}, ink)


def _rule(encoding: Mapping[str, Any], ink: str) -> dict[str, Any]:
    mark = {"type": "rule", "color": ink, "aria": False}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": dict(encoding)}
