"""What people hold in their hands: pages, slides and sheets of a regency, a province and the nation."""

import re
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from participants.services.category_target import record_category_targets
from regions.services.user import ensure_system_user
from reports.models import Pack
from reports.pack.reading import number_of, sentences_of
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, NATION, PROVINCE, make_cast
from tests.conftest import make_figures
from tests.factories import CategoryTargetFactory
from tests.reports.packs import (
    THIRD_QUARTER,
    file_of,
    made,
    pdf_text,
    sheet_rows,
    slide_texts,
    slides,
    squeezed,
    word_tables,
    word_text,
)
from tests.reports.paper_boxes import faults_of
from tests.reports.rich_quarter import make_rich

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(shared_rows):
    cast, system = make_cast(), ensure_system_user()
    make_figures(system)
    make_rich(system)
    wanted = [
        CategoryTargetFactory(region_id=KOTA_A, category_id=category, people=people)
        for category, people in (("nelayan", 2_531), ("rt_rw", 300))
    ]
    record_category_targets(wanted, by=system)
    recompute_stale()
    return {code: made(cast.dewi, THIRD_QUARTER, code=code).pk for code in (KOTA_A, PROVINCE, NATION)}


@pytest.fixture(params=[KOTA_A, PROVINCE, NATION])
def pack(request, world, db):
    return Pack.objects.get(pk=world[request.param])


@pytest.fixture
def of_city(world, db):
    return Pack.objects.get(pk=world[KOTA_A])


def told(pack, name):
    return [one.text for one in sentences_of(pack.content[name])]


def test_no_words_lie_upon_others_or_leave_the_page(pack):
    assert list(faults_of(file_of(pack, "pdf"))) == []


def test_the_first_page_stands_by_itself(pack):
    first, second = (squeezed(page.extract_text()) for page in _pages(pack)[:2])
    assert len(told(pack, "headline")) == 1
    for text in (*told(pack, "headline"), *told(pack, "moved"), *told(pack, "asked")):
        assert squeezed(text) in first
    figures = [number_of(number).text for _label, number in pack.content["highlights"]]
    assert len(figures) == 5
    assert all(squeezed(text) in first for text in figures)
    assert "Cakupandantarget" in second
    assert "Cakupandantarget" not in first
    assert squeezed("Draf, bukan laporan resmi") in first


def _pages(pack):
    return PdfReader(BytesIO(file_of(pack, "pdf"))).pages


def test_nothing_empty_is_printed_and_what_is_left_out_is_named_once_at_the_end(pack):
    assert all(table["rows"] for table in pack.content["tables"])
    assert all(table["rows"] for page in pack.content["pages"] for table in page["tables"])
    line = f"Tidak ada data untuk: {'; '.join(pack.content['absent'])}."
    assert "Regulasi" in pack.content["absent"]
    pages = [squeezed(page.extract_text()) for page in _pages(pack)]
    assert [squeezed(line) in page for page in pages].index(True) >= len(pages) - 2
    assert "".join(pages).count(squeezed(line)) == 1
    assert word_text(file_of(pack, "docx")).count(line) == 1
    assert line in slide_texts(slides(file_of(pack, "pptx"))[-1])
    assert [line] in [
        [cell for cell in row if cell == line] for row in sheet_rows(file_of(pack, "xlsx"))["Ringkasan"]
    ]


def test_a_table_of_which_nothing_is_known_has_no_slide_and_no_sheet(pack):
    for name, rows in sheet_rows(file_of(pack, "xlsx")).items():
        filled = [row for row in rows if any(cell not in ("", None) for cell in row)]
        assert len(filled) > 2, name
    for slide in slides(file_of(pack, "pptx")):
        shown = [shape for shape in slide.shapes if shape.has_table or shape.has_chart or _is_map(shape)]
        words = [
            shape.text_frame.text
            for shape in slide.shapes
            if shape.has_text_frame and shape.text_frame.text and shape != slide.shapes.title
        ]
        # Beside the foot.
        assert shown or len(words) > 1, slide.shapes.title.text_frame.text
    assert all(len(rows) > 1 for rows in word_tables(file_of(pack, "docx")))


def _is_map(shape):
    return shape.shape_type == MSO_SHAPE_TYPE.PICTURE and shape.name == "Peta UCJ wilayah"


def test_each_slide_behind_the_cover_says_its_message_with_a_figure(pack):
    cover, *behind = slides(file_of(pack, "pptx"))
    assert pack.content["title"] in slide_texts(cover)
    titles = [slide.shapes.title.text_frame.text for slide in behind]
    assert len(set(titles)) == len(titles)
    for title in titles:
        assert len(title.split()) >= 4, title
        assert re.search(r"\d", title), title
    assert [pack.sha256 in slide_texts(slide) for slide in (cover, *behind)][:-1] == [False] * len(behind)
    assert pack.sha256 in slide_texts(behind[-1])


def test_what_stands_on_a_slide_stays_on_it(pack):
    for slide in slides(file_of(pack, "pptx")):
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= 12_192_000, (slide.shapes.title.text_frame.text, shape.name)
            assert shape.top + shape.height <= 6_858_000, (slide.shapes.title.text_frame.text, shape.name)


def test_a_target_of_a_category_is_told_with_what_is_reached(of_city):
    words = "Nelayan: 2.001 orang terlindungi dari target 2.531, kurang 530 orang."
    assert words in told(of_city, "narrative")
    assert "Lengkapi kategori Nelayan: 530 orang lagi dari target 2.531." in told(of_city, "asked")
    (table,) = [one for one in of_city.content["tables"] if one["key"] == "category_gaps"]
    rows = [[number_of(cell).value for cell in row[2:5]] for row in table["rows"]]
    # Who has more than was asked for lacks nothing.
    assert rows == [[2_531, 2_001, 530], [300, 317, 0]]
    titles = [slide.shapes.title.text_frame.text for slide in slides(file_of(of_city, "pptx"))]
    assert words.rstrip(".") in titles
    for face in ("pdf", "docx"):
        shown = (
            pdf_text(file_of(of_city, face)) if face == "pdf" else squeezed(word_text(file_of(of_city, face)))
        )
        assert squeezed(words.rstrip(".")) in shown


def test_every_sheet_is_laid_out_to_be_printed(pack):
    content = file_of(pack, "xlsx")
    names = list(sheet_rows(content))
    assert (names[0], names[-1]) == ("Ringkasan", "Metode dan sumber")
    with ZipFile(BytesIO(content)) as archive:
        book = archive.read("xl/workbook.xml").decode()
        sheets = [archive.read(f"xl/worksheets/sheet{at}.xml").decode() for at in range(1, len(names) + 1)]
    for name, sheet in zip(names, sheets, strict=True):
        assert '<pageSetUpPr fitToPage="1"/>' in sheet, name
        # Digits of the code are no size of its letters.
        assert f"&amp;8 {pack.printed_code}  http" in sheet
        # The summary, each region below and a table with its chart stand on one page.
        below = [f"{page['code']} " for page in pack.content["pages"]]
        is_one = name == "Ringkasan" or name.startswith(tuple(below)) or "<drawing" in sheet
        assert ('fitToHeight="0"' in sheet) != is_one, name
    assert book.count("_xlnm.Print_Area") == len(names)
    # The summary is one page; every other sheet repeats its head.
    assert book.count("_xlnm.Print_Titles") == len(names) - 1
    assert [name for name in names[1:] if f"location=\"'{name}'!A1\"" not in sheets[0]] == []


def test_word_has_a_cover_house_styles_and_a_foot_of_one_line(pack):
    document = docx.Document(BytesIO(file_of(pack, "docx")))
    cover, body = document.sections
    assert [paragraph.text for paragraph in cover.footer.paragraphs] == [""]
    (foot,) = body.footer.paragraphs
    assert pack.printed_code in foot.text
    assert "PAGE" in foot._p.xml
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Subtitle", "Pesan utama", "Heading 1", "Heading 2", "Caption"} <= styles
    looks = {table.style.name for table in document.tables}
    assert looks == {"Tabel Paket", "Normal Table"}
    borders = document.styles["Tabel Paket"].element.xml
    assert "w:insideV" not in borders


def test_methods_are_those_of_the_figures_told(pack):
    codes = [method["code"] for method in pack.content["methods"]]
    assert "COV-01" in codes
    assert "EMP-01" not in codes
