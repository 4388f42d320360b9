"""A region's own layouts: used only when every placeholder resolves."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.document import Document

from regions.errors import NotPermitted, OutsideScope
from reports.models import PackTemplate
from reports.pack.faces.pdf import house_template
from reports.pack.faces.word_layout import house_layout
from reports.pack.template_check import TemplateRefused
from reports.services.pack_template import store_template, use_template
from tests.cast import KOTA_A, PROVINCE
from tests.reports.packs import file_of, made, pdf_text, word_text

pytestmark = pytest.mark.usefixtures("figures_once")

TYPST = house_template("pack").decode()


def word_layout(*more: str) -> bytes:
    layout: Document = house_layout()
    for text in more:
        layout.add_paragraph(text)
    stream = BytesIO()
    layout.save(stream)
    return stream.getvalue()


def store(by, face, template, code=KOTA_A):
    return store_template(region_code=code, face=face, file_name=f"a.{face}", template=template, by=by)


def test_in_use_it_lays_out_the_next_pack_there_and_below(figures, cast):
    own = TYPST.replace("#heading(level: 1, d.words.sources)", "= Kop surat uji")
    row = store(cast.admin, "pdf", own.encode(), code=PROVINCE)
    assert "Kopsuratuji" not in pdf_text(file_of(made(cast.siti), "pdf"))
    use_template(pk=row.pk, in_use=True, by=cast.admin)
    from_now_on = made(cast.lestari, code="36.73")
    assert "Kopsuratuji" in pdf_text(file_of(from_now_on, "pdf"))


def test_the_nearer_one_wins_and_one_replaces_the_other(figures, cast):
    for code, words in ((PROVINCE, "Kop provinsi"), (KOTA_A, "Kop lama"), (KOTA_A, "Kop kota")):
        row = store(cast.admin, "docx", word_layout(words), code=code)
        use_template(pk=row.pk, in_use=True, by=cast.admin)
    text = word_text(file_of(made(cast.siti), "docx"))
    assert [words for words in ("Kop provinsi", "Kop lama", "Kop kota") if words in text] == ["Kop kota"]
    assert PackTemplate.objects.filter(in_use=True).count() == 2


@pytest.mark.parametrize(
    ("face", "template", "sentence"),
    [
        ("pdf", TYPST.replace("d.title", "d.judulnya").encode(), "judulnya"),
        ("pdf", TYPST.replace("d.code", "d.title").encode(), "d.code"),
        ("pdf", b'#import "@preview/cetz:0.3.1"\n' + TYPST.encode(), "#import"),
        ("pdf", TYPST.encode() + b'\n#read("/etc/passwd")', "read("),
        ("pdf", TYPST.encode() + b"\n#let x = ", "Templat tidak dapat diproses"),
        ("pdf", b"\xff\xfe", "UTF-8"),
        ("docx", b"PK bukan dokumen", "bukan dokumen Word"),
        ("docx", word_layout("{{ tidak_ada }}"), "tidak_ada"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_with_the_place(figures, cast, face, template, sentence):
    with pytest.raises(TemplateRefused) as refused:
        store(cast.admin, face, template)
    assert sentence in refused.value.sentence
    assert not PackTemplate.objects.exists()


def test_a_word_layout_without_the_code_is_refused(figures, cast):
    empty = docx.Document()
    empty.add_paragraph("{{ tabel }}")
    stream = BytesIO()
    empty.save(stream)
    with pytest.raises(TemplateRefused) as refused:
        store(cast.admin, "docx", stream.getvalue())
    assert "kode, alamat_verifikasi" in refused.value.sentence


def test_only_administrators_there(figures, cast):
    with pytest.raises(NotPermitted):
        store(cast.siti, "pdf", TYPST.encode())
    with pytest.raises(OutsideScope):
        store(cast.budi, "pdf", TYPST.encode())


def test_uploaded_previewed_and_used_by_the_pages(figures, cast, client_of):
    client = client_of(cast.admin)
    own = word_layout("Kop uji halaman")
    sent = {"region": KOTA_A, "face": "docx", "file": SimpleUploadedFile("kop.docx", own)}
    assert client.post("/paket/templat/", sent).url == "/paket/templat/"
    row = PackTemplate.objects.get()
    preview = client.get(f"/paket/templat/{row.pk}/").content
    assert "Kop uji halaman" in word_text(preview)
    client.post(f"/paket/templat/{row.pk}/pakai/", {"pakai": "1"})
    assert "kop.docx" in client.get("/paket/templat/").content.decode()
    row.refresh_from_db()
    assert row.in_use
    refused = client.post("/paket/templat/", {**sent, "file": SimpleUploadedFile("a.docx", b"x")})
    assert refused.status_code == 422
    assert "bukan dokumen Word" in refused.content.decode()
