"""Layouts that are damaged, endless or curious: refused with a sentence, in bounded time, reading nothing."""

import random
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from regions.models import Region
from reports.models import PackTemplate
from reports.pack.assembly import assembled
from reports.pack.faces.own_layout import LayoutBroken, set_docx, set_pdf
from reports.pack.faces.pdf import house_template
from reports.pack.faces.word_layout import house_layout
from reports.pack.period import Period, PeriodKind
from reports.pack.template_check import TemplateRefused, check_template
from reports.selectors.packs.content import gather_pack
from tests.cast import KOTA_A

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures_once")]
TYPST = house_template("pack").decode()


@pytest.fixture
def content(figures):
    return assembled(
        gather_pack(Region.objects.get(code=KOTA_A), Period(PeriodKind.QUARTER, date(2025, 7, 1)))
    )


def word():
    stream = BytesIO()
    house_layout().save(stream)
    return stream.getvalue()


def repacked(change):
    """The layout with its parts changed: name and bytes → bytes, or None for a part that is missing."""
    made = BytesIO()
    with ZipFile(BytesIO(word())) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = change(name, source.read(name))
            if part is not None:
                target.writestr(name, part)
    return made.getvalue()


def names():
    with ZipFile(BytesIO(word())) as archive:
        return archive.namelist()


def mutilated():
    """Every part missing, empty, cut, no XML, of other XML; and single bytes changed by lot."""
    for part in names():
        for kind, change in {
            "missing": lambda _body: None,
            "empty": lambda _body: b"",
            "cut": lambda body: body[: len(body) // 2],
            "no XML": lambda _body: b"\x00\x01 bukan xml",
            "other XML": lambda _body: b"<a/>",
            "entities": lambda _body: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        }.items():
            yield f"{part} {kind}", repacked(lambda n, b, p=part, c=change: c(b) if n == p else b)
    chance = random.Random(7)
    whole = word()
    for number in range(25):
        broken = bytearray(whole)
        for _time in range(chance.randint(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        yield f"bytes {number}", bytes(broken)
    for part in ("word/document.xml", "word/styles.xml", "word/settings.xml", "[Content_Types].xml"):
        for number in range(8):

            def change(name, body, part=part):
                if name != part:
                    return body
                changed = bytearray(body)
                for _time in range(chance.randint(1, 6)):
                    start = chance.randrange(len(changed))
                    del changed[start : start + chance.randint(1, 80)]
                return bytes(changed)

            yield f"{part} {number}", repacked(change)


def test_no_damaged_document_of_word_is_more_than_a_refusal(content):
    sentences, cases = [], 0
    for _kind, layout in mutilated():
        cases += 1
        try:
            check_template("docx", layout, content)
        except TemplateRefused as refused:
            sentences.append(refused.sentence)
    assert cases > 130
    assert len(sentences) > 50
    assert all(len(sentence) > 20 for sentence in sentences)


def test_a_damaged_layout_in_use_spoils_its_face_only(content):
    with pytest.raises(LayoutBroken, match="simpan sebagai"):
        set_docx(content, repacked(lambda n, b: b"<a/>" if n == "word/document.xml" else b))


STOPPED = "terlalu lama atau memakan terlalu banyak memori. Cari pengulangan yang tidak berhenti."
# Each with what stops it: typst itself, or the bound of what its process may spend.
ENDLESS = {
    "#let x = 0\n#while x < 1 { x = x * 0 }": "loop seems to be infinite",
    '#let a = "x"\n#while a.len() > 0 { a = a + a }': STOPPED,
    "#let f(n) = f(n + 1)\n#f(0)": "maximum function call depth exceeded",
    "#for a in range(100000) { for b in range(100000) { [x] } }": STOPPED,
    "#let a = (1,) * 2000000000\n#a.len()": STOPPED,
    # Nothing but time: it takes no memory, and would end by itself after minutes.
    "#for a in range(10000) { for b in range(20000) { let c = a + b } }": STOPPED,
}


@pytest.mark.parametrize(("more", "why"), ENDLESS.items())
def test_an_endless_layout_is_stopped(content, more, why):
    with pytest.raises(TemplateRefused) as refused:
        check_template("pdf", f"{TYPST}\n{more}".encode(), content)
    sentence = refused.value.sentence
    assert sentence.startswith("Templat tidak dapat diproses: ")
    assert why in sentence


@pytest.mark.parametrize(
    "more",
    [
        '#let r = read\n#r("/etc/passwd")',
        '#image("/etc/passwd")',
        '#image("../typst/pack.typ")',
        '#(csv)("/etc/passwd")',
        '#json("/etc/hostname")',
        '#eval("rea" + "d(\\"/etc/passwd\\")")',
        '#eval("impo" + "rt \\"@preview/cetz:0.3.1\\": *")',
        '#bibliography("/etc/passwd")',
    ],
)
def test_a_curious_layout_reads_nothing(content, more):
    """Past the words that are looked for: the typesetter itself has no folder and no connection."""
    with pytest.raises(LayoutBroken) as broken:
        set_pdf(content, f"{TYPST}\n{more}".encode())
    told = str(broken.value)
    assert any(word in told for word in ("not found", "download", "unknown", "escape", "open files")), told
    assert "root:" not in told


def test_a_good_layout_of_ones_own_is_laid_out_apart(content):
    made = set_pdf(content, TYPST.encode())
    assert made.startswith(b"%PDF-")


def test_the_pages_say_it_and_keep_nothing(cast, figures, client_of):
    client = client_of(cast.admin)
    broken = repacked(lambda n, b: b[:-200] if n == "word/document.xml" else b)
    for face, name, layout in (
        ("docx", "a.docx", broken),
        ("pdf", "a.typ", f"{TYPST}\n{next(iter(ENDLESS))}".encode()),
    ):
        sent = {"region": KOTA_A, "face": face, "file": SimpleUploadedFile(name, layout)}
        answer = client.post("/paket/templat/", sent)
        assert answer.status_code == 422
        words = "Isi dokumen Word ini rusak" if face == "docx" else "Templat tidak dapat diproses"
        assert words in answer.content.decode()
    assert not PackTemplate.objects.exists()


def test_a_stored_layout_that_no_longer_works_is_told_at_its_preview(cast, figures, client_of):
    row = PackTemplate.objects.create(
        region_id=KOTA_A,
        face="docx",
        content=b"PK rusak",
        file_name="a.docx",
        by=cast.admin,
        at="2025-08-01T00:00Z",
    )
    answer = client_of(cast.admin).get(f"/paket/templat/{row.pk}/", follow=True)
    assert (answer.status_code, "bukan dokumen Word" in answer.content.decode()) == (200, True)
