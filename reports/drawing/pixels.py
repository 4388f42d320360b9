"""Layers of a drawing whose places are reckoned by us, in pixels of the plot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reports.drawing.labels import PlacedWords
from reports.drawing.style import INK, RULE

_PIXEL = {"type": "quantitative", "scale": None, "axis": None}
_COLOUR = {"field": "ink", "type": "nominal", "scale": None}


def words_layer(
    words: Sequence[PlacedWords], ink: str = INK, *, bold: bool = False, align: str = "left"
) -> dict[str, Any]:
    """Words of one size and colour."""
    rows = [{"x": one.x, "y": one.y, "text": one.text} for one in words]
    size = words[0].size if words else 0
    mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": size, "color": ink}
    weight = {"fontWeight": 600} if bold else {}
    encoding = {"x": {"field": "x", **_PIXEL}, "y": {"field": "y", **_PIXEL}, "text": {"field": "text"}}
    return {"data": {"values": rows}, "mark": mark | weight, "encoding": encoding}


def boxes_layers(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each row has `x`, `y`, `x2`, `y2`, `ink`, the `text` that it speaks, and `href` where it leads on."""
    for leads in (False, True):
        if part := [row for row in rows if ("href" in row) == leads]:
            encoding: dict[str, Any] = {name: {"field": name, **_PIXEL} for name in ("x", "y")}
            encoding |= {name: {"field": name} for name in ("x2", "y2")}
            encoding |= {"fill": _COLOUR, "description": {"field": "text"}}
            if leads:
                encoding["href"] = {"field": "href"}
            yield {"data": {"values": part}, "mark": {"type": "rect"}, "encoding": encoding}


def upright(x: float, height: float, ink: str = RULE) -> dict[str, Any]:
    """A line from top to bottom."""
    return rules_layer([(x, 0, height)], ink)


def rules_layer(places: Sequence[tuple[float, float, float]], ink: str = RULE) -> dict[str, Any]:
    """Upright lines: across, and from where to where."""
    rows = [{"x": x, "y": top, "y2": bottom} for x, top, bottom in places]
    encoding = {"x": {"field": "x", **_PIXEL}, "y": {"field": "y", **_PIXEL}, "y2": {"field": "y2"}}
    mark = {"type": "rule", "color": ink, "aria": False}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
