"""Documents as offices attach them, small and whole; every one invented."""

from io import BytesIO
from zipfile import ZipFile

from docx import Document
from pypdf import PdfWriter
from xlsxwriter import Workbook

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"


def pdf(change=None):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if change:
        change(writer)
    held = BytesIO()
    writer.write(held)
    return held.getvalue()


def docx():
    held = BytesIO()
    document = Document()
    document.add_paragraph("Keputusan")
    document.save(held)
    return held.getvalue()


def xlsx():
    held = BytesIO()
    with Workbook(held) as book:
        book.add_worksheet().write(0, 0, "Bukti setor")
    return held.getvalue()


def with_part(content, name, body):
    """The same archive with one more part."""
    held = BytesIO(content)
    with ZipFile(held, "a") as archive:
        archive.writestr(name, body)
    return held.getvalue()
