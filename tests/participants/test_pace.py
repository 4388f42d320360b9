"""What a target asks of the months that remain, in whole people."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.pace import Need, Track, months_until, need_of, needed_members

JULY = date(2025, 7, 1)
people = st.integers(0, 10**9)
percents = st.decimals(Decimal("0.01"), 100, places=2)


@pytest.mark.parametrize(
    ("members", "year_before", "need"),
    [
        # 55 % of 174.897 is 96.193,35: 96.194 people.
        (76_062, None, Need(96_194, 20_132, 5, 4_027, None, None, Track.UNKNOWN)),
        (76_062, 70_000, Need(96_194, 20_132, 5, 4_027, 505, 78_587, Track.OFF)),
        (96_000, 60_000, Need(96_194, 194, 5, 39, 3_000, 111_000, Track.ON)),
        (96_194, 99_999, Need(96_194, 0, 5, 0, -318, 94_608, Track.REACHED)),
        (76_062, 76_062, Need(96_194, 20_132, 5, 4_027, 0, 76_062, Track.OFF)),
    ],
)
def test_what_is_needed(members, year_before, need):
    told = {"percent": Decimal(55), "year": 2025, "workers": 174_897, "newest": JULY}
    assert need_of(**told, members=members, year_before=year_before) == need


def test_when_the_year_is_over_all_of_the_gap_is_late():
    late = need_of(percent=Decimal(50), year=2024, workers=100, members=40, newest=JULY, year_before=30)
    assert late == Need(50, 10, 0, 10, 0, 40, Track.MISSED)
    assert [months_until(year, JULY) for year in (2024, 2025, 2026)] == [0, 5, 17]
    assert months_until(2025, date(2025, 12, 1)) == 0


@given(percents, st.integers(1, 10**9), people, st.integers(2014, 2045), st.none() | people)
def test_the_additions_reach_the_target_and_one_less_would_not(percent, workers, members, year, year_before):
    need = need_of(
        percent=percent, year=year, workers=workers, members=members, newest=JULY, year_before=year_before
    )
    assert (
        Fraction(percent) / 100
        <= Fraction(need.needed, workers)
        < Fraction(percent) / 100 + Fraction(1, workers)
    )
    assert need.needed == needed_members(percent, workers)
    if need.months_left:
        assert members + need.per_month * need.months_left >= need.needed
        if need.per_month:
            assert members + (need.per_month - 1) * need.months_left < need.needed
    if need.track == Track.ON:
        assert members + Fraction(members - year_before, 12) * need.months_left >= need.needed
    if need.track == Track.OFF:
        assert members + Fraction(members - year_before, 12) * need.months_left < need.needed
