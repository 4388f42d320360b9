"""A board as a file: the PDF says every word of the page, a picture says whose it is."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from regions.models import Region
from regions.services.user import ensure_system_user
from reports.enums import BoardPicture, BoardTab
from reports.paper.blocks import blocks_of
from reports.paper.setting import PaperNotSet, page_pdf
from reports.paper.small_drawing import upright_svg
from reports.selectors.boards.board import board_frame
from reports.views.board_parts import parts_of
from tests.cast import KOTA_A, PROVINCE, make_cast
from tests.conftest import make_figures
from tests.reports.packs import pdf_text, squeezed
from tests.reports.test_pack_faces import make_rich

SEPTEMBER = date(2025, 9, 1)
HIDDEN = {"tabs", "visually-hidden", "short", "axis-ends", "narrow", "on-screen"}
EMPTY_TAGS = {"img", "br", "input", "hr"}


@pytest.fixture(scope="module")
def world(shared_rows):
    system = ensure_system_user()
    cast = make_cast()
    make_figures(system)
    make_rich(system)
    return cast


@pytest.fixture
def cast(world, db):
    return world


class Shown(HTMLParser):
    """The words that a page shows outside of drawings, links to files of it and its tabs."""

    def __init__(self):
        super().__init__()
        self.open, self.words = [], []

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        classes = set((told.get("class") or "").split())
        is_link = tag == "a" and {"section-head", "caption"} & {name for name, _hides in self.open}
        hides = bool(classes & HIDDEN) or tag in {"svg", "nav", "summary"} or is_link
        name = "section-head" if "section-head" in classes else "caption" if tag == "figcaption" else tag
        if tag not in EMPTY_TAGS:
            self.open.append((name, hides))

    def handle_endtag(self, tag):
        if tag not in EMPTY_TAGS:
            self.open.pop()

    def handle_data(self, data):
        if not any(hides for _name, hides in self.open):
            self.words += data.split()


def shown_words(markup):
    shown = Shown()
    shown.feed(markup)
    assert shown.open == []
    return shown.words


def parts(user, code, tab):
    return parts_of(board_frame(user, Region.objects.get(pk=code), SEPTEMBER), user, tab)


def pdf_of(client, code, tab):
    response = client.get(f"/wilayah/{code}/{tab}.pdf?periode=2025-09")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == f'attachment; filename="{tab}-{code}-2025-09.pdf"'
    return response.content


TABS = [(PROVINCE, tab) for tab in BoardTab] + [(KOTA_A, tab) for tab in BoardTab if tab != BoardTab.BELOW]


@pytest.mark.parametrize(("code", "tab"), TABS)
def test_the_file_says_every_word_of_the_page(cast, client_of, code, tab):
    told = pdf_text(pdf_of(client_of(cast.dewi), code, tab))
    words = shown_words(parts(cast.dewi, code, tab))
    assert len(words) > 40
    assert [word for word in words if squeezed(word) not in told] == []
    region = Region.objects.get(pk=code)
    for word in (region.full_label, "September 2025", str(tab.label), "Draf", "dibuat pada"):
        assert squeezed(word) in told


def test_drawings_are_described_and_links_open_figures(cast, client_of):
    reader = PdfReader(BytesIO(pdf_of(client_of(cast.wayan), KOTA_A, "semua")))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert reader.trailer["/Root"]["/Lang"].startswith("id")
    links = {
        note.get_object()["/A"]["/URI"]
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert "http://127.0.0.1/angka/36.72/2025-09/COV-01/" in links
    assert all(link.startswith("http://127.0.0.1/") for link in links)


@override_settings(PUBLIC_URL="https://jamsostek.uji")
def test_the_file_is_in_the_language_of_the_page(cast, client_of):
    client = client_of(cast.wayan)
    client.cookies["django_language"] = "en"
    told = pdf_text(pdf_of(client, KOTA_A, "uang"))
    assert squeezed("made on") in told and squeezed("https://jamsostek.uji/wilayah/36.72/uang/") in told
    with override("en"):
        words = shown_words(parts(cast.wayan, KOTA_A, BoardTab.MONEY))
    assert [word for word in words if squeezed(word) not in told] == []


PICTURES = {PROVINCE: ["tren", "peta", "kategori"], KOTA_A: ["tren", "kategori"]}


@pytest.mark.parametrize(("code", "name"), [(code, name) for code in PICTURES for name in PICTURES[code]])
def test_each_drawing_is_an_image_that_its_page_leads_to(cast, client_of, code, name):
    client = client_of(cast.dewi)
    markup = parts(cast.dewi, code, BoardPicture(name).tab)
    (address,) = re.findall(rf'href="(/wilayah/{code}/{name}\.png[^"]*)"', markup)
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Content-Disposition"] == f'attachment; filename="{name}-{code}-2025-09.png"'
    assert response.content.startswith(b"\x89PNG")
    wide, high = (int.from_bytes(response.content[at : at + 4]) for at in (16, 20))
    assert wide > 700 and high > 300


def test_what_is_not_drawn_or_not_known_is_not_found(cast, client_of):
    client = client_of(cast.dewi)
    for address in (
        "peta.png",
        "antarwilayah.pdf",
        "cakupan.pdf?periode=2019-01",
        "tren.png?periode=2019-01",
    ):
        assert client.get(f"/wilayah/{KOTA_A}/{address}").status_code == 404, address
    assert client.get(f"/wilayah/{KOTA_A}.01/cakupan.pdf").status_code == 404


def test_whoever_does_not_see_the_region_gets_no_file(cast, client_of):
    for name in ("semua.pdf", "tren.png"):
        assert client_of(cast.budi).get(f"/wilayah/{KOTA_A}/{name}").status_code == 404


def test_words_of_a_link_and_beside_it_keep_their_spaces():
    (block,) = blocks_of(
        '<p class="muted"> Dari <a href="/x/">dua  orang</a>, <em>tiga</em>\n bulan </p>', "http://h"
    )
    assert block == {
        "kind": "text",
        "soft": True,
        "runs": [
            {"text": "Dari ", "href": ""},
            {"text": "dua orang", "href": "http://h/x/"},
            {"text": ", tiga bulan", "href": ""},
        ],
    }


def test_a_bar_of_a_cell_becomes_a_drawing_of_its_own():
    bar = '<svg class="bar" width="100%" height="12"><rect class="bar-fill" width="40%" height="12" /></svg>'
    assert upright_svg(bar) == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 12"  width="150.0" height="12">'
        '<rect fill="#0b6e69" width="60.0" height="12" /></svg>'
    )


def test_many_ask_for_files_at_once():
    """From threads, as those of a web process are."""

    def title_of(number):
        told = dict.fromkeys(("url", "made", "warning"), "") | {"region": "Kota", "lang": "id", "under": []}
        made = page_pdf(told | {"title": f"Kota {number}", "blocks": blocks_of("<p>satu</p>", "")})
        return PdfReader(BytesIO(made)).metadata.title

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(title_of, range(8))) == [f"Kota {number}" for number in range(8)]


def test_what_the_typesetter_cannot_set_is_an_error_and_no_empty_file():
    with pytest.raises(PaperNotSet, match="belum dapat dibuat"):
        page_pdf({"title": "tanpa isi"})


def test_a_file_that_cannot_be_set_leads_back_with_a_sentence(
    figures, cast, client_of, monkeypatch, tmp_path
):
    """A typesetter that ends badly, or never."""
    client, url = client_of(cast.wayan), reverse("region_pdf", args=["36.72", "cakupan"])
    for program, seconds in (("raise SystemExit(3)", 30), ("while True: pass", 0.5)):
        script = tmp_path / "typesetter.py"
        script.write_text(program)
        monkeypatch.setattr("reports.paper.setting._TYPESETTER", script)
        monkeypatch.setattr("reports.paper.setting._MOST_SECONDS", seconds)
        answer = client.get(f"{url}?periode=2025-07", follow=True)
        assert answer.redirect_chain[0][1] == 302
        assert "Berkasnya belum dapat dibuat sekarang" in answer.content.decode()
