"""Tables on slides: thin lines between rows, no upright ones, and never taller than the slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten
from typing import Any

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from reports.pack.content import Cell, Table
from reports.pack.faces.written import cell_text, share_of

# PowerPoint's table without any lines or shade of its own.
_BARE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_INK, _ACCENT, _RULE = "18232A", "0A4A47", "B9C4C9"
_ROOM, _SIDES = Inches(4.8), Inches(0.1)
_SIZES = (20, 18, 16, 14, 12)
# How wide a letter is as a share of its height.
_LETTER = 0.56
# Of one cell: more is for the paper.
_MOST_LETTERS = 240
_MOST_ROWS = 13


@dataclass(frozen=True)
class FittedTable:
    """A table as wide as `width`, in the largest letters in which it has room."""

    table: Table
    width: int

    @cached_property
    def shown(self) -> list[tuple[Cell, ...]]:
        """As many rows as have room, the total among them."""
        rows: list[tuple[Cell, ...]] = []
        texts, total = self._texts, self.table.total
        room = _ROOM - self._height(self.heads)
        if total:
            room -= self._height(texts[-1])
        for row, written in zip(self.table.rows[:_MOST_ROWS], texts, strict=False):
            room -= self._height(written)
            if room < 0 and rows:
                break
            rows.append(row)
        return [*rows, total] if total else rows

    @property
    def heads(self) -> list[str]:
        return [column.label for column in self.table.columns]

    @property
    def written(self) -> list[list[str]]:
        """The head and the rows that are shown."""
        return [self.heads, *([_text(cell) for cell in row] for row in self.shown)]

    @cached_property
    def heights(self) -> list[int]:
        return [self._height(row) for row in self.written]

    @cached_property
    def widths(self) -> list[int]:
        shares = [
            share_of(column, max((len(row[at]) for row in self._texts), default=0))
            for at, column in enumerate(self.table.columns)
        ]
        return [self.width * share // sum(shares) for share in shares]

    @cached_property
    def size(self) -> int:
        """Numbers stand on one line; the smallest where not all rows have room."""
        rows = self._texts[: _MOST_ROWS + 1]
        is_free = not any(column.is_number for column in self.table.columns)
        for points in _SIZES:
            size = Pt(points)
            high = sum(self._lines(row, size) for row in rows) + 2
            has_room = high * (size * 1.25 + Inches(0.1)) <= _ROOM
            if has_room and (is_free or high == len(rows) + 2):
                return size
        return Pt(_SIZES[-1])

    @cached_property
    def _texts(self) -> list[list[str]]:
        return [[_text(cell) for cell in row] for row in self.table.all_rows]

    def _height(self, row: Sequence[str]) -> int:
        return int(self._lines(row, self.size) * self.size * 1.25 + Inches(0.1))

    def _lines(self, row: Sequence[str], size: int) -> int:
        rooms = [max(1, int((room - 2 * _SIDES) / (size * _LETTER))) for room in self.widths]
        return max(-(-len(text) // room) for text, room in zip(row, rooms, strict=True))


def add_table(slide: Any, fitted: FittedTable, left: int, top: int) -> None:
    written, heights, columns = fitted.written, fitted.heights, fitted.table.columns
    shape = slide.shapes.add_table(len(heights), len(columns), left, top, fitted.width, sum(heights))
    made = shape.table
    made.horz_banding = False
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _BARE
    for at, width in enumerate(fitted.widths):
        made.columns[at].width = width
    for y, (row, height) in enumerate(zip(written, heights, strict=True)):
        made.rows[y].height = height
        is_total = bool(fitted.table.total) and y == len(written) - 1
        for at, (text, column) in enumerate(zip(row, columns, strict=True)):
            cell = made.cell(y, at)
            paragraph = _fill(cell, text, is_bold=y == 0 or is_total)
            paragraph.alignment = PP_ALIGN.RIGHT if column.is_number else PP_ALIGN.LEFT
            paragraph.font.size = fitted.size
            _underline(cell, strong=y == 0)


def _text(cell: Cell) -> str:
    text = cell_text(cell)
    return text if len(text) <= _MOST_LETTERS else shorten(text, _MOST_LETTERS, placeholder=" …")


def _fill(cell: Any, text: str, *, is_bold: bool) -> Any:
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text = text
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.font.bold, paragraph.font.color.rgb = is_bold, RGBColor.from_string(_INK)
    return paragraph


def _underline(cell: Any, *, strong: bool) -> None:
    about = cell._tc.get_or_add_tcPr()
    line = etree.SubElement(about, qn("a:lnB"), w=str(Pt(1.5 if strong else 0.5)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=_ACCENT if strong else _RULE)
