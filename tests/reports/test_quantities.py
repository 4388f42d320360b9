from hypothesis import given
from hypothesis import strategies as st

from participants.pace import needed_members
from reports.measures.quantities import Amount, combine, combine_money

CELLS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 10**9), max_size=4)


@given(CELLS, st.lists(CELLS, max_size=5))
def test_a_cell_is_the_own_one_or_the_sum_of_those_below(own, children):
    below = [{key: Amount(value) for key, value in cells.items()} for cells in children]
    combined = combine(own, below, len(children))
    assert set(combined) == set(own).union(*children)
    for key, amount in combined.items():
        if key in own:
            assert amount == Amount(own[key])
        else:
            parts = [cells[key] for cells in children if key in cells]
            assert amount == Amount(sum(parts), len(parts), len(children))


def test_money_whose_funding_is_not_told_is_the_whole_of_the_region():
    below = [{"apbd_kabkota": Amount(5)}]
    assert combine_money({"": 7}, below, 1) == {"": Amount(7)}
    assert combine_money({"apbd_provinsi": 7}, below, 1) == {
        "apbd_provinsi": Amount(7),
        "apbd_kabkota": Amount(5, 1, 1),
    }


@given(st.decimals(min_value=0, max_value=100, places=2), st.integers(1, 10**8))
def test_the_needed_members_a_target_reach_it_and_one_less_does_not(percent, eligible):
    people = needed_members(percent, eligible)
    assert people * 100 >= percent * eligible
    assert people == 0 or (people - 1) * 100 < percent * eligible
