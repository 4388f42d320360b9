"""Money from the ceiling to what BPJS posted, what of a ceiling ends with the year, and who paid too much."""

import re
from datetime import date

import pytest

from budgets.services.allocation import record_allocations
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from regions.models import Region
from reports.drawing.money import MoneyBar, money_svg
from reports.drawing.style import NARROW, WIDE
from reports.models import MeasureValue
from reports.selectors.boards.board import get_board
from reports.selectors.boards.headline import headline_of
from reports.selectors.boards.money import ArrearsRow
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE
from tests.factories import AllocationFactory, ContributionFactory, HeadcountFactory, RealisationFactory
from tests.reports.test_pages import text_of

JULY, AUGUST = date(2025, 7, 1), date(2025, 8, 1)


@pytest.fixture
def bills(cast, system):
    """Two bills of July: one on its way to BPJS, the other not paid yet."""
    (line,) = record_allocations([AllocationFactory(amount=100_000_000, heads=400)], by=system).created
    way = {"paid_amount": 26_762_400, "paid_on": date(2025, 8, 2)}
    way |= {"posted_amount": 26_000_000, "posted_on": date(2025, 8, 9)}
    told = [
        RealisationFactory(allocation=line, bill_number="T-1", **way),
        RealisationFactory(allocation=line, bill_number="T-2", billed_amount=1_000_000),
    ]
    record_realisations(told, by=system)
    recompute_stale()


def board_of(cast, month=AUGUST, code=KOTA_A):
    return get_board(cast.dewi, Region.objects.get(pk=code), month)


def test_each_stage_counts_by_its_own_day(bills, cast):
    stages = [
        (stage.value.measure, stage.value.numerator, stage.less)
        for stage in board_of(cast).money_board.funnel
    ]
    assert stages == [
        ("BUD-01", 100_000_000, None),
        ("BUD-11", 27_762_400, 72_237_600),
        ("BUD-02", 26_762_400, 1_000_000),
        ("BUD-12", 26_000_000, 762_400),
    ]
    july = [stage.value.measure for stage in board_of(cast, JULY).money_board.funnel]
    assert july == ["BUD-01", "BUD-11"]
    above = board_of(cast, code=PROVINCE).money_board.funnel
    assert [(stage.value.numerator, stage.value.reported) for stage in above] == [
        (100_000_000, 1),
        (27_762_400, 1),
        (26_762_400, 1),
        (26_000_000, 1),
    ]


@pytest.mark.parametrize(("measure", "told"), [("BUD-11", "T-1"), ("BUD-12", "26.000.000")])
def test_a_stage_opens_to_its_bills(bills, cast, client_of, measure, told):
    page = client_of(cast.wayan).get(f"/angka/{KOTA_A}/2025-08/{measure}/")
    assert page.status_code == 200
    assert told in page.content.decode()


def test_the_tab_shows_the_stages_in_words_and_bars(bills, cast, client_of):
    page = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/uang/?periode=2025-08")
    (section,) = re.findall(r'<h3 id="tahap">.*?</table>', page.content.decode(), re.S)
    assert re.findall(r'bar-fill" width="([\d.]+)%"', section) == ["100.00", "27.76", "26.76", "26.00"]
    words = text_of(page)
    assert "kurang Rp72,24 juta" in words and "kurang Rp1,00 juta" in words and "kurang Rp762.400" in words


def test_what_lasts_longer_than_the_year_ends_with_it(bills, cast, system, client_of):
    """100 people cost 1,680,000 a month: what is left of 73,237,600 in December is not spent."""
    record_headcounts([HeadcountFactory(month=AUGUST, category_id="linmas", people=100)], by=system)
    recompute_stale()
    value = MeasureValue.objects.get(
        run__is_current=True, run__region=KOTA_A, run__period=AUGUST, measure="BUD-06"
    )
    (lapse,) = board_of(cast).money_board.lapses
    assert value.numerator == 73_237_600
    assert lapse.rupiah == 73_237_600 - 4 * (value.denominator or 0)
    page = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/uang/?periode=2025-08")
    words = text_of(page)
    assert "Pagu APBD berlaku sampai 31 Desember 2025; sesudah Agustus 2025 masih tersisa 4 bulan." in words
    assert "sisa pagu berikut tidak terpakai sampai akhir tahun" in words


def test_too_much_from_one_payer_does_not_pay_for_another(cast, system, client_of):
    people = {"month": JULY, "category_id": "linmas"}
    record_headcounts(
        [
            HeadcountFactory(funding_id="apbd_kabkota", people=100, **people),
            HeadcountFactory(funding_id="baznas", people=100, **people),
        ],
        by=system,
    )
    record_contributions(
        [
            ContributionFactory(funding_id="apbd_kabkota", amount=2_000_000, paid_on=date(2025, 7, 9)),
            ContributionFactory(funding_id="baznas", amount=1_000_000, paid_on=date(2025, 7, 9)),
        ],
        by=system,
    )
    recompute_stale()
    board = board_of(cast, JULY)
    (row,) = [row for row in board.money_board.arrears if row.month == JULY]
    assert (row.short, row.over) == (680_000, 320_000)
    steps = [step.words for step in headline_of(board).steps]
    assert "Memeriksa selisih iuran: Rp680.000 sejak Januari 2025 belum diterima." in steps
    words = text_of(client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/uang/?periode=2025-07"))
    assert "Kurang bayar Rp680.000, dijumlahkan per bulan dan sumber dana." in words
    assert "Lebih bayar Rp320.000 tidak menutup kekurangan sumber dana lain." in words
    assert "lebih bayar Rp320.000" in words
    assert ArrearsRow(JULY, [None]).short == 0


def test_the_axis_of_money_is_written_in_whole_units():
    bars = [MoneyBar(date(2025, month, 1), 118_604_000, 56_000_000) for month in (6, 7)]
    for size in (WIDE, NARROW):
        words = re.findall(r">([^<>]+)</text>", money_svg(bars, "Iuran dan klaim", size))
        assert [word for word in words if word.isdigit()] == ["0", "20", "40", "60", "80", "100", "120"]
        assert "Rp juta" in words


def test_people_by_category_are_drawn_the_most_first(cast, system, client_of):
    groups = {"linmas": 40, "kader": 900, "nelayan": 300}
    record_headcounts(
        [HeadcountFactory(month=JULY, category_id=code, people=people) for code, people in groups.items()],
        by=system,
    )
    recompute_stale()
    for code in (KOTA_A, PROVINCE):
        page = client_of(cast.dewi).get(f"/wilayah/{code}/kategori/?periode=2025-07").content.decode()
        (section,) = re.findall(r'<h2 id="kategori">.*?</section>', page, re.S)
        wide = section.split('class="chart-canvas narrow"')[0]
        assert re.findall(r'aria-label="(\w[^"]*): ([\d.]+)"', wide) == [
            ("Kader · APBD kabupaten/kota", "900"),
            ("Nelayan · APBD kabupaten/kota", "300"),
            ("Anggota Linmas · APBD kabupaten/kota", "40"),
        ]
        assert len(set(re.findall(r'xlink:href="(/angka/[^"]*CAT-01[^"]*)"', wide))) == 3
