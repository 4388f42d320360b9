"""Documents judged by what they hold and not by what they are called."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from participants.document_type import DocumentRefused, DocumentType

MOST_BYTES = 10 * 2**20
_MOST_PARTS, _MOST_UNPACKED, _MOST_OBJECTS = 2_000, 100 * 2**20, 200_000
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
# What an archive, a program or an old Office file begins with.
_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_MAIN_PARTS = {
    "word/document.xml": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_RUNS = ("vbaproject", "macrosheets/", "activex", "embeddings/", "vbadata", "customui")
_PDF_RUNS = frozenset({"/JavaScript", "/JS", "/Launch", "/ImportData", "/RichMedia"})
_PDF_HOLDS = frozenset({"/EmbeddedFile", "/EmbeddedFiles", "/EF"})


def type_of(content: bytes) -> DocumentType:
    """Raises DocumentRefused for what is none of these types, is broken, or holds what could run."""
    if not content:
        raise DocumentRefused(_("Berkas ini kosong. Pilih berkas dokumennya, lalu kirim lagi."))
    if len(content) > MOST_BYTES:
        raise DocumentRefused(_("Berkas ini lebih dari 10 MB. Perkecil dokumennya, lalu kirim lagi."))
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    if content.startswith(b"%PDF-"):
        _judge_pdf(content)
        found = DocumentType.PDF
    elif content.startswith(_PNG) and content.endswith(_PNG_END):
        found = DocumentType.PNG
    elif content.startswith(_JPEG) and _JPEG_END in content[-_TAIL:]:
        found = DocumentType.JPG
    else:
        raise DocumentRefused(
            _(
                "Isi berkas ini bukan PDF, JPG, PNG, DOCX, atau XLSX yang utuh. Simpan sebagai PDF, lalu "
                "kirim lagi."
            )
        )
    if zipfile.is_zipfile(BytesIO(content)):
        raise _holds_files()
    return found


# Cameras write a little behind the end of a picture.
_TAIL = 64 * 2**10


def _judge_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise DocumentRefused(
                _(
                    "PDF ini dilindungi kata sandi sehingga tidak dapat diperiksa. Simpan tanpa sandi, lalu "
                    "kirim lagi."
                )
            )
        if not reader.pages:
            raise _broken()
        for name in _pdf_names(reader):
            if name in _PDF_RUNS:
                raise _runs()
            if name in _PDF_HOLDS:
                raise _holds_files()
    except DocumentRefused:
        raise
    # A broken file makes the reader raise whatever it likes.
    except Exception as error:
        raise _broken() from error


def _pdf_names(reader: PdfReader) -> Iterator[str]:
    """Every key and every name of every object, those inside packed objects too."""
    numbers = [(number, generation) for generation, of in reader.xref.items() for number in of]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > _MOST_OBJECTS:
        raise _broken()
    todo: list[Any] = [reader.trailer]
    for number, generation in numbers:
        todo.append(reader.get_object(IndirectObject(number, generation, reader)))
        while todo:
            one = todo.pop()
            if isinstance(one, DictionaryObject):
                yield from map(str, one.keys())
                todo += [dict.__getitem__(one, key) for key in one]
            elif isinstance(one, ArrayObject):
                todo += list(list.__iter__(one))
            elif isinstance(one, str):
                yield str(one)


def _office_type(content: bytes) -> DocumentType:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = _parts(archive)
            return _judge_office(parts)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise _broken() from error


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise _broken()
    # Declared sizes bind: the reader stops there, and says so where more follows.
    return {entry.filename: archive.read(entry) for entry in entries}


def _judge_office(parts: dict[str, bytes]) -> DocumentType:
    types = parts.get("[Content_Types].xml", b"")
    main = [name for name, said in _MAIN_PARTS.items() if name in parts and said in types]
    names = [name.lower() for name in parts]
    if b"macroEnabled" in types or any(word in name for name in names for word in _RUNS[:3]):
        raise _runs()
    if len(main) != 1:
        raise DocumentRefused(
            _("Arsip ZIP tidak dapat dilampirkan. Kirim dokumen di dalamnya satu per satu.")
        )
    is_template = any(b"attachedTemplate" in body for name, body in parts.items() if name.endswith(".rels"))
    if is_template or any(word in name for name in names for word in _RUNS[4:]):
        raise _runs()
    if any("embeddings/" in name for name in names) or any(map(_is_packed, parts.values())):
        raise _holds_files()
    return DocumentType.DOCX if main == ["word/document.xml"] else DocumentType.XLSX


def _is_packed(body: bytes) -> bool:
    return body.startswith(_PACKED)


def _broken() -> DocumentRefused:
    return DocumentRefused(
        _("Berkas ini rusak atau terlalu rumit untuk diperiksa. Cetak ke PDF yang baru, lalu kirim lagi.")
    )


def _runs() -> DocumentRefused:
    return DocumentRefused(
        _(
            "Dokumen ini memuat makro atau skrip. Cetak ke PDF yang baru atau simpan tanpa makro, lalu "
            "kirim lagi."
        )
    )


def _holds_files() -> DocumentRefused:
    return DocumentRefused(
        _(
            "Dokumen ini memuat berkas lain di dalamnya. Cetak ke PDF yang baru, lalu kirim berkas lain "
            "itu terpisah."
        )
    )
