"""SVG made on the server from Vega-Lite, kept by what it was made of; pages carry no chart library."""

import hashlib
import json
import re
from decimal import Decimal
from typing import Any

import vl_convert
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_MONTH = 30 * 24 * 3600
# Vega completes an address without a host with one of its own; this one is taken off again.
_HOST = "https://tautan.invalid"
# Vega speaks English and rounds figures otherwise than pages do: what it says of axes, lines, letters goes.
_AXES = re.compile(r' role="graphics-symbol" aria-roledescription="(?:axis|legend)" aria-label="[^"]*"')
_LINES = re.compile(r' aria-label="[^"]*" role="graphics-symbol" aria-roledescription="(?:line|rule) mark"')
_TEXTS = re.compile(r' aria-label="[^"]*" role="graphics-symbol" aria-roledescription="text mark"')
_KINDS = re.compile(r' aria-roledescription="[^"]*"')
_HIDDEN = ' aria-hidden="true"'
# A tenth of a pixel is enough, and drawings are half the weight of a page.
_PLACES, _FINE = re.compile(r' (?:d|transform)="[^"]*"'), re.compile(r"(\d\.\d)\d+")
_SIZES = re.compile(r' width="([\d.]+)" height="([\d.]+)"')
_NAMED = re.compile(r'(<path aria-label="([^"]*)" role="graphics-symbol"[^>]*)/>')


def svg_of(spec: dict[str, Any]) -> str:
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
    key = f"svg:fine:{hashlib.sha256(text.encode()).hexdigest()}"
    svg: str | None = cache.get(key)
    if svg is None:
        svg = vl_convert.vegalite_to_svg(text).replace(_HOST, "")
        svg = _PLACES.sub(lambda place: _FINE.sub(r"\1", place[0]), svg)
        cache.set(key, svg, _MONTH)
    return svg


def link(path: str) -> str:
    """An address of ours as a mark of a drawing carries it."""
    return f"{_HOST}{path}"


def titled(svg: str) -> str:
    """What a mark is called, shown also where a pointer rests on it."""
    return _NAMED.sub(r"\1><title>\2</title></path>", svg)


def larger(svg: str, by: Decimal) -> str:
    """The same drawing shown larger: what it holds stays as it is."""
    sizes = _SIZES.search(svg)
    if sizes is None:
        return svg
    wide, high = (round(Decimal(size) * by) for size in sizes.groups())
    return svg.replace(sizes[0], f' width="{wide}" height="{high}"', 1)


def labelled(svg: str, title: str) -> SafeString:
    """For a page: with its accessible name; of its marks those speak that we describe."""
    label = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    svg = _KINDS.sub("", _TEXTS.sub("", _LINES.sub(_HIDDEN, _AXES.sub(_HIDDEN, svg))))
    opening = f'<svg role="group" aria-label="{label}" focusable="false" '
    # The SVG is our own: labels and links in it come from Vega, which escapes what it is given.
    return mark_safe(svg.replace("<svg ", opening, 1))  # noqa: S308
