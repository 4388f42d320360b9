"""Construction projects on boards, in explanations, in packs, and counted a second time."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.models import ConstructionProject, ProjectCount
from budgets.selectors.project_register import price_of_contract
from budgets.services.construction_project import record_projects
from budgets.services.project_count import record_project_counts
from regions.month import add_months
from reports.examples.places import Place
from reports.examples.projects import project_counts, projects
from reports.examples.span import SMALL
from reports.models import MeasureValue
from reports.pack.compliance import construction_projects
from reports.pack.figure_book import FigureBook
from reports.pack.place import PackPlace
from reports.selectors.explanation import explain_value
from reports.selectors.recount.comparison import compare_months
from reports.services.recompute import recompute_stale
from tests.budgets.money_files import store
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import ConstructionProjectFactory, MembershipCountFactory, ProjectCountFactory
from tests.participants.made_files import xlsx
from tests.reports.packs import JULY_MONTH, made
from tests.table_files import told_in

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
CODES = ["JAK-01", "JAK-02", "JAK-03"]
DONE = {"jakon_status": "registered", "registration_number": "JK1", "registered_on": date(2025, 6, 3)}
BILLION = 1_000_000_000
AS_COUNTED = " menurut jumlah yang dilaporkan"


@pytest.fixture
def register(cast, figures):
    """Kota A lists three projects; Kota B reports a count and lists two beside it."""
    record_projects(
        [
            ConstructionProjectFactory(contractor="CV Ibu Uji"),
            ConstructionProjectFactory(package_code="2", package_name="Gedung Uji", **DONE),
            ConstructionProjectFactory(package_code="3", package_name="Pasar Uji", contract_value=None),
            ConstructionProjectFactory(region_id=KOTA_B, package_code="8", package_name="Jalan B"),
            ConstructionProjectFactory(region_id=KOTA_B, package_code="9", package_name="Gedung B", **DONE),
        ],
        by=cast.admin,
    )
    record_project_counts([ProjectCountFactory(region_id=KOTA_B)], by=cast.admin)
    recompute_stale(seconds=120)


def figures_of(code, month=JULY):
    rows = MeasureValue.objects.filter(
        run__region=code, run__period=month, run__is_current=True, measure__in=CODES
    )
    return {
        row.measure: (row.numerator, row.denominator, row.reported, row.expected, row.grade) for row in rows
    }


def test_each_region_and_the_sums_above(register):
    own = (None, None, "A")
    assert figures_of(KOTA_A) == {"JAK-01": (1, 3, *own), "JAK-02": (BILLION, 2 * BILLION, *own)}
    # Nobody said what the counted projects are worth: that is not zero.
    assert figures_of(KOTA_B) == {"JAK-01": (10, 40, *own), "JAK-03": (1, 2, *own)}
    assert figures_of(PROVINCE) == {
        "JAK-01": (11, 43, 2, 8, "D"),
        "JAK-02": (BILLION, 2 * BILLION, 1, 8, "D"),
        "JAK-03": (1, 2, 1, 8, "D"),
    }
    assert figures_of(NATION)["JAK-01"] == (11, 43, 1, 38, "D")


def test_before_the_registration_and_before_the_count(register):
    may = add_months(JULY, -2)
    assert figures_of(KOTA_A, may)["JAK-01"][:2] == (0, 3)
    assert figures_of(KOTA_B, may)["JAK-01"][:2] == (0, 2)
    assert figures_of(KOTA_A, date(2025, 2, 1)) == {}
    assert figures_of(KOTA_B, date(2025, 12, 1))["JAK-01"][:2] == (10, 40)
    assert figures_of(KOTA_B, date(2026, 1, 1)) == {}


def test_the_national_example_comes_out(cast, figures):
    """TA 2025: 7,455 of 60,656 projects are registered, 12.29 percent."""
    june = date(2025, 6, 1)
    nation = ProjectCountFactory(region_id=NATION, month=june, packages=60_656, registered=7_455)
    record_project_counts([nation], by=cast.admin)
    record_projects([ConstructionProjectFactory()], by=cast.admin)
    recompute_stale(seconds=120)
    figure = value(NATION, "JAK-01", june)
    assert (figure.numerator, figure.denominator, str(figure.rate)) == (7_455, 60_656, "12.29")
    sections = explain_value(cast.dewi, figure).sections
    assert list(map(told, sections)) == [
        ("Paket terdaftar" + AS_COUNTED, [("Indonesia, Januari sampai Juni 2025", 7_455)], 7_455),
        ("Paket belum terdaftar" + AS_COUNTED, [("Indonesia, Januari sampai Juni 2025", 53_201)], 53_201),
    ]
    assert compare_months(NATION, [june]).differences == []


def test_the_second_computation_agrees(register):
    compared = compare_months(NATION, [add_months(JULY, -2), JULY, add_months(JULY, 1)])
    assert compared.differences == []
    counted = MeasureValue.objects.filter(run__is_current=True, run__period=JULY, measure__in=CODES)
    assert counted.count() == 2 + 2 + 3 + 3


def value(code, measure, month=JULY):
    return MeasureValue.objects.select_related("run", "run__region").get(
        run__region=code, run__period=month, run__is_current=True, measure=measure
    )


def told(section):
    return section.title, [(row.label, row.amount) for row in section.rows], section.total


ROAD = "Peningkatan Jalan Uji (50123456) · Dinas PU Uji · belum terdaftar, mulai Maret 2025"
HOUSE = "Gedung Uji (2) · Dinas PU Uji · terdaftar, mulai Maret 2025"
MARKET = "Pasar Uji (3) · Dinas PU Uji · belum terdaftar, mulai Maret 2025"
GOLDEN = {
    (KOTA_A, "JAK-01"): [
        ("Paket terdaftar", [(HOUSE, 1)], 1),
        ("Paket belum terdaftar", [(MARKET, 1), (ROAD, 1)], 2),
    ],
    (KOTA_A, "JAK-02"): [
        ("Nilai paket terdaftar", [(HOUSE, BILLION)], BILLION),
        ("Nilai paket belum terdaftar", [(ROAD, BILLION)], BILLION),
    ],
    (KOTA_B, "JAK-01"): [
        ("Paket terdaftar" + AS_COUNTED, [("Kota Serang, Januari sampai Juni 2025", 10)], 10),
        ("Paket belum terdaftar" + AS_COUNTED, [("Kota Serang, Januari sampai Juni 2025", 30)], 30),
    ],
    (KOTA_B, "JAK-03"): [
        ("Paket terdaftar", [("Gedung B (9) · Dinas PU Uji · terdaftar, mulai Maret 2025", 1)], 1),
        ("Paket belum terdaftar", [("Jalan B (8) · Dinas PU Uji · belum terdaftar, mulai Maret 2025", 1)], 1),
    ],
}


@pytest.mark.parametrize(("code", "measure"), sorted(GOLDEN))
def test_a_figure_is_explained_to_the_rows_it_is_the_sum_of(register, cast, code, measure):
    figure = value(code, measure)
    explained = explain_value(cast.admin, figure)
    assert list(map(told, explained.sections)) == GOLDEN[code, measure]
    totals = [section.total for section in explained.sections]
    assert (totals[0], sum(totals)) == (figure.numerator, figure.denominator)
    assert explained.withheld == []


def test_a_count_with_values_is_explained_by_its_values(cast, figures):
    worth = {"total_value": 900, "registered_value": 200}
    record_project_counts([ProjectCountFactory(**worth)], by=cast.admin)
    recompute_stale(seconds=120)
    figure = value(KOTA_A, "JAK-02")
    sections = explain_value(cast.dewi, figure).sections
    assert [section.total for section in sections] == [200, 700]
    assert (figure.numerator, figure.denominator) == (200, 900)


@pytest.mark.parametrize("measure", ["JAK-01", "JAK-02"])
def test_who_sees_only_coverage_sees_no_name(register, cast, client_of, measure):
    page = client_of(cast.dewi).get(reverse("explanation", args=[KOTA_A, "2025-07", measure]))
    shown = page.content.decode()
    assert page.status_code == 200
    assert not [word for word in ("Gedung Uji", "Pasar Uji", "Jalan Uji", "CV Ibu Uji") if word in shown]
    assert "Baris yang memuat nama" in shown
    explained = explain_value(cast.dewi, value(KOTA_A, measure))
    open_to = explain_value(cast.siti, value(KOTA_A, measure))
    assert explained.sections == []
    assert [(s.title, s.count, s.total) for s in explained.withheld] == [
        (s.title, len(s.rows), s.total) for s in open_to.sections
    ]
    address = reverse("explanation", args=[KOTA_A, "2025-07", measure])
    assert "Gedung Uji" in client_of(cast.siti).get(address).content.decode()
    kept = told_in(client_of(cast.dewi).get(f"{address}?unduh=csv"))
    assert {row["uraian"] for row in kept[1:]} == {
        f"{len(s.rows)} baris yang memuat nama" for s in open_to.sections
    }
    assert "Gedung Uji" in str(told_in(client_of(cast.siti).get(f"{address}?unduh=csv")))


def test_rows_of_a_file_say_where_they_stood(cast, figures):
    rows = [["Nama Paket", "Mulai", "Status Jakon"], ["Jalan Berkas", "Mei 2025", "Belum"]]
    store(xlsx({"Rekap": rows}), cast.wayan, kind="proyek-jakon")
    recompute_stale(seconds=120)
    (section,) = explain_value(cast.siti, value(KOTA_A, "JAK-01")).sections
    assert section.rows[0].place.startswith("rekap.xlsx, lembar “Rekap”, baris 2 (SHA-256 ")


def test_the_figure_says_of_how_many_it_is_and_what_counts(register):
    assert value(KOTA_A, "JAK-02").definition == (
        "Nilai proyek jasa konstruksi terdaftar; 2 dari 3 paket; nilai paket lainnya belum diketahui"
    )
    assert value(KOTA_B, "JAK-01").definition == (
        "Proyek jasa konstruksi terdaftar; yang dihitung jumlah yang dilaporkan; 2 paket yang tercatat satu "
        "per satu di wilayah yang sama tidak ikut dihitung"
    )


def test_board_and_register_show_both_and_which_counts(register, cast, client_of):
    dewi = client_of(cast.dewi)
    board = dewi.get(f"/wilayah/{KOTA_B}/?periode=2025-07").content.decode()
    assert all(words in board for words in ("Jasa konstruksi", "25,00%", "dari 40 paket yang diketahui"))
    assert "50,00%" in board
    assert "dari 2 paket yang tercatat; hanya pembanding, tidak dihitung" in board
    shown = client_of(cast.admin).get(reverse("construction_project_list") + f"?wilayah={KOTA_B}").content
    assert "Yang dihitung jumlah ini" in shown.decode()


def test_the_pack_has_a_table_and_all_are_numbered_in_their_order(register, cast):
    content = made(cast.siti).content
    numbers = [table["number"] for table in content["tables"]]
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]
    (table,) = [one for one in content["tables"] if one["key"] == "construction_projects"]
    assert table["title"] == "Proyek jasa konstruksi terdaftar"
    assert [row[2][0] for row in table["rows"]] == [3, 1, "33.33", 2 * BILLION, BILLION, "50.00"]


def test_a_pack_without_projects_says_so():
    place = PackPlace(KOTA_A, "Kota Cilegon", JULY_MONTH, FigureBook({}, {}))
    table = construction_projects(place)
    assert (table.rows, table.note) == ((), "Belum ada laporan proyek jasa konstruksi.")


def test_a_region_of_which_only_projects_are_known_has_figures(cast, system):
    record_projects([ConstructionProjectFactory()], by=system)
    recompute_stale(seconds=120)
    assert figures_of(KOTA_A)["JAK-01"][:2] == (0, 1)
    assert MembershipCountFactory._meta.model.objects.count() == 0


def test_example_projects_pay_what_the_law_says(cast, system):
    cities = [Place(code, True, {}, {}, SMALL) for code in (KOTA_A, KOTA_B, "17.71")]
    record_projects([row for city in cities for row in projects(city)], by=system)
    record_project_counts([row for city in cities for row in project_counts(city)], by=system)
    paid = ConstructionProject.objects.exclude(contribution=None)
    assert paid.count() == 6
    for row in paid:
        assert row.contribution == price_of_contract(row.contract_value, row.first_month).rupiah
    assert all("(rekaan)" in str(row) for row in ConstructionProject.objects.all())
    assert set(ProjectCount.objects.values_list("region_id", "origin")) == {
        (KOTA_B, "example"),
        ("17.71", "example"),
    }
