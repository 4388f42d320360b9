"""Packs in a layout of somebody's own: whatever is broken in it ends here, as a sentence."""

import json
import zlib
from pathlib import Path
from struct import error as struct_error
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError

from regions.alone import run_alone
from reports.pack.content import PackContent
from reports.pack.faces.docx import placeholders_in, render_docx
from reports.pack.faces.pdf import STANDARD, pdf_data

_TYPESETTER = Path(__file__).parents[1] / "typesetter.py"
# As the program says it; it is run, never imported.
_REFUSED = 3
_MOST_SECONDS = 20
# What a document of Word that is damaged, or made by another program, makes its readers stumble over.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    LxmlError,
    NotImplementedError,
    OSError,
    OpcError,
    PythonDocxError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct_error,
    zlib.error,
)


class LayoutBroken(ValueError):
    """No pack can be laid out with it; its text says what the program said, or why it was stopped."""


def set_pdf(content: PackContent, template: bytes) -> bytes:
    """The pack set by typst in a process of its own. Raises LayoutBroken."""
    data = json.dumps(pdf_data(content), ensure_ascii=False)
    asked = {"data": data, "options": {"format": "pdf", "pdf_standards": [STANDARD]}}
    try:
        code, told = run_alone(_TYPESETTER, asked, template, _MOST_SECONDS)
    except TimeoutError as error:
        raise LayoutBroken(_too_much()) from error
    if code == _REFUSED and told:
        raise LayoutBroken(told.decode(errors="replace"))
    if code or not told:
        raise LayoutBroken(_too_much())
    return told


def set_docx(content: PackContent, template: bytes) -> bytes:
    """Raises LayoutBroken."""
    try:
        return render_docx(content, template)
    except _BROKEN as error:
        raise LayoutBroken(_broken()) from error


def docx_placeholders(template: bytes) -> list[str]:
    """Raises LayoutBroken."""
    try:
        return placeholders_in(template)
    except _BROKEN as error:
        raise LayoutBroken(_broken()) from error


def _too_much() -> str:
    return _("terlalu lama atau memakan terlalu banyak memori. Cari pengulangan yang tidak berhenti.")


def _broken() -> str:
    return _("Isi dokumen Word ini rusak. Buka di Word, simpan sebagai .docx yang baru, lalu kirim lagi.")
