"""Bars, dots and small lines as drawings of their own: without a style sheet, of a set width."""

import re

from reports.drawing.maps import FILLS
from reports.drawing.style import LINE, RULE, TARGET

# In pixels, of a bar or a row of dots; on the screen they are as wide as their cell.
_WIDTH = 150
_SHARE = re.compile(r'"(-?[\d.]+)%"')
_SIZED = re.compile(r'<svg\b[^>]*?\bheight="(\d+)"')
_CLASS = re.compile(r'class="([^"]*)"')
_INK, _SOFT = "#18232a", "#9aa7ae"
_STYLES = {
    "bar-track": f'fill="{FILLS[0]}"',
    "bar-fill": f'fill="{LINE}"',
    "bar-over": f'fill="{_INK}"',
    "bar-mark": f'stroke="{_INK}" stroke-width="2"',
    "dots-track": f'stroke="{RULE}"',
    "dots-way": f'stroke="{_SOFT}" stroke-width="2"',
    "dots-then": f'fill="{_SOFT}"',
    "dots-target": f'stroke="{TARGET}" stroke-width="2"',
    "dots-now": f'fill="{LINE}"',
    "spark": f'fill="{LINE}" stroke="{LINE}" stroke-width="1.5"',
    "small-line": f'fill="{LINE}" stroke="{LINE}" stroke-width="2"',
    "small-edge": f'stroke="{RULE}" stroke-width="1"',
    "small-target": f'stroke="{TARGET}" stroke-width="1" stroke-dasharray="4 3"',
    "small-open": 'stroke-dasharray="4 3"',
    "small-draft": 'fill="#ffffff"',
}


def upright_svg(svg: str) -> str:
    """The drawing with its colours in it; shares of a width become pixels."""
    svg = _SHARE.sub(lambda found: f'"{float(found[1]) * _WIDTH / 100:.1f}"', svg)
    svg = _CLASS.sub(lambda found: _style(found[1]), svg).replace("<polyline", '<polyline fill="none"')
    if "viewBox" not in svg and (sized := _SIZED.search(svg)):
        svg = svg.replace("<svg", f'<svg viewBox="0 0 {_WIDTH} {sized[1]}"', 1)
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)


def _style(classes: str) -> str:
    return next((_STYLES[name] for name in classes.split() if name in _STYLES), "")
