"""The division in Python gives what the database gives."""

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from regions.rate import rate_of


@pytest.mark.parametrize(
    ("numerator", "denominator", "rate"),
    [
        (24_286, 47_010, "51.66"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 800, "0.13"),
        (-1, 800, "-0.13"),
        (1, -800, "-0.13"),
        (0, 5, "0.00"),
        (5, 0, None),
        (5, None, None),
    ],
)
def test_halves_go_away_from_zero_and_nothing_comes_of_an_empty_whole(numerator, denominator, rate):
    assert rate_of(numerator, denominator) == (None if rate is None else Decimal(rate))


@pytest.mark.django_db
def test_the_database_divides_alike():
    """Every numerator of many denominators, among them those that make halves."""
    pairs = [
        (numerator, denominator) for denominator in (1, 3, 7, 16, 200, 800, 999) for numerator in range(999)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT round(n::numeric(38, 0) * 100 / d, 2)
            FROM unnest(%s::bigint[], %s::bigint[]) AS pair(n, d)""",
            [[one for one, _two in pairs], [two for _one, two in pairs]],
        )
        divided = [rate for (rate,) in cursor.fetchall()]
    assert [rate_of(*pair) for pair in pairs] == divided


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**12))
def test_it_is_the_nearest_hundredth(numerator, denominator):
    rate = rate_of(numerator, denominator)
    assert abs(rate * denominator - 100 * numerator) * 200 <= denominator
