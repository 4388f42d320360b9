"""Leaders land on the newest closed month; what still moves says that it does."""

from datetime import date

import pytest

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.enums import MonthState, Verb
from regions.models import Region
from regions.services.reporting_month import locked_row, step
from reports.selectors.boards.board import get_board
from reports.selectors.run import periods_of
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.reports.test_pages import text_of

MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))


@pytest.fixture
def three_months(cast, system):
    record_workforces([WorkforceFactory(region_id=KOTA_A, workers=1_000)], by=system)
    rows = [
        MembershipCountFactory(region_id=KOTA_A, month=m, members=n) for m, n in ((MAY, 300), (JUNE, 400))
    ]
    record_membership_counts(
        [*rows, MembershipCountFactory(region_id=KOTA_A, month=JULY, members=500)], by=system
    )
    recompute_stale()


def close(month, by):
    step(locked_row(KOTA_A, month), Verb.CLOSED, MonthState.CLOSED, by=by)
    recompute_stale()


def test_months_before_a_region_began_are_history_and_no_drafts(three_months, cast, system):
    region = Region.objects.get(pk=KOTA_A)
    assert periods_of(cast.ratna, region) == []
    close(JUNE, system)
    assert periods_of(cast.ratna, region) == [JUNE, MAY]
    assert get_board(cast.ratna, region, None).previous.numerator == 300
    step(locked_row(KOTA_A, MAY), Verb.COMPLETED, MonthState.COMPLETE, by=system)
    assert periods_of(cast.ratna, region) == [JUNE]


def test_the_newest_closed_month_is_shown_though_a_later_one_is_known(three_months, cast, system, client_of):
    leader, address = client_of(cast.ratna), f"/?wilayah={KOTA_A}"
    for page in (address, f"/wilayah/{KOTA_A}/"):
        shown = text_of(leader.get(page))
        assert "Belum ada bulan laporan Kota Cilegon yang ditutup." in shown
        assert "500" not in shown
    for month in (MAY, JUNE):
        close(month, system)
    shown = text_of(leader.get(address))
    assert "menurut bulan laporan Juni 2025 yang sudah ditutup" in shown
    assert "400 dari 1.000 orang angkatan kerja" in shown
    assert "50,00%" not in shown
    refused = leader.get(f"{address}&periode=2025-07")
    assert refused.status_code == 403
    assert "Juli 2025 belum ditutup" in text_of(refused)
    assert "Buka Juni 2025, bulan terakhir yang ditutup" in text_of(refused)
    assert "500 dari 1.000 orang angkatan kerja" in text_of(client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/"))
