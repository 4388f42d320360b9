"""A Word table as one piece of XML: python-docx would look for every cell anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports.pack.faces.word_layout import TABLE_KEY

# In twentieths of a point: what stands between the margins of an A4 page, a letter, and the sides of a cell.
_PAGE, _LETTER, _SIDES = 9638, 96, 200
# Up to here a column of words is not narrowed either.
_STIFF = 12 * _LETTER + _SIDES
_LEAST_LETTERS, _MOST_LETTERS = 5, 42
# In rows.
_SHORT = 24
_SPACING = '<w:spacing w:before="%s" w:after="%s" w:line="240" w:lineRule="auto"/>'


@dataclass(frozen=True)
class Grid:
    """Texts as they are shown; `numeric` says of each column whether it stands to the right."""

    labels: Sequence[str]
    numeric: Sequence[bool]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    # Without lines and shade: names to sign above.
    is_plain: bool = False
    # For pages that hold many tables.
    is_tight: bool = False

    def to_xml(self) -> Any:
        widths = self.widths()
        rows = [*self.rows, *([self.total] if self.total else [])]
        # A short table stays whole, with what is said below it: each of its rows keeps to the next.
        kept = len(rows) if len(rows) <= _SHORT else 0
        plain = _Look(widths, self.numeric, is_tight=self.is_tight)
        looks = [replace(plain, is_kept=at < kept) for at in range(len(rows))]
        if self.total:
            looks[-1] = replace(looks[-1], is_bold=True)
        head = replace(plain, is_head=not self.is_plain, is_bold=True, is_kept=True)
        body = [_row(self.labels, head), *map(_row, rows, looks)]
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:noVBand="1"/>'
        style = (
            f'<w:tblStyle w:val="{"TableNormal" if self.is_plain else TABLE_KEY}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/>'
        )
        return parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr>{style}{look}</w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(body)}</w:tbl>"
        )

    def widths(self) -> list[int]:
        """Numbers and short words get what they need, so that none is broken; long ones share the rest.

        Heads stand on one line where all of them can.
        """
        needs = [self._need(at, len(label)) for at, label in enumerate(self.labels)]
        if sum(needs) > _PAGE:
            words = [max(map(len, label.split()), default=0) + 1 for label in self.labels]
            needs = [self._need(at, length) for at, length in enumerate(words)]
        stiff = [number or need <= _STIFF for need, number in zip(needs, self.numeric, strict=True)]
        fixed = sum(need for need, is_stiff in zip(needs, stiff, strict=True) if is_stiff)
        words_need = sum(needs) - fixed
        if not words_need or fixed > _PAGE * 3 // 4:
            return [need * _PAGE // sum(needs) for need in needs]
        left = _PAGE - fixed
        return [
            need if is_stiff else need * left // words_need
            for need, is_stiff in zip(needs, stiff, strict=True)
        ]

    def _need(self, at: int, head: int) -> int:
        cells = [row[at] for row in (*self.rows, *([self.total] if self.total else []))]
        longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
        return max(min(max(longest, head), _MOST_LETTERS), _LEAST_LETTERS) * _LETTER + _SIDES


@dataclass(frozen=True)
class _Look:
    """Of one row."""

    widths: Sequence[int]
    numeric: Sequence[bool]
    is_head: bool = False
    is_bold: bool = False
    is_kept: bool = False
    is_tight: bool = False


def _row(cells: Sequence[str], look: _Look) -> str:
    about = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if look.is_head else "") + "</w:trPr>"
    told = zip(cells, look.widths, look.numeric, strict=True)
    written = (_cell(text, width, look, is_number=number) for text, width, number in told)
    return f"<w:tr>{about}{''.join(written)}</w:tr>"


def _cell(text: str, width: int, look: _Look, *, is_number: bool) -> str:
    around, size = (0, 16) if look.is_tight else (15, 17)
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF4F3"/>' if look.is_head else ""
    foot = '<w:vAlign w:val="bottom"/>' if look.is_head else ""
    align = '<w:jc w:val="right"/>' if is_number else ""
    kept = "<w:keepNext/>" if look.is_kept else ""
    bold = "<w:b/>" if look.is_bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}{foot}</w:tcPr>'
        f"<w:p><w:pPr>{kept}{_SPACING % (around, around)}{align}</w:pPr>"
        f'<w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr>{lines}</w:r></w:p></w:tc>'
    )
