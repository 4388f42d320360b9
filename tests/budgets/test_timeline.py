"""Rules of law in time: gaps and overlaps are found, and the shipped rates have none that is not said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.models import MembershipRule
from budgets.selectors.rate import list_rates, list_reliefs
from budgets.timeline import WIDTH, draw, faults_of
from budgets.views.tariff import rate_label, relief_label
from regions.month import add_months

START = date(2020, 1, 1)


def rule(first, until=None):
    """Months from January 2020."""
    end = None if until is None else add_months(START, until)
    return MembershipRule(valid_from=add_months(START, first), valid_until=end, months=1)


def faults(*spans):
    return [(bar.kind, bar.first, bar.until) for bar in faults_of([rule(*span) for span in spans])]


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(0, 3), (3, None)], []),
        ([(0, 3), (5, None)], [("gap", date(2020, 4, 1), date(2020, 6, 1))]),
        ([(0, 3), (2, None)], [("overlap", date(2020, 3, 1), date(2020, 4, 1))]),
        ([(0, None), (2, 4)], [("overlap", date(2020, 3, 1), date(2020, 5, 1))]),
        ([(0, None), (2, None)], [("overlap", date(2020, 3, 1), None)]),
        ([(0, 9), (1, 2), (9, 12)], [("overlap", date(2020, 2, 1), date(2020, 3, 1))]),
    ],
)
def test_gaps_and_overlaps(spans, found):
    assert faults(*spans) == found


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 10)), min_size=1, max_size=6))
def test_a_line_without_faults_is_covered_once_from_its_first_month_to_its_last(spans):
    rows = [rule(first, first + length) for first, length in spans]
    months = [add_months(START, count) for count in range(31)]
    counts = [sum(row.is_in_force(month) for row in rows) for month in months]
    first = min(first for first, _length in spans)
    last = max(first + length for first, length in spans)
    assert (not faults_of(rows)) == (set(counts[first:last]) == {1})


def test_bars_lie_within_the_drawing():
    drawn = draw([rule(0, 3), rule(5)], label=str, text=str, today=date(2026, 11, 26))
    bars = [bar for line in drawn.lines for bar in line.bars]
    assert all(bar.x >= 0 and bar.width > 0 and bar.x + bar.width <= WIDTH + 3 for bar in bars)
    assert draw([], label=str, text=str, today=START).lines == []


@pytest.mark.django_db
def test_the_shipped_rows_cover_every_month_once():
    today = date(2026, 11, 26)
    rates = draw(list_rates(), label=rate_label, text=str, today=today)
    assert {line.label: line.faults for line in rates.lines if line.faults} == {}
    reliefs = draw(list_reliefs(), label=relief_label, text=str, today=today)
    assert {line.label: line.faults for line in reliefs.lines if line.faults} == {}
