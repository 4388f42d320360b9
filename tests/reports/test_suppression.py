"""Small cells against everybody who can add and subtract."""

from itertools import product

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.public.suppression import bounds_of, families_of, hidden_cells

LEAST = 5
CHILDREN = {"N": ["A", "B", "C"], "A": ["A1", "A2", "A3"], "B": ["B1", "B2"], "C": ["C1"]}
LEAVES = ["A1", "A2", "A3", "B1", "B2", "C1"]


def summed(leaves):
    values = dict(leaves)
    for parent in ("A", "B", "C", "N"):
        below = [values[code] for code in CHILDREN[parent] if code in values]
        if below:
            values[parent] = sum(below)
    return values


def attacked(values, families, hidden, unshown):
    """By a solver: the least and the most that each cell may be, given all that is shown."""
    codes = sorted(values)
    place = {code: at for at, code in enumerate(codes)}
    found = {}
    for code in codes:
        ends = []
        for sign in (1, -1):
            model = highspy.Highs()
            model.setOptionValue("output_flag", False)
            for one in codes:
                low, high = (values[one], values[one])
                if one in hidden or one in unshown:
                    low, high = (min(1, values[one]) if one in hidden else 0), highspy.kHighsInf
                model.addVar(low, high)
            model.changeColCost(place[code], sign)
            for family in families:
                at = np.array([place[family.parent], *(place[one] for one in family.children)])
                model.addRow(0, 0, len(at), at, np.array([1.0, *([-1.0] * len(family.children))]))
            model.run()
            is_bounded = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(round(model.getSolution().col_value[place[code]]) if is_bounded else sign * -np.inf)
        found[code] = tuple(ends)
    return found


counts = st.dictionaries(
    st.sampled_from(LEAVES), st.one_of(st.integers(0, 6), st.integers(0, 40)), min_size=1
)


@given(counts, st.sets(st.sampled_from([*LEAVES, "A", "B"])))
@settings(max_examples=150, deadline=None)
def test_nobody_narrows_a_small_or_unshown_cell_down(leaves, unshown):
    values = summed(leaves)
    unshown = unshown & set(values)
    hidden = hidden_cells(values, CHILDREN, unshown=unshown, least=LEAST)
    found = attacked(values, families_of(values, CHILDREN), hidden, unshown)
    for code, people in values.items():
        low, high = found[code]
        if 0 < people < LEAST or code in unshown:
            assert code in hidden | unshown
            assert high - low >= LEAST - 1, (code, people, low, high, hidden)
        assert low <= people <= high


@given(counts, st.sets(st.sampled_from(LEAVES)))
@settings(max_examples=60, deadline=None)
def test_bounds_are_those_of_the_solver(leaves, hidden):
    values = summed(leaves)
    hidden = {code for code in hidden if values.get(code)}
    families = families_of(values, CHILDREN)
    assert bounds_of(values, families, hidden, ()) == attacked(values, families, hidden, ())


@pytest.mark.parametrize(
    ("leaves", "expected"),
    [
        # Nothing small, nothing hidden.
        ({"A1": 10, "A2": 20, "A3": 30}, set()),
        # The smallest sister goes with it.
        ({"A1": 3, "A2": 20, "A3": 30}, {"A1", "A2"}),
        # Nought tells of nobody: the parent goes, and the nation, as the other province is told by its parts.
        ({"A1": 3, "A2": 0, "A3": 0, "B1": 50, "B2": 60}, {"A1", "A", "N"}),
        # A nation of one small place.
        ({"C1": 4}, {"C1", "C", "N"}),
    ],
)
def test_what_is_hidden(leaves, expected):
    assert hidden_cells(summed(leaves), CHILDREN, unshown=(), least=LEAST) == expected


def test_a_region_that_reports_by_itself_tells_nothing_of_those_below():
    values = {"A": 100, "A1": 3, "A2": 20}
    assert hidden_cells(values, CHILDREN, unshown=(), least=LEAST) == {"A1"}


def test_no_less_is_shown_than_needed_in_small_families():
    """Of three children one small: against all other choices, none shows more people."""
    for sizes in product((2, 6, 9), (6, 8, 30), (7, 40)):
        values = summed(dict(zip(["A1", "A2", "A3"], sizes, strict=True)))
        hidden = hidden_cells(values, CHILDREN, unshown=(), least=LEAST)
        small = [size for size in sizes if size < LEAST]
        assert len(hidden & {"A1", "A2", "A3"}) <= (2 if small else 0)
