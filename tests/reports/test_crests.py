"""The crest of a region: judged by its content, kept small, shown where the region presents itself."""

from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from reports.models import Crest
from reports.selectors.packs.crest import crest_of
from reports.services.crest import CrestRefused, remove_crest, store_crest
from tests.cast import KOTA_A, KOTA_B
from tests.reports.packs import file_of, made, slides

pytestmark = pytest.mark.usefixtures("figures_once")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">%s</svg>'
SHIELD = '<path d="M5 5h90v60q0 40-45 50q-45-10-45-50z" fill="#0a4a47"/>'


def picture(kind="PNG", size=(900, 1200), mode="RGB"):
    stream = BytesIO()
    Image.new(mode, size, "#0a4a47").save(stream, kind)
    return stream.getvalue()


def store(by, content, code=KOTA_A, name="lambang.png"):
    return store_crest(region_code=code, file_name=name, content=content, by=by)


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (picture(), (360, 480)),
        (picture("JPEG"), (360, 480)),
        (picture("JPEG", mode="CMYK"), (360, 480)),
        (picture(size=(60, 80)), (60, 80)),
        ((SVG % SHIELD).encode(), (400, 480)),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + (SVG % SHIELD).encode(), (400, 480)),
    ],
)
def test_whatever_it_was_it_is_kept_as_a_small_png(figures, cast, content, size):
    store(cast.admin, content, name="apa saja.bin")
    with Image.open(BytesIO(crest_of(KOTA_A))) as kept:
        assert (kept.format, kept.size) == ("PNG", size)
    assert len(crest_of(KOTA_A)) < 100_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"bukan gambar", "bukan gambar PNG, JPEG, atau SVG"),
        (b"%PDF-1.7", "bukan gambar"),
        (b"GIF89a" + b"\0" * 40, "bukan gambar"),
        (b"", "bukan gambar"),
        (picture()[:60], "rusak"),
        (b"<?xml version='1.0'?><html/>", "bukan gambar"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'", "rusak"),
        ((SVG % "<script>alert(1)</script>").encode(), "skrip"),
        ((SVG % '<image href="http://127.0.0.1/a.png"/>').encode(), "skrip"),
        ((SVG % '<a href="file:///etc/passwd"><path d="M0 0h1"/></a>').encode(), "skrip"),
        ((SVG % '<rect width="9" height="9" style="fill:url(http://127.0.0.1/a)"/>').encode(), "skrip"),
        ((SVG % "<style>@import url(http://127.0.0.1/a.css)</style>").encode(), "skrip"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + (SVG % "&a;").encode(), "bukan gambar"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "rusak"),
        (picture(size=(9_000, 9_000)), "40 juta titik"),
        (b"\x89PNG" + b"0" * 2_000_001, "2 MB"),
    ],
)
def test_what_cannot_be_a_crest_is_refused_with_the_reason(figures, cast, content, words):
    with pytest.raises(CrestRefused) as refused:
        store(cast.admin, content)
    assert words in refused.value.sentence
    assert not Crest.objects.exists()


def test_it_stands_on_the_first_page_the_cover_and_the_first_slide_of_the_next_version(figures, cast):
    before = made(cast.siti)
    assert not _shown(before)
    store(cast.admin, picture())
    pack = made(cast.siti)
    assert pack.version == before.version + 1
    assert _shown(pack) == {"pdf": [1], "docx": 1, "pptx": [1]}
    again = made(cast.siti)
    assert again.pk == pack.pk
    remove_crest(region_code=KOTA_A, by=cast.admin)
    assert made(cast.siti).pk == before.pk


def _shown(pack):
    """On which pages and slides; in Word how often."""
    about = "Lambang Kota Cilegon"
    pages = PdfReader(BytesIO(file_of(pack, "pdf"))).pages
    paper = [at for at, page in enumerate(pages, 1) if page.images]
    shapes = docx.Document(BytesIO(file_of(pack, "docx"))).inline_shapes
    word = sum(shape._inline.docPr.get("descr") == about for shape in shapes)
    deck = [
        at
        for at, slide in enumerate(slides(file_of(pack, "pptx")), 1)
        if any(one.shape_type == MSO_SHAPE_TYPE.PICTURE and one.name == about for one in slide.shapes)
    ]
    found = {"pdf": paper, "docx": word, "pptx": deck}
    return found if any(found.values()) else {}


def test_only_administrators_of_the_region_and_each_change_is_an_act(figures, cast):
    with pytest.raises(NotPermitted):
        store(cast.siti, picture())
    with pytest.raises(OutsideScope):
        store(cast.budi, picture())
    store(cast.admin, picture())
    store(cast.admin, picture(), name="3602041503800003.png")
    remove_crest(region_code=KOTA_A, by=cast.admin)
    with pytest.raises(OutsideScope):
        remove_crest(region_code=KOTA_A, by=cast.admin)
    acts = Act.objects.filter(subject="lambang wilayah", region_code=KOTA_A).order_by("pk")
    assert [act.detail["changed"] for act in acts] == ["diunggah", "diunggah", "dihapus"]
    assert "3602041503800003" not in str([act.detail for act in acts])
    assert not Crest.objects.exists()


def test_uploaded_seen_and_removed_on_its_page(figures, cast, client_of):
    client = client_of(cast.admin)
    sent = {"region": KOTA_A, "file": SimpleUploadedFile("lambang.jpg", picture("JPEG"))}
    assert client.post("/paket/lambang/", sent).url == "/paket/lambang/"
    shown = client.get("/paket/lambang/").content.decode()
    assert f'src="/paket/lambang/{KOTA_A}/"' in shown
    image = client.get(f"/paket/lambang/{KOTA_A}/")
    assert (image["Content-Type"], image.content) == ("image/png", crest_of(KOTA_A))
    assert client.get(f"/paket/lambang/{KOTA_B}/").status_code == 404
    refused = client.post("/paket/lambang/", sent | {"file": SimpleUploadedFile("lambang.png", b"teks")})
    assert refused.status_code == 422
    assert "Simpan lambangnya sebagai PNG" in refused.content.decode()
    assert client.post(f"/paket/lambang/{KOTA_A}/hapus/").status_code == 302
    assert not Crest.objects.exists()
