"""A measure is one declaration: every face finds it without another file being touched."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from regions.models import Region
from reports.measures import catalogue
from reports.measures.catalogue import MEASURES, found_in, measures_in_pack
from reports.measures.codes import MeasureCode
from reports.measures.measure import BoardLine, MeasureSection, PackTable
from reports.pack.assembly import assembled
from reports.pack.period import PeriodKind, period_of
from reports.selectors.packs.content import gather_pack
from tests.cast import KOTA_A
from tests.months import JULY
from tests.pages import page_of

pytestmark = pytest.mark.django_db

SUBJECT = '''
"""Made up."""

from reports.enums import Direction, Unit, Window
from reports.measures.evidence import Evidence
from reports.measures.measure import BoardLine, Measure, MeasurePart, MeasureSection, PackTable, TableColumn
from reports.measures.result import result_of, total_of


def pairs(q):
    if q.funded:
        yield total_of(q, "funded")


def pairs_by_cell(q):
    for (category, funding), people in q.funded.items():
        yield result_of(people, value=2 * people.value, category=category, funding=funding)


DECLARED = (
    Measure(
        code="TST-01",
        label="Orang coba",
        meaning="Berapa orang coba.",
        numerator="orang coba",
        denominator="tidak ada",
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.COVERAGE,
        compute=pairs,
        shown=BoardLine(),
        pack_table=PackTable.COVERAGE,
        parts=(MeasurePart("CAT-01"),),
    ),
    Measure(
        code="TST-02",
        label="Pasangan coba",
        meaning="Dua kali orangnya.",
        numerator="pasangan coba",
        denominator="tidak ada",
        unit=Unit.PEOPLE,
        direction=Direction.UP,
        window=Window.MONTH,
        section=MeasureSection.CATEGORIES,
        compute=pairs_by_cell,
        shown=TableColumn("Kolom coba", 4),
        pack_table=PackTable.CATEGORIES,
        evidence=(Evidence.HEADCOUNTS,),
    ),
)
'''


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A module of measures in a folder that the package also looks into."""
    (tmp_path / "made_up_subject.py").write_text(SUBJECT, encoding="utf-8")
    folders = [*catalogue.measures.__path__, str(tmp_path)]
    monkeypatch.setattr(catalogue.measures, "__path__", folders)
    found = found_in(folders, catalogue.measures.__name__)
    assert set(found) - set(MEASURES) == {"TST-01", "TST-02"}
    for code in ("TST-01", "TST-02"):
        monkeypatch.setitem(MEASURES, code, found[code])


@pytest.fixture
def page(made_up, figures, cast, client_of):
    """The figures of Kota A with the made-up measures, and how to read a page of it."""
    call_command("recompute", rebuild=KOTA_A, stdout=StringIO())
    client = client_of(cast.wayan)
    return lambda address: page_of(client.get(address))


def test_the_board_shows_the_line_and_the_column(page):
    text = page(f"/wilayah/{KOTA_A}/semua/?periode=2025-07")
    assert f'<a href="/angka/{KOTA_A}/2025-07/TST-01/">1.593</a>' in text
    cell = f"/angka/{KOTA_A}/2025-07/TST-02/?kategori=linmas&amp;dana=apbd_kabkota"
    assert f'<a href="{cell}">3.186</a>' in text
    assert "Orang coba" in text
    assert "Kolom coba" in text


def test_it_explains_itself_by_its_parts_and_its_rows(page):
    total = page(f"/angka/{KOTA_A}/2025-07/TST-01/")
    assert "Berapa orang coba." in total
    assert f"/angka/{KOTA_A}/2025-07/CAT-01/?kategori=linmas&amp;dana=apbd_kabkota" in total
    cell = page(f"/angka/{KOTA_A}/2025-07/TST-02/?kategori=linmas&dana=apbd_kabkota")
    assert "Dua kali orangnya." in cell
    assert "Surat uji nomor 1" in cell


def test_exports_hold_it(page, cast, client_of):
    client = client_of(cast.wayan)
    table = client.get(f"/wilayah/{KOTA_A}/angka.csv?periode=2025-07").content.decode()
    assert f"{KOTA_A};Kota Cilegon;2025-07;TST-01;;;;;;1593;;" in table
    answer = client.get(reverse("api_measures", args=[KOTA_A, "2025-07"])).json()
    told = {(v["code"], v["category"]): v["numerator"] for v in answer["values"] if v["code"][:3] == "TST"}
    assert told == {("TST-01", None): 1_593, ("TST-02", "linmas"): 3_186}
    out = StringIO()
    call_command("measures", region=KOTA_A, period="2025-07", as_json=True, stdout=out)
    assert "TST-01" in {value["code"] for value in json.loads(out.getvalue())["values"]}


def test_the_definitions_describe_it(page):
    text = page(reverse("definitions"))
    assert 'id="TST-02"' in text
    assert "Dua kali orangnya." in text


def test_a_pack_tells_it_and_how_it_is_made(page):
    region = Region.objects.get(pk=KOTA_A)
    content = assembled(gather_pack(region, period_of(PeriodKind.MONTH, JULY)))
    tables = {table.key: table for table in content.tables}
    coverage = {row[0]: row[1].value for row in tables["coverage"].rows}
    assert coverage["Orang coba"] == 1_593
    categories = tables["categories"]
    assert categories.columns[-1].label == "Kolom coba"
    assert [row[-1].value for row in categories.rows] == [3_186]
    assert {len(row) for row in categories.all_rows} == {len(categories.columns)}
    assert {"TST-01", "TST-02"} <= {method.code for method in content.methods}


def test_a_line_of_categories_says_its_note(page, monkeypatch):
    monkeypatch.setitem(vars(MEASURES["TST-01"]), "section", MeasureSection.CATEGORIES)
    monkeypatch.setitem(vars(MEASURES["TST-01"]), "shown", BoardLine(note="sampai %(year_end)s"))
    line = page(f"/wilayah/{KOTA_A}/semua/?periode=2025-07").split("Orang coba:")[1].split("</li>")[0]
    assert "1.593" in line
    assert '<span class="muted">· sampai Desember 2024</span>' in line


def test_a_table_of_columns_refuses_what_is_no_column(page, monkeypatch):
    monkeypatch.setitem(vars(MEASURES["TST-01"]), "pack_table", PackTable.CATEGORIES)
    with pytest.raises(ValueError, match="TST-01: this table of the pack takes columns"):
        assembled(gather_pack(Region.objects.get(pk=KOTA_A), period_of(PeriodKind.MONTH, JULY)))


@pytest.mark.parametrize(
    ("table", "named"),
    [
        (PackTable.TARGETS, {"COV-04"}),
        (PackTable.SEGMENTS, {"COV-02"}),
        (PackTable.CATEGORY_GAPS, {"CAT-07"}),
        (PackTable.CLAIMS, {"CLM-01", "CLM-02", "CLM-03"}),
    ],
)
def test_tables_that_take_no_further_measure_are_given_none(table, named):
    """Their lines and columns are written out; a measure that declares itself for them would be left out."""
    assert {one.code for one in measures_in_pack(table)} == named


def test_sections_and_codes_stand_in_order():
    order = list(MeasureSection)
    places = [(order.index(measure.section), measure.code) for measure in MEASURES.values()]
    assert places == sorted(places)


def test_every_named_code_is_a_measure():
    assert set(MEASURES) == {code.value for code in MeasureCode}


def test_no_code_stands_twice(tmp_path, monkeypatch):
    (tmp_path / "one_subject.py").write_text(SUBJECT, encoding="utf-8")
    (tmp_path / "other_subject.py").write_text(SUBJECT, encoding="utf-8")
    monkeypatch.setattr(catalogue.measures, "__path__", [*catalogue.measures.__path__, str(tmp_path)])
    with pytest.raises(ValueError, match="one code"):
        found_in([str(tmp_path)], catalogue.measures.__name__)
