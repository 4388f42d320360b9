"""The page of budget lines shows the values of measures, so it and the board never disagree."""

from datetime import date

import pytest

from budgets.services.allocation import record_allocations
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from regions.models import Region
from reports.selectors.boards.board import get_board
from reports.selectors.boards.budget import get_budget_board
from reports.services.recompute import recompute_stale
from reports.value_words import value_text
from tests.cast import KOTA_A, KOTA_B
from tests.factories import AllocationFactory, HeadcountFactory, RealisationFactory
from tests.pages import page_of
from tests.participants.batches import people, store

JULY = date(2025, 7, 1)
ADDRESS = f"/anggaran/?wilayah={KOTA_A}&periode=2025-07"


@pytest.fixture
def budget(cast, system):
    """People reported for one category, listed by name for another, and money for both."""
    record_headcounts(
        [
            HeadcountFactory(people=1_000),
            HeadcountFactory(category_id="non_asn", people=10),
            HeadcountFactory(category_id="kader", funding_id="csr", people=500),
            HeadcountFactory(region_id=KOTA_B, people=77_777),
        ],
        by=system,
    )
    store(people(3), cast.wayan, first_month=JULY, category="nelayan")
    line, _named = record_allocations(
        [
            AllocationFactory(amount=201_600_000, heads=None),
            AllocationFactory(amount=504_000, heads=None, category_id="nelayan", account="5.1"),
        ],
        by=cast.wayan,
    ).created
    paid = {"paid_amount": 117_600_000, "paid_on": date(2025, 7, 20), "billed_amount": 117_600_000}
    record_realisations([RealisationFactory(allocation=line, **paid)], by=cast.wayan)
    recompute_stale()


def words(board):
    return {
        row.labels: tuple(value_text(cell.value).replace("\u00a0", " ") for cell in row.cells)
        for row in board.section.table.rows
    }


def test_months_and_shares_are_those_of_the_measures(budget, cast):
    board = get_budget_board(cast.wayan, Region.objects.get(pk=KOTA_A), JULY)
    payer = "APBD kabupaten/kota"
    assert words(board) == {
        ("Anggota Linmas", payer): ("Rp201.600.000", "Rp117.600.000", "58,33%", "5,0 bulan"),
        ("Nelayan", payer): ("Rp504.000", "–", "0,00%", "10,0 bulan"),
    }
    assert [(value.variant, value.numerator, value.denominator) for value in board.payers] == [
        ("pemerintah_daerah", 1_013, 1_513),
        ("perusahaan", 500, 1_513),
    ]
    assert [(value.category, value.numerator) for value in board.unpriced] == [("non_asn", 10)]


def test_the_page_and_the_board_show_one_table(budget, cast):
    region = Region.objects.get(pk=KOTA_A)
    board = get_board(cast.wayan, region, JULY)
    assert board.sections["budget"] == get_budget_board(cast.wayan, region, JULY).section


def test_every_ratio_of_the_page_explains_itself(budget, cast, client_of):
    text = page_of(client_of(cast.wayan).get(ADDRESS))
    cell = f"/angka/{KOTA_A}/2025-07/BUD-06/?kategori=nelayan&amp;dana=apbd_kabkota"
    assert f'<a href="{cell}">10,0 bulan</a>' in text
    assert f'<a href="/angka/{KOTA_A}/2025-07/BUD-03/">58,19%</a>' in text
    assert "Rp84.000.000" in text


def test_before_anything_is_computed_the_page_says_so(cast, client_of):
    record_allocations([AllocationFactory()], by=cast.wayan)
    text = page_of(client_of(cast.wayan).get(ADDRESS))
    assert "Belum dihitung, <strong>1 perubahan belum dihitung</strong>" in text.replace(",<", ", <")
    assert "Rp3.024.000.000" in text
