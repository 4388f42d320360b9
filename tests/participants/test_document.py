"""Documents are judged by what they hold, not by what they are called."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from participants.document_type import DocumentRefused, DocumentType
from participants.importers.document import MOST_BYTES, type_of
from tests.participants.documents import JPG, PNG, docx, pdf, with_part, xlsx


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf(), DocumentType.PDF),
        (JPG, DocumentType.JPG),
        (PNG, DocumentType.PNG),
        (docx(), DocumentType.DOCX),
        (xlsx(), DocumentType.XLSX),
    ],
)
def test_what_may_be_attached(content, found):
    assert type_of(content) == found


def scripted(writer):
    """Run when a page is opened."""
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")}
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): DictionaryObject(action)})


def launching(writer):
    """Deep inside another object."""
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch")})
    writer.root_object[NameObject("/Outlines")] = DictionaryObject({NameObject("/Next"): action})


def zipped(name):
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr(name, b"x")
    return held.getvalue()


RUNS, HOLDS, OTHER, BROKEN = "makro atau skrip", "berkas lain di dalamnya", "bukan PDF", "rusak"
REFUSED = {
    "script": (pdf(scripted), RUNS),
    "launch": (pdf(launching), RUNS),
    "file inside": (pdf(lambda writer: writer.add_attachment("a.txt", b"x")), HOLDS),
    "password": (pdf(lambda writer: writer.encrypt("rahasia")), "kata sandi"),
    "broken pdf": (b"%PDF-1.7 nothing more", BROKEN),
    "archive behind a pdf": (pdf() + zipped("a.txt"), HOLDS),
    "archive behind a picture": (JPG + zipped("a.txt") + b"\xff\xd9", HOLDS),
    "picture cut off": (PNG[:-12], OTHER),
    "macro": (with_part(docx(), "word/vbaProject.bin", b"x"), RUNS),
    "macro sheet": (with_part(xlsx(), "xl/macrosheets/sheet1.xml", b"<x/>"), RUNS),
    "template from elsewhere": (with_part(docx(), "word/_rels/a.xml.rels", b"<x attachedTemplate/>"), RUNS),
    "embedded": (with_part(docx(), "word/embeddings/a.bin", b"x"), HOLDS),
    "archive inside": (with_part(xlsx(), "xl/media/a.png", zipped("a.txt")), HOLDS),
    "program inside": (with_part(xlsx(), "xl/media/a.png", b"MZ\x90"), HOLDS),
    "archive": (zipped("daftar.pdf"), "satu per satu"),
    "broken archive": (docx()[:400], BROKEN),
    "web page": (b"<html><script>1</script></html>", OTHER),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, OTHER),
    "nothing": (b"", "kosong"),
    "too large": (b"%PDF-" + b"x" * MOST_BYTES, "10 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_may_not(name):
    content, words = REFUSED[name]
    with pytest.raises(DocumentRefused) as refused:
        type_of(content)
    assert words in refused.value.sentence
