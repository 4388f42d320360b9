from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from regions.month import add_months, months_between
from regions.services.change import merge_spans

BASE = date(2024, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), max_size=12)


@given(SPANS)
def test_merged_spans_cover_the_same_months_without_touching(pairs):
    spans = [(add_months(BASE, a), add_months(BASE, a + n)) for a, n in pairs]
    merged = merge_spans(spans)
    months = [month for first, last in merged for month in months_between(first, last)]
    wanted = {month for first, last in spans for month in months_between(first, last)}
    assert len(months) == len(set(months))
    assert set(months) == wanted
    for (_, last), (first, _) in pairwise(merged):
        assert add_months(last, 1) < first


def test_an_open_ended_span_swallows_what_follows():
    spans = [(BASE, None), (add_months(BASE, 3), add_months(BASE, 4))]
    assert merge_spans(spans) == [(BASE, None)]
