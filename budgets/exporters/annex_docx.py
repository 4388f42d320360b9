"""The annex as a document that is signed and sent: a table with its head on every page, sums, and notes."""

from io import BytesIO

import docx
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from budgets.annex import Annex, AnnexLine, annex_titles
from regions.formats import MISSING, rupiah, whole
from regions.practice import current_room, data_warning

_WIDTHS = (0.8, 2.6, 2.9, 2.9, 3.0, 2.7, 1.9, 1.5, 1.4, 2.0, 2.2, 2.9, 3.3)
_NUMBERS = frozenset({0, 7, 8, 9, 10, 11})
# Folio, the long paper of offices here.
_PAPER = (Cm(33.0), Cm(21.5))


def annex_document(annex: Annex) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _PAPER
    section.left_margin = section.right_margin = Cm(1.4)
    document.core_properties.title = annex.title
    # Of Windows, and as wide in every free office suite: no number breaks in its cell.
    document.styles["Normal"].font.name = "Arial"
    document.add_heading(annex.title, level=1)
    document.add_paragraph(annex.subtitle)
    if current_room() is not None:
        document.add_paragraph(data_warning())
    titles = annex_titles()
    table = document.add_table(rows=1, cols=len(titles))
    table.style = "Table Grid"
    # Some programs read the widths of columns and not those of cells.
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0].cells, titles, bold=True)
    _repeat_head(table)
    for number, line in enumerate(annex.lines, start=1):
        _fill(table.add_row().cells, _texts(number, line))
    people = sum(line.people for line in annex.lines)
    sums = ["", "", "", "", _("Jumlah"), "", "", whole(people), "", "", "", rupiah(annex.total), ""]
    _fill(table.add_row().cells, sums, bold=True)
    document.add_paragraph()
    for source, amount in annex.by_source.items():
        document.add_paragraph(f"{source}: {rupiah(amount)}", style="List Bullet")
    for note in annex.notes:
        document.add_paragraph(note)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _texts(number: int, line: AnnexLine) -> list[str]:
    rate = _("berubah") if line.rate is None else rupiah(line.rate)
    return [
        str(number),
        line.region,
        line.sub_activity or MISSING,
        line.account or MISSING,
        line.category,
        line.source,
        line.first,
        whole(line.people),
        str(line.months),
        rate,
        rupiah(line.price),
        rupiah(line.amount),
        line.legal_basis or MISSING,
    ]


def _fill(cells: tuple[_Cell, ...], texts: list[str], *, bold: bool = False) -> None:
    for column, (cell, text, width) in enumerate(zip(cells, texts, _WIDTHS, strict=True)):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(7)
        if column in _NUMBERS:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat_head(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
