"""Tables on slides: thin lines between rows, no upright ones, and never taller than the slide."""

from collections.abc import Sequence
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
_INK, _ACCENT, _RULE = RGBColor(0x18, 0x23, 0x2A), "0A4A47", "B9C4C9"
_ROOM, _SIDES = Inches(4.8), Inches(0.1)
_SIZES = (20, 18, 16, 14, 12)
# How wide a letter is as a share of its height.
_LETTER = 0.56
# Of one cell: more is for the paper.
_MOST_LETTERS = 240
_MOST_ROWS = 13


def shown_rows(table: Table, width: int) -> list[tuple[Cell, ...]]:
    """As many rows as have room, the total among them."""
    rows, room = [], _ROOM - _height(table, tuple(column.label for column in table.columns), width)
    if table.total:
        room -= _height(table, table.total, width)
    for row in table.rows[:_MOST_ROWS]:
        room -= _height(table, row, width)
        if room < 0 and rows:
            break
        rows.append(row)
    return [*rows, table.total] if table.total else rows


def add_table(slide: Any, table: Table, rows: Sequence[Sequence[Cell]], place: tuple[int, int, int]) -> int:
    """Returns where it ends."""
    left, top, width = place
    heads = tuple(column.label for column in table.columns)
    heights, size = [_height(table, row, width) for row in (heads, *rows)], _size(table, width)
    shape = slide.shapes.add_table(len(heights), len(heads), left, top, width, sum(heights))
    made = shape.table
    made.horz_banding = False
    shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _BARE
    for at, column_width in enumerate(_widths(table, width)):
        made.columns[at].width = column_width
    for y, (row, height) in enumerate(zip((heads, *rows), heights, strict=True)):
        made.rows[y].height = height
        is_total = bool(table.total) and y == len(rows)
        for at, cell in enumerate(row):
            is_number = table.columns[at].is_number
            paragraph = _fill(made.cell(y, at), _text(cell), is_bold=y == 0 or is_total)
            paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
            paragraph.font.size = size
            _underline(made.cell(y, at), strong=y == 0)
    return top + sum(heights)


def _text(cell: Cell) -> str:
    text = cell_text(cell)
    return text if len(text) <= _MOST_LETTERS else shorten(text, _MOST_LETTERS, placeholder=" …")


def _widths(table: Table, width: int) -> list[int]:
    cells = [[len(cell_text(row[at])) for row in table.all_rows] for at in range(len(table.columns))]
    shares = [
        share_of(column, max(lengths, default=0))
        for column, lengths in zip(table.columns, cells, strict=True)
    ]
    return [width * share // sum(shares) for share in shares]


def _height(table: Table, row: Sequence[Cell], width: int) -> int:
    """Of a row whose cells may take more than one line."""
    size = _size(table, width)
    return int(_lines(table, row, width, size) * size * 1.25 + Inches(0.1))


def _lines(table: Table, row: Sequence[Cell], width: int, size: int) -> int:
    rooms = [max(1, int((room - 2 * _SIDES) / (size * _LETTER))) for room in _widths(table, width)]
    return max(-(-len(_text(cell)) // room) for cell, room in zip(row, rooms, strict=True))


def _size(table: Table, width: int) -> int:
    """As large as all rows have room, numbers on one line; the smallest where none is."""
    rows = table.all_rows[: _MOST_ROWS + 1]
    is_free = not any(column.is_number for column in table.columns)
    for points in _SIZES:
        size = Pt(points)
        high = sum(_lines(table, row, width, size) for row in rows) + 2
        if high * (size * 1.25 + Inches(0.1)) <= _ROOM and (is_free or high == len(rows) + 2):
            return size
    return Pt(_SIZES[-1])


def _fill(cell: Any, text: str, *, is_bold: bool) -> Any:
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(0.08)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text = text
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.font.bold, paragraph.font.color.rgb = is_bold, _INK
    return paragraph


def _underline(cell: Any, *, strong: bool) -> None:
    about = cell._tc.get_or_add_tcPr()
    line = etree.SubElement(about, qn("a:lnB"), w=str(Pt(1.5 if strong else 0.5)))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=_ACCENT if strong else _RULE)
