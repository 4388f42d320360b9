"""A letter or minutes as a Word document, to be finished by hand: numbers, signatures, letterhead."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt

# Folio, the long paper of offices here.
_PAPER = (Cm(21.5), Cm(33.0))


def letter_document(data: dict[str, Any]) -> bytes:
    """From the same data as the letters that are set as PDF."""
    document = new_document(data["title"])
    words = data["words"]
    document.add_paragraph(data["place_date"]).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(f"{words['number']}\t: {data['number']}")
    document.add_paragraph(f"{words['subject']}\t: {data['title']}")
    document.add_paragraph()
    document.add_paragraph(words["to"])
    for line in data["to"]:
        document.add_paragraph(line)
    document.add_paragraph()
    for paragraph in data["opening"]:
        document.add_paragraph(paragraph)
    add_table(document, data["head"], data["rows"])
    document.add_paragraph()
    document.add_paragraph(data["asking"])
    for wish in data["wishes"]:
        document.add_paragraph(wish, style="List Number")
    for paragraph in data["closing"]:
        document.add_paragraph(paragraph)
    add_signature(document, data["signer_title"], data["signer"])
    add_foot(document, " · ".join(part for part in (data["foot"], data["warning"]) if part))
    return saved(document)


def new_document(title: str) -> Document:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = _PAPER
    section.left_margin, section.right_margin = Cm(2.5), Cm(2.0)
    document.core_properties.title = title
    document.styles["Normal"].font.size = Pt(11)
    return document


def add_table(document: Document, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """With its head on every page."""
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text)
    for line in table.rows:
        for cell in line.cells:
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)


def add_signature(document: Document, title: str, name: str) -> None:
    document.add_paragraph()
    for text in (title, "", "", name or "………………………………"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def add_foot(document: Document, text: str) -> None:
    run = document.sections[0].footer.paragraphs[0].add_run(text)
    run.font.size = Pt(8)


def saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()
