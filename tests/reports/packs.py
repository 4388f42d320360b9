"""Packs in tests: asked for and made at once, as a worker would; and their files read back."""

import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pptx
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from reports.models import Document, Pack, PackJob
from reports.pack.period import Period, PeriodKind, period_of
from reports.services.pack import ask_pack
from reports.services.pack_work import work_on_packs
from tests.cast import KOTA_A

JULY_MONTH = Period(PeriodKind.MONTH, date(2025, 7, 1))
THIRD_QUARTER = period_of(PeriodKind.QUARTER, date(2025, 7, 1))
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def made(by, period=JULY_MONTH, code=KOTA_A, document=Document.PACK) -> Pack:
    job = ask_pack(region_code=code, period=period, by=by, document=document)
    work_on_packs()
    job = PackJob.objects.get(pk=job.pk)
    assert job.state == "ready", (job.state, job.failure)
    return job.pack


def file_of(pack, face) -> bytes:
    return bytes(pack.files.get(face=face).content)


def squeezed(text: str) -> str:
    """Without the spaces that line breaks come and go with."""
    return re.sub(r"\s+", "", text)


def pdf_text(content: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def word_tables(content: bytes) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(BytesIO(content)).tables
    ]


def word_text(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def sheet_rows(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def formulas(content: bytes) -> list[tuple[str, float]]:
    """Every formula with the value that stands in the file for it."""
    found = []
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                sheet = ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own file)
                for cell in sheet.iter(f"{_SHEET}c"):
                    formula = cell.find(f"{_SHEET}f")
                    if formula is not None:
                        found.append((formula.text, float(cell.find(f"{_SHEET}v").text)))
    return found


def slides(content: bytes) -> list[pptx.slide.Slide]:
    return list(pptx.Presentation(BytesIO(content)).slides)


def slide_texts(slide) -> str:
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)
