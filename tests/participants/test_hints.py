"""Hints are said of what is odd, and of nothing else; whatever the numbers, they never fail."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median as statistics_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.hints import Limits, hints_of, is_outlier, jump_of, median
from participants.models import HintLimit
from participants.selectors.month_entry.cells import limits_in_force
from regions.month import add_months

JULY = date(2025, 7, 1)
people = st.integers(0, 10**9)


def months(*newest_first):
    return {add_months(JULY, -back): number for back, number in enumerate(newest_first, start=1)}


@pytest.mark.parametrize(
    ("value", "past", "told"),
    [
        (1_528, months(1_528), []),
        (1_833, months(1_528), []),
        (1_834, months(1_528), ["Naik 20% dari bulan lalu: 1.528 menjadi 1.834 (batas 20%)."]),
        (764, months(1_528), ["Turun 50% dari bulan lalu: 1.528 menjadi 764 (batas 20%)."]),
        (3, months(0), ["Bulan lalu 0, sekarang 3. Pastikan benar."]),
        (99, {}, []),
        (
            106,
            months(101, 102, 103, 104, 105, 100),
            ["Tertinggi dalam 24 bulan; sebelumnya paling tinggi 105 (Feb 2025)."],
        ),
        (
            99,
            months(101, 102, 103, 104, 105, 100),
            ["Terendah dalam 24 bulan; sebelumnya paling rendah 100 (Jan 2025)."],
        ),
        (
            120,
            months(101, 102, 103, 104, 105, 100),
            [
                "Tertinggi dalam 24 bulan; sebelumnya paling tinggi 105 (Feb 2025).",
                "Di luar kebiasaan: tengah-tengah 12 bulan terakhir 102 dan biasanya bergeser 2, "
                "sekarang bergeser 18.",
            ],
        ),
    ],
)
def test_what_is_said(value, past, told):
    assert hints_of(value, JULY, past, Limits()) == told


def test_months_after_and_too_long_ago_say_nothing():
    later = {add_months(JULY, 1): 5, JULY: 7, add_months(JULY, -30): 1}
    assert hints_of(1_000, JULY, later, Limits(fewest=1)) == []


@given(people, st.dictionaries(st.integers(-40, 3), people), st.integers(0, 100), st.integers(2, 12))
def test_hints_never_fail_and_equal_months_say_nothing(value, past, percent, fewest):
    limits = Limits(jump_percent=percent, fewest=fewest)
    sentences = hints_of(value, JULY, {add_months(JULY, back): one for back, one in past.items()}, limits)
    assert all(sentences)
    assert len(sentences) <= 3
    assert hints_of(value, JULY, {add_months(JULY, -back): value for back in range(1, 25)}, limits) == []


@given(st.lists(people, min_size=1, max_size=24))
def test_the_median_is_exact(numbers):
    assert median(numbers) == Fraction(statistics_median([Fraction(number) for number in numbers]))


@given(st.lists(people, min_size=6, max_size=12), people)
def test_an_outlier_is_one_at_any_scale_and_place(numbers, value):
    found = is_outlier(value, numbers, Limits())
    assert is_outlier(value * 7 + 3, [number * 7 + 3 for number in numbers], Limits()) == found
    # Whoever stands in the middle never is.
    assert not is_outlier(
        int(median(numbers)), [int(median(numbers)), *numbers], Limits(deviations=Decimal(9))
    )


@given(people, st.integers(1, 10**9))
def test_a_jump_is_told_exactly_at_its_limit(before, value):
    change = jump_of(value, before)
    assert (change is None) == (before == 0)
    told = hints_of(value, JULY, months(before), Limits())
    assert bool(told) == (before == 0 or abs(value - before) * 100 > 20 * before)


@pytest.mark.django_db
def test_limits_are_dated_rows():
    assert limits_in_force(JULY) == Limits()
    HintLimit.objects.create(valid_from=date(2024, 1, 1), jump_percent=30)
    HintLimit.objects.create(valid_from=JULY, jump_percent=5, deviations=Decimal(2), fewest=3)
    assert limits_in_force(date(2025, 6, 1)) == Limits(30, Decimal("3.5"), 6)
    assert limits_in_force(JULY) == Limits(5, Decimal(2), 3)
    assert limits_in_force(date(2023, 12, 1)) == Limits()
