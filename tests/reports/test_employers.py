"""Figures of employers: by region and summed, explained to rows for those who may read names."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.services.employer import record_employers
from regions.month import add_months
from reports.models import MeasureValue
from reports.pack.compliance import employers as compliance
from reports.pack.figure_book import FigureBook
from reports.pack.place import PackPlace
from reports.selectors.explanation import explain_value
from reports.selectors.recount.comparison import compare_months
from reports.services.recompute import recompute_stale
from tests.budgets.money_files import store
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import EmployerFactory, MembershipCountFactory
from tests.participants.made_files import xlsx
from tests.reports.packs import JULY_MONTH, made

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
BARE = {"npp": "", "standing": "none", "workers_registered": None}
CODES = ["EMP-01", "EMP-02", "EMP-03", "EMP-04", "EMP-05"]


@pytest.fixture
def register(cast, figures):
    record_employers(
        [
            EmployerFactory(npp="AA01", name="PT Satu", arrears_months=0, arrears=0),
            EmployerFactory(
                npp="AA02", name="PT Dua", standing="part_workers", workers_known=30, workers_registered=12
            ),
            EmployerFactory(
                npp="AA03", name="PT Tiga", arrears_months=3, arrears=7_000_000, workers_known=None
            ),
            EmployerFactory(**BARE, name="Toko Ibu Uji", workers_known=5),
            EmployerFactory(region_id=KOTA_B, npp="BB01", name="PT Tetangga", month=add_months(JULY, -3)),
        ],
        by=cast.admin,
    )
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
    assert figures_of(KOTA_A) == {
        "EMP-01": (3, 4, *own),
        "EMP-02": (1, 3, *own),
        "EMP-03": (22, 45, *own),
        "EMP-04": (7_000_000, None, *own),
        "EMP-05": (1, 2, *own),
    }
    # Nobody said whether the neighbour owes anything: that is not zero.
    assert figures_of(KOTA_B) == {
        "EMP-01": (1, 1, *own),
        "EMP-02": (0, 1, *own),
        "EMP-03": (10, 10, *own),
    }
    assert figures_of(PROVINCE) == {
        "EMP-01": (4, 5, 2, 8, "D"),
        "EMP-02": (1, 4, 2, 8, "D"),
        "EMP-03": (32, 55, 2, 8, "D"),
        "EMP-04": (7_000_000, None, 1, 8, "D"),
        "EMP-05": (1, 2, 1, 8, "D"),
    }
    assert figures_of(NATION)["EMP-01"] == (4, 5, 1, 38, "D")


def test_the_second_computation_agrees(register):
    compared = compare_months(NATION, [JULY, add_months(JULY, 1)])
    assert compared.differences == []
    counted = MeasureValue.objects.filter(run__is_current=True, run__period=JULY, measure__in=CODES)
    assert counted.count() == 5 + 3 + 5 + 5


def test_months_after_a_report_count_it_without_being_reported(register, cast):
    assert figures_of(KOTA_A, add_months(JULY, 11))["EMP-01"] == (3, 4, None, None, "A")
    assert figures_of(KOTA_A, add_months(JULY, 12)) == {}


def value(code, measure):
    return MeasureValue.objects.select_related("run", "run__region").get(
        run__region=code, run__period=JULY, run__is_current=True, measure=measure
    )


def told(section):
    return section.title, [(row.label, row.amount) for row in section.rows], section.total


GOLDEN = {
    "EMP-01": [
        (
            "Pemberi kerja terdaftar",
            [
                ("PT Dua (AA02) · Terdaftar sebagian (PDS tenaga kerja) · Juli 2025", 1),
                ("PT Satu (AA01) · Terdaftar penuh · Juli 2025", 1),
                ("PT Tiga (AA03) · Terdaftar penuh · Juli 2025", 1),
            ],
            3,
        ),
        ("Pemberi kerja yang belum terdaftar", [("Toko Ibu Uji · Belum terdaftar · Juli 2025", 1)], 1),
    ],
    "EMP-03": [
        (
            "Tenaga kerja terdaftar",
            [
                ("PT Dua (AA02) · Terdaftar sebagian (PDS tenaga kerja) · Juli 2025", 12),
                ("PT Satu (AA01) · Terdaftar penuh · Juli 2025", 10),
                ("Toko Ibu Uji · Belum terdaftar · Juli 2025", 0),
            ],
            22,
        ),
        (
            "Tenaga kerja diketahui",
            [
                ("PT Dua (AA02) · Terdaftar sebagian (PDS tenaga kerja) · Juli 2025", 30),
                ("PT Satu (AA01) · Terdaftar penuh · Juli 2025", 10),
                ("Toko Ibu Uji · Belum terdaftar · Juli 2025", 5),
            ],
            45,
        ),
    ],
    "EMP-04": [
        (
            "Tunggakan menurut laporan yang berlaku",
            [
                ("PT Satu (AA01) · Terdaftar penuh · Juli 2025", 0),
                ("PT Tiga (AA03) · Terdaftar penuh · Juli 2025", 7_000_000),
            ],
            7_000_000,
        ),
    ],
}


@pytest.mark.parametrize("measure", sorted(GOLDEN))
def test_a_figure_is_explained_to_the_rows_it_is_the_sum_of(register, cast, measure):
    explained = explain_value(cast.siti, value(KOTA_A, measure))
    assert list(map(told, explained.sections)) == GOLDEN[measure]
    assert explained.withheld == []


@pytest.mark.parametrize("measure", CODES)
def test_numerator_and_denominator_are_the_sums_of_the_sections(register, cast, measure):
    figure = value(KOTA_A, measure)
    totals = [section.total for section in explain_value(cast.siti, figure).sections]
    if measure == "EMP-03":
        assert totals == [figure.numerator, figure.denominator]
    else:
        assert (totals[0], sum(totals)) == (figure.numerator, figure.denominator or figure.numerator)


@pytest.mark.parametrize("measure", CODES)
def test_who_sees_only_coverage_sees_no_name(register, cast, client_of, measure):
    page = client_of(cast.dewi).get(reverse("explanation", args=[KOTA_A, "2025-07", measure]))
    shown = page.content.decode()
    assert page.status_code == 200
    assert not [word for word in ("PT Satu", "PT Dua", "PT Tiga", "Toko Ibu Uji", "AA01") if word in shown]
    assert "Baris yang memuat nama" in shown
    explained = explain_value(cast.dewi, value(KOTA_A, measure))
    open_to = explain_value(cast.siti, value(KOTA_A, measure))
    assert explained.sections == []
    assert [(s.title, s.count, s.total) for s in explained.withheld] == [
        (s.title, len(s.rows), s.total) for s in open_to.sections
    ]
    named = client_of(cast.siti).get(reverse("explanation", args=[KOTA_A, "2025-07", measure]))
    assert "PT Satu" in named.content.decode()


def test_rows_of_a_file_say_where_they_stood(cast, figures):
    rows = [["NPP", "Nama Perusahaan", "Status"], ["AA0199", "PT Berkas", "Terdaftar"]]
    store(xlsx({"Rekap": rows}), cast.wayan, kind=MoneyKind.EMPLOYER)
    recompute_stale(seconds=120)
    (section,) = explain_value(cast.siti, value(KOTA_A, "EMP-01")).sections
    assert section.rows[0].place.startswith("rekap.xlsx, lembar “Rekap”, baris 2 (SHA-256 ")


def test_long_lists_are_cut_on_the_page_and_summed_whole(cast, figures, client_of):
    rows = [EmployerFactory(npp=f"AA{n:04}", name=f"PT Nomor {n:04}") for n in range(205)]
    record_employers(rows, by=cast.wayan)
    recompute_stale(seconds=120)
    page = client_of(cast.siti).get(reverse("explanation", args=[KOTA_A, "2025-07", "EMP-01"]))
    shown = page.content.decode()
    assert "PT Nomor 0199" in shown
    assert "PT Nomor 0200" not in shown
    assert "5 baris lagi tidak ditampilkan" in shown
    assert explain_value(cast.siti, value(KOTA_A, "EMP-01")).sections[0].total == 205


def test_the_figure_says_of_how_many_it_is(register):
    assert value(KOTA_A, "EMP-03").definition == (
        "Tenaga kerja terdaftar pada pemberi kerja; 3 dari 4 pemberi kerja; sisanya belum diketahui"
    )


def test_board_and_pack_show_them(register, cast, client_of):
    board = client_of(cast.dewi).get(f"/wilayah/{KOTA_A}/?periode=2025-07").content.decode()
    assert "Pemberi kerja terdaftar" in board
    assert "75,00%" in board
    assert "dari 4 pemberi kerja yang diketahui" in board
    content = made(cast.siti).content
    (table,) = [one for one in content["tables"] if one["key"] == "employers"]
    assert table["title"] == "Kepatuhan pemberi kerja"
    assert [row[1][0] for row in table["rows"]] == [
        4,
        3,
        "75.00",
        1,
        "33.33",
        45,
        22,
        "48.89",
        1,
        "50.00",
        7_000_000,
    ]


def test_a_pack_without_employers_says_so():
    place = PackPlace(KOTA_A, "Kota Cilegon", JULY_MONTH, FigureBook({}, {}))
    table = compliance(place)
    assert (table.rows, table.note) == ((), "Belum ada laporan pemberi kerja.")


def test_a_region_of_which_only_employers_are_known_has_figures(cast, system):
    record_employers([EmployerFactory()], by=system)
    recompute_stale(seconds=120)
    assert figures_of(KOTA_A)["EMP-01"][:2] == (1, 1)
    assert MembershipCountFactory._meta.model.objects.count() == 0
