"""The words on the pages of a PDF as boxes, measured by the widths that the file itself states.

In points from the lower left corner. Words in pictures are not among them: a browser measures those.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations

from pypdf import PdfReader
from pypdf.generic import ContentStream

# How far letters reach above and below the line they stand on, as a share of their size.
_UP, _DOWN = 0.66, 0.18
# Boxes that touch lie not upon each other.
_CLEAR = 1.0


@dataclass(frozen=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    def lies_upon(self, other: "Box") -> bool:
        return (
            self.left < other.right - _CLEAR
            and other.left < self.right - _CLEAR
            and self.bottom < other.top - _CLEAR
            and other.bottom < self.top - _CLEAR
        )


def boxes_of(page, reader) -> list[Box]:
    """Upright words only: the word across a draft lies under everything by intent."""
    found, kept, now, text = [], [], _UNIT, _UNIT
    widths, size = {}, 0.0
    fonts = {name: _widths_of(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        match operator:
            case b"q":
                kept.append(now)
            case b"Q":
                now = kept.pop()
            case b"cm":
                now = _times(operands, now)
            case b"Tf":
                widths, size = fonts[operands[0]], float(operands[1])
            case b"Tm":
                text = tuple(map(float, operands))
            case b"Tj" | b"TJ":
                run = operands[0] if operator == b"TJ" else [operands[0]]
                across = sum(_length(part, widths) for part in run) * size / 1000
                at = _times(text, now)
                if abs(at[1]) < 1e-6 and across:
                    found.append(_box(at, across, size))
    return found


_UNIT = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(one, other):
    a, b, c, d, e, f = map(float, one)
    p, q, r, s, t, u = other
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _box(at, across, size) -> Box:
    high = size * abs(at[3])
    return Box(at[4], at[5] - high * _DOWN, at[4] + across * at[0], at[5] + high * _UP)


def _length(part, widths) -> float:
    """Of glyphs two bytes each; a number moves what follows to the left."""
    if not isinstance(part, str | bytes):
        return -float(part)
    sent = part.original_bytes if hasattr(part, "original_bytes") else part
    glyphs = [int.from_bytes(sent[at : at + 2]) for at in range(0, len(sent), 2)]
    return sum(widths.get(glyph, widths[None]) for glyph in glyphs)


def _widths_of(font) -> dict[int | None, float]:
    (below,) = font["/DescendantFonts"]
    told, widths = list(below.get_object().get("/W", [])), {None: float(below.get_object().get("/DW", 1000))}
    while told:
        first, second, *rest = told
        if isinstance(second, list):
            widths |= {int(first) + at: float(width) for at, width in enumerate(second)}
            told = rest
        else:
            widths |= dict.fromkeys(range(int(first), int(second) + 1), float(rest[0]))
            told = rest[1:]
    return widths


def faults_of(content: bytes) -> Iterator[tuple[int, str, Box]]:
    """Words upon words, and words beyond the edge of their page."""
    reader = PdfReader(BytesIO(content))
    for number, page in enumerate(reader.pages, 1):
        boxes = boxes_of(page, reader)
        assert len(boxes) > 5, number
        _left, _bottom, width, height = map(float, page.mediabox)
        for box in boxes:
            if box.left < 0 or box.bottom < 0 or box.right > width or box.top > height:
                yield number, "beyond", box
        for one, other in combinations(boxes, 2):
            if one.lies_upon(other):
                yield number, "upon", one
