"""One truth: every number of the four files is that of the page, the command and the stored figure."""

import json
import re
from decimal import Decimal
from io import BytesIO, StringIO

import docx
import pytest
import vl_convert
from django.core.management import call_command
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from regions.models import Region
from regions.services.user import ensure_system_user
from reports.models import MeasureValue, Pack
from reports.pack.assembly import assembled
from reports.pack.content import Chart, Column, Identity, Kind, Number, Series, Table
from reports.pack.faces.pdf import render_pdf
from reports.pack.faces.pictures import map_of, pictures_of
from reports.pack.faces.written import cell_text
from reports.pack.faces.xlsx import excel_value
from reports.pack.reading import number_of, numbers_in, table_of
from reports.selectors.packs.content import gather_pack
from tests.cast import KOTA_A, PROVINCE, make_cast
from tests.conftest import make_figures
from tests.reports.packs import (
    THIRD_QUARTER,
    file_of,
    formulas,
    made,
    pdf_text,
    sheet_rows,
    slide_texts,
    slides,
    squeezed,
    word_tables,
    word_text,
)
from tests.reports.rich_quarter import make_rich

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(shared_rows):
    """The people, and the packs of a regency and of its province, made once."""
    cast, system = make_cast(), ensure_system_user()
    make_figures(system)
    make_rich(system)
    return cast, {code: made(cast.dewi, THIRD_QUARTER, code=code).pk for code in (KOTA_A, PROVINCE)}


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def rich(world, db):
    return None


@pytest.fixture(params=[KOTA_A, PROVINCE])
def pack(request, world, db):
    return Pack.objects.get(pk=world[1][request.param])


def figure(identity: Identity):
    dimensions = {
        name: getattr(identity, name) for name in ("segment", "category", "funding", "target", "variant")
    }
    value = MeasureValue.objects.filter(
        run__region=identity.region,
        run__period=f"{identity.month}-01",
        run__is_current=True,
        measure=identity.measure,
        **dimensions,
    ).first()
    return None if value is None else getattr(value, identity.part)


def reckoned(number: Number):
    found = [(sign, figure(identity)) for sign, identity in number.made_of]
    if any(value is None for _sign, value in found):
        return None
    total = sum(sign * value for sign, value in found)
    return abs(total) if number.is_size else total


def tables_of(pack):
    content = pack.content
    stored = [
        *content["tables"],
        *(t for page in content["pages"] for t in page["tables"]),
        *content["annex"],
    ]
    return [table_of(one) for one in stored]


def test_every_number_is_its_figures(pack):
    numbers = [number for number in numbers_in(pack.content) if number.made_of]
    assert len(numbers) > 60
    assert len([number for number in numbers if number.value is not None]) > 40
    for number in numbers:
        assert number.value == reckoned(number), number


def test_every_single_figure_is_what_the_command_prints(pack):
    told = {}
    for number in numbers_in(pack.content):
        if len(number.made_of) == 1 and number.value is not None:
            told[number.made_of[0][1]] = number
    printed = {}
    for code, month in {(identity.region, identity.month) for identity in told}:
        out = StringIO()
        call_command("measures", region=code, period=month, as_json=True, stdout=out)
        for row in json.loads(out.getvalue())["values"]:
            key = [row["code"], *(row[name] or "" for name in ("segment", "category", "funding", "variant"))]
            printed.setdefault((code, month, *key), []).append(row)
    assert len(told) > 25
    for identity, number in told.items():
        key = (identity.region, identity.month, identity.measure)
        dimensions = (identity.segment, identity.category, identity.funding, identity.variant)
        rows = printed[(*key, *dimensions)]
        values = [Decimal(str(row[identity.part])) for row in rows]
        ours = Decimal(number.value)
        assert (ours if not number.is_size else ours.copy_abs()) in {
            abs(v) if number.is_size else v for v in values
        }


def test_the_paper_shows_every_number_in_its_row(pack):
    shown = pdf_text(file_of(pack, "pdf"))
    for table in tables_of(pack):
        for row in table.all_rows:
            assert squeezed("".join(cell_text(cell) for cell in row)) in shown, (table.heading, row)
    for _label, number in pack.content["highlights"]:
        assert number is not None
    assert squeezed(pack.printed_code) in shown


def test_the_word_document_has_the_same_tables(pack):
    found = word_tables(file_of(pack, "docx"))
    for table in tables_of(pack):
        if not table.rows:
            continue
        expected = [[column.label for column in table.columns]]
        expected += [[cell_text(cell) for cell in row] for row in table.all_rows]
        assert expected in found, table.heading
    assert "{{" not in word_text(file_of(pack, "docx"))


def test_the_workbook_holds_numbers_not_texts(pack):
    sheets = sheet_rows(file_of(pack, "xlsx"))
    rows = [tuple(row) for sheet in sheets.values() for row in sheet]
    for table in tables_of(pack):
        for row in table.all_rows:
            expected = tuple(
                cell if isinstance(cell, str) else ("" if cell.value is None else excel_value(cell))
                for cell in row
            )
            cut = [one[: len(expected)] for one in rows]
            assert any(_equal(expected, one) for one in cut), (table.heading, expected)


def _equal(expected, found):
    return len(expected) == len(found) and all(
        one == other
        or (isinstance(one, float | int) and isinstance(other, float) and abs(one - other) < 1e-9)
        for one, other in zip(expected, found, strict=True)
    )


def test_totals_are_formulas_that_give_our_totals(pack):
    found = formulas(file_of(pack, "xlsx"))
    by_key = {table.key: table for table in tables_of(pack)[:12]}
    keys = ("segments", "categories", "claims")
    totals = [[one for one in by_key[key].total if isinstance(one, Number)][-1] for key in keys]
    values = [value for _formula, value in found]
    assert all(formula.startswith("SUM(") for formula, _value in found)
    for total in totals:
        assert total.value is not None
        assert float(total.value) in values


def test_slides_whose_notes_say_where_each_number_is_from(pack):
    found = slides(file_of(pack, "pptx"))
    assert len(found) == {KOTA_A: 12, PROVINCE: 14}[pack.region_id]
    written = {cell_text(cell) for table in tables_of(pack) for row in table.all_rows for cell in row}
    for slide in found:
        assert pack.printed_code in slide_texts(slide)
        assert pack.printed_code in slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.has_table:
                cells = [cell for row in list(shape.table.rows)[1:] for cell in row.cells]
                assert {cell.text for cell in cells} <= written
                for cell in cells:
                    if cell.text and cell.text[0].isdigit():
                        assert f"{cell.text}: " in slide.notes_slide.notes_text_frame.text
    charts = [shape.chart for slide in found for shape in slide.shapes if shape.has_chart]
    by_key = {table.key: table for table in tables_of(pack)[:12]}
    plotted = [tuple(chart.plots[0].series[0].values) for chart in charts]
    assert tuple(float(row[2].value) for row in by_key["categories"].rows) in plotted
    # A month of which nothing is known is a gap between two points.
    told = [tuple(value for value in values if value is not None) for values in plotted]
    assert tuple(float(row[3].value) for row in by_key["trend"].rows) in told


def test_the_map_of_a_province_stands_in_every_file_with_its_figures_in_words(rich, cast):
    pack = made(cast.dewi, THIRD_QUARTER, code=PROVINCE)
    (drawn,) = [chart for chart in pack.content["charts"] if chart["shape"] == "map"]
    rates = dict(zip(drawn["labels"], map(number_of, drawn["series"][0]["numbers"]), strict=True))
    ranked = next(table for table in tables_of(pack) if table.key == "rank")
    assert rates == {row[0]: row[4] for row in ranked.rows}
    assert list(rates) == [region.full_label for region in Region.objects.filter(parent=PROVINCE)]
    known = {label: rate.text for label, rate in rates.items() if rate.value is not None}
    assert set(known) == {"Kota Cilegon", "Kota Serang"}
    said = [f"{label}: {known.get(label, 'belum ada data')}" for label in rates]
    alternative = f"Peta UCJ wilayah, UCJ: {'; '.join(said)}"
    assert alternative in figure_alternatives(file_of(pack, "pdf"))
    shapes = docx.Document(BytesIO(file_of(pack, "docx"))).inline_shapes
    assert alternative in [shape._inline.docPr.get("descr") for shape in shapes]
    drawn_on = [
        [one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
        for slide in slides(file_of(pack, "pptx"))
    ]
    told = [[one._element.nvPicPr.cNvPr.get("descr") for one in pictures] for pictures in drawn_on]
    ((qr, beside),) = [pictures for pictures in told if alternative in pictures]
    assert pack.code in qr
    assert beside == alternative


def figure_alternatives(content):
    """What the tags of a PDF say of its pictures."""
    reader = PdfReader(BytesIO(content))
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if not hasattr(node, "get"):
            continue
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        below = node.get("/K", [])
        waiting += below if isinstance(below, list) else [below]
    return found


def test_the_squares_on_paper_carry_the_figures(rich, cast):
    content = assembled(gather_pack(Region.objects.get(code=PROVINCE), THIRD_QUARTER))
    (chart,) = [one for one in content.charts if one.shape == "map"]
    content.tables, content.pages, content.highlights, content.narrative = (), (), (), ()
    content.charts = (chart,)
    shown = squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(render_pdf(content))).pages))
    for number in chart.series[0].numbers:
        assert squeezed(number.text) in shown
    assert "35%sampaidibawah50%" in shown


def test_pictures_for_word_and_slides_have_letters(rich, cast):
    """They are made by another renderer than the paper, with fonts of its own."""
    content = assembled(gather_pack(Region.objects.get(code=PROVINCE), THIRD_QUARTER))
    drawn = [picture.svg for picture in pictures_of(content)]
    assert len(drawn) == 4
    for svg in drawn:
        mute = re.sub(r"<text.*?</text>", "", svg)
        assert vl_convert.svg_to_png(svg) != vl_convert.svg_to_png(mute)


def test_a_regency_has_no_map_and_an_undrawable_one_is_left_to_the_table(rich, cast):
    pack = made(cast.dewi, THIRD_QUARTER)
    assert "map" not in [chart["shape"] for chart in pack.content["charts"]]
    numbers = (Number(Decimal("20.5"), Kind.PERCENT),)
    past = Chart("map", "Peta", "map", ("Merauke",), (Series("UCJ", numbers),), "3", ("91.01",))
    assert map_of(past, {}) is None


def test_the_page_of_the_pack_shows_the_same(pack, cast, client_of):
    shown = squeezed(client_of(cast.dewi).get(f"/paket/{pack.code}/").content.decode())
    for table in tables_of(pack)[: len(pack.content["tables"])]:
        for row in table.all_rows:
            for cell in row:
                if isinstance(cell, Number):
                    assert squeezed(cell.text) in shown


def test_the_board_shows_the_same_coverage(rich, cast, client_of):
    pack = made(cast.dewi, THIRD_QUARTER)
    board = client_of(cast.dewi).get(f"/wilayah/{KOTA_A}/semua/?periode=2025-09").content.decode()
    by_key = {table.key: table for table in tables_of(pack)}
    for row in by_key["categories"].rows:
        assert row[2].text in board
    assert by_key["coverage"].rows[0][2].text == "81.110"
    assert "81.110" in board


def test_a_flow_is_the_sum_of_the_quarter(rich, cast):
    pack = made(cast.dewi, THIRD_QUARTER)
    by_key = {table.key: table for table in tables_of(pack)}
    row = by_key["balance"].rows[0]
    assert [cell_text(cell) for cell in row] == [
        "Iuran diterima",
        "Rp12.345.678",
        "Rp492.803.338",
    ]
    assert [cell_text(cell) for cell in by_key["claims"].rows[0]][1:] == [
        "1",
        "20",
        "Rp42.000.000",
        "Rp832.000.000",
    ]


def test_the_paper_is_tagged_and_carries_its_fonts(pack):
    reader = PdfReader(BytesIO(file_of(pack, "pdf")))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("id")
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for one in font.get_object().get("/DescendantFonts", []):
                descriptor = one.get_object()["/FontDescriptor"].get_object()
                fonts[descriptor["/FontName"]] = any(name.startswith("/FontFile") for name in descriptor)
    assert fonts
    assert all(fonts.values())


def test_a_table_of_514_rows_has_its_head_on_every_page(rich):
    content = assembled(gather_pack(Region.objects.get(code=KOTA_A), THIRD_QUARTER))
    columns = (Column("Kepala tabel panjang"), Column("Angka", is_number=True))
    rows = tuple((f"Wilayah uji {n}", Number(n, Kind.COUNT)) for n in range(1, 515))
    content.annex = (Table("annex", "A", "Lampiran panjang", columns, rows),)
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(render_pdf(content))).pages]
    long = [page for page in pages if "Wilayahuji" in page]
    assert len(long) > 5
    assert all("Kepalatabelpanjang" in page for page in long)
    assert sum(page.count("Wilayahuji") for page in long) == 514
    assert f"Halaman{len(pages)}/{len(pages)}" in pages[-1]


def test_code_hash_and_qr_stand_on_every_page(pack):
    """On slides and in Word the code and the QR: the hash stands on the last slide and on the cover."""
    for page in PdfReader(BytesIO(file_of(pack, "pdf"))).pages:
        text = squeezed(page.extract_text())
        assert pack.printed_code in text
        assert pack.sha256 in text
    document = docx.Document(BytesIO(file_of(pack, "docx")))
    (foot,) = document.sections[-1].footer.paragraphs
    assert pack.printed_code in foot.text
    assert "graphic" in foot._p.xml
    assert pack.sha256 in word_text(file_of(pack, "docx"))
    found = slides(file_of(pack, "pptx"))
    assert [pack.sha256 in slide_texts(slide) for slide in found] == [False] * (len(found) - 1) + [True]
    for slide in found:
        pictures = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert any(pack.code in shape._element.nvPicPr.cNvPr.get("descr", "") for shape in pictures)
