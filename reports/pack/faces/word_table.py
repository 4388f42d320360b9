"""A Word table as one piece of XML: python-docx would look for every cell anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

# In twentieths of a point: what stands between the margins of an A4 page, a letter, and the sides of a cell.
_PAGE, _LETTER, _SIDES = 9638, 108, 230
# Up to here a column of words is not narrowed either.
_STIFF = 12 * _LETTER + _SIDES
_LEAST_LETTERS, _MOST_LETTERS = 5, 42


@dataclass(frozen=True)
class Grid:
    """Texts as they are shown; `numeric` says of each column whether it stands to the right."""

    labels: Sequence[str]
    numeric: Sequence[bool]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()

    def to_xml(self) -> Any:
        widths = self.widths()
        body = [_row(self.labels, self.numeric, widths, head=True)]
        body += [_row(row, self.numeric, widths) for row in self.rows]
        if self.total:
            body.append(_row(self.total, self.numeric, widths, bold=True))
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:noVBand="1"/>'
        style = (
            f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/>'
        )
        return parse_xml(
            f"<w:tbl {nsdecls('w')}><w:tblPr>{style}{look}</w:tblPr>"
            f"<w:tblGrid>{columns}</w:tblGrid>{''.join(body)}</w:tbl>"
        )

    def widths(self) -> list[int]:
        """Numbers and short words get what they need, so that none is broken; long ones share the rest."""
        needs = [self._need(at) for at in range(len(self.labels))]
        stiff = [number or need <= _STIFF for need, number in zip(needs, self.numeric, strict=True)]
        fixed = sum(need for need, is_stiff in zip(needs, stiff, strict=True) if is_stiff)
        words = sum(needs) - fixed
        if not words:
            return [need * _PAGE // fixed for need in needs]
        left = max(_PAGE - fixed, _PAGE // 4)
        return [
            need if is_stiff else need * left // words for need, is_stiff in zip(needs, stiff, strict=True)
        ]

    def _need(self, at: int) -> int:
        cells = [row[at] for row in (*self.rows, *([self.total] if self.total else []))]
        longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
        label = self.labels[at]
        head = max(len(word) for word in label.split()) + 1 if self.numeric[at] else len(label)
        return max(min(max(longest, head), _MOST_LETTERS), _LEAST_LETTERS) * _LETTER + _SIDES


def _row(
    cells: Sequence[str],
    numeric: Sequence[bool],
    widths: Sequence[int],
    *,
    head: bool = False,
    bold: bool = False,
) -> str:
    about = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"
    written = (
        _cell(text, width, is_number=number, is_bold=bold or head, is_head=head)
        for text, width, number in zip(cells, widths, numeric, strict=True)
    )
    return f"<w:tr>{about}{''.join(written)}</w:tr>"


def _cell(text: str, width: int, *, is_number: bool, is_bold: bool, is_head: bool) -> str:
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E3F1EF"/>' if is_head else ""
    align = '<w:jc w:val="right"/>' if is_number else ""
    bold = "<w:b/>" if is_bold else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="20" w:after="20"/>{align}</w:pPr>'
        f'<w:r><w:rPr>{bold}<w:sz w:val="17"/></w:rPr>{lines}</w:r></w:p></w:tc>'
    )
