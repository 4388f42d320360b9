"""Which figures a month should have, by the last word on each within a year."""

from datetime import date

import pytest

from participants.enums import EmptyReason
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.cells import count_cells
from participants.services.membership_count import record_membership_counts
from participants.services.month_entry.empty_cell import leave_empty
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory

OCTOBER = date(2025, 10, 1)


@pytest.fixture
def last_year(cast, system):
    rows = [
        MembershipCountFactory(month=date(2024, 12, 1), segment=segment, members=100)
        for segment in ("pu", "bpu", "jakon")
    ]
    record_membership_counts(rows, by=system)


def test_a_gap_in_reporting_does_not_make_a_segment_forgotten(last_year):
    assert count_cells(KOTA_A, OCTOBER).missing == 3
    assert count_cells(KOTA_A, date(2026, 1, 1)).missing == 2


@pytest.mark.parametrize(
    ("reason", "missing"),
    [
        (EmptyReason.STOPPED, 2),
        (EmptyReason.NOBODY, 2),
        (EmptyReason.NOT_HERE, 2),
        (EmptyReason.ELSEWHERE, 2),
        (EmptyReason.NOT_REPORTED, 3),
    ],
)
def test_a_reason_that_ends_a_figure_ends_it_until_a_number_comes(last_year, cast, reason, missing):
    leave_empty(
        by=cast.wayan,
        region_code=KOTA_A,
        month=date(2025, 9, 1),
        key=MonthEntryKey.parse("members:jakon"),
        reason=reason,
    )
    assert count_cells(KOTA_A, OCTOBER).missing == missing
