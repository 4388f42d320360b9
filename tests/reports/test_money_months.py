"""Sums that count from January on, month by month: what is not known stays empty."""

from datetime import date

import pytest

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from regions.models import Region
from reports.drawing.money import MoneyBar, money_svg
from reports.selectors.boards.board import get_board
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import ClaimFactory, ContributionFactory

MARCH = date(2025, 3, 1)


def paid(code, months):
    return [
        ContributionFactory(
            region_id=code, amount=amount, paid_on=date(2025, month, 9), reference=f"{code}{month}"
        )
        for month, amount in months.items()
    ]


@pytest.fixture
def money(cast, system):
    record_contributions(paid(KOTA_A, {1: 100, 2: 250, 3: 70}), by=system)
    record_claims([ClaimFactory(region_id=KOTA_A, amount=40, paid_on=date(2025, 2, 3))], by=system)
    recompute_stale()


def months_of(user, code):
    board = get_board(user, Region.objects.get(pk=code), MARCH)
    return {
        one.month.month: (one.received, one.paid)
        for one in board.money_board.months
        if one.month.year == 2025
    }


def test_january_begins_and_each_month_is_what_it_added(money, cast):
    assert months_of(cast.wayan, KOTA_A) == {1: (100, None), 2: (250, None), 3: (70, 0)}


def test_a_region_that_comes_into_the_sum_is_no_flow_of_its_month(money, cast, system):
    assert months_of(cast.dewi, PROVINCE) == {1: (100, None), 2: (250, None), 3: (70, 0)}
    record_contributions(paid(KOTA_B, {2: 5_000}), by=system)
    recompute_stale()
    assert months_of(cast.dewi, PROVINCE) == {1: (100, None), 2: (None, None), 3: (70, 0)}


def test_the_tab_shows_picture_and_table(money, cast, client_of):
    page = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/uang/?periode=2025-03").content.decode()
    assert 'id="tabel-bulanan"' in page and "Rp250" in page
    assert "Iuran diterima, Februari 2025: Rp250" in page
    assert money_svg([MoneyBar(MARCH, 1, 2)], "x") == ""
