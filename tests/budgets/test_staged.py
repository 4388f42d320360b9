"""Plans of several years: renewal before growth, nobody twice, never above a year's money."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.planning.question import DECEMBER, MONTHS, WHOLE, PlanGroup, PlanQuestion, PlanRoom, Wish
from budgets.planning.recount import covered_people
from budgets.planning.solve import solve
from budgets.planning.staged import (
    YearAnswer,
    first_year_on_target,
    read_year,
    renewal_of,
    solve_years,
)

RATE = 16_800
YEAR = RATE * MONTHS


def group(need, rate=RATE, category="nelayan", **more):
    prices = {"apbd": (rate,) * MONTHS}
    return PlanGroup("36.72", category, (need,) * MONTHS, prices, least_months=12, **more)


def question(ceiling, *groups, **more):
    return PlanQuestion(groups=groups, ceilings={WHOLE: ceiling}, seconds=5.0, **more)


def test_people_reached_are_paid_first_and_the_rest_adds_others():
    """100, then 150, then 150 people's money, of 200 people."""
    years = solve_years(
        [question(people * YEAR, group(200)) for people in (100, 150, 150)], solve, Decimal(0)
    )
    told = [(sum(line.people for line in year.renewed), year.people, year.dropped) for year in years]
    assert told == [(0, 100, 0), (100, 150, 0), (150, 150, 0)]
    assert [year.rupiah for year in years] == [100 * YEAR, 150 * YEAR, 150 * YEAR]


def test_who_can_no_longer_be_paid_for_is_dropped_and_may_come_again():
    years = solve_years([question(people * YEAR, group(50)) for people in (40, 10, 50)], solve, Decimal(0))
    assert [(year.people, year.dropped) for year in years] == [(40, 0), (10, 30), (50, 0)]


def test_a_higher_rate_of_the_day_costs_more_for_the_same_people():
    years = solve_years(
        [question(100 * YEAR, group(200)), question(100 * YEAR, group(200, RATE * 2))], solve, Decimal(0)
    )
    assert [(year.people, year.dropped) for year in years] == [(100, 0), (50, 50)]


def test_those_who_leave_by_themselves_are_not_renewed():
    years = solve_years([question(100 * YEAR, group(200)) for _year in range(2)], solve, Decimal(10))
    assert sum(line.people for line in years[1].renewed) == 90
    assert (years[1].people, years[1].dropped) == (100, 0)


def test_renewal_asks_for_whole_years_and_knows_no_wish_but_those_carried():
    wish = Wish("floor", 1, (0,), DECEMBER, 30)
    asked = question(YEAR, group(200, first=6), wishes=(wish,), rooms=(PlanRoom("36.72", (1,) * MONTHS),))
    renewal = renewal_of(asked, {"36.72|nelayan": 7})
    (only,) = renewal.groups
    assert (only.need, only.first, only.least_months) == ((7,) * MONTHS, 0, MONTHS)
    assert (renewal.wishes, renewal.rooms) == ((), ())


def test_wishes_and_rooms_are_lowered_by_those_renewed():
    """A floor of 60 is met with 60 renewed; a room of 80 leaves 20 more."""
    room = PlanRoom("36.72", (80,) * MONTHS)
    wish = Wish("floor", 1, (0,), DECEMBER, 60)
    first = question(60 * YEAR, group(200))
    later = question(500 * YEAR, group(200), wishes=(wish,), rooms=(room,))
    years = solve_years([first, later], solve, Decimal(0))
    assert [year.people for year in years] == [60, 80]


def test_a_year_is_kept_as_json():
    (year,) = solve_years([question(3 * YEAR, group(5))], solve, Decimal(0))
    assert read_year(year.as_json()) == year == YearAnswer((), year.added, 0)


def test_the_target_holds_from_a_year_on_or_not_at_all():
    target = Decimal(50)
    assert first_year_on_target([Decimal(40), Decimal(51), Decimal(52)], target) == 1
    assert first_year_on_target([Decimal(51), Decimal(49), None], target) is None
    assert first_year_on_target([Decimal(51), Decimal(49), Decimal(50)], target) == 2


@settings(max_examples=60, deadline=None)
@given(
    needs=st.lists(st.integers(0, 30), min_size=1, max_size=3),
    rates=st.lists(st.integers(1, 5), min_size=3, max_size=3),
    money=st.lists(st.integers(0, 2_000), min_size=2, max_size=4),
)
def test_no_year_costs_more_than_it_has_and_nobody_is_planned_twice(needs, rates, money):
    groups = [
        group(need, rate, f"k{place}") for place, (need, rate) in enumerate(zip(needs, rates, strict=False))
    ]
    questions = [question(ceiling, *groups) for ceiling in money]
    years = solve_years(questions, solve, Decimal(0))
    again = solve_years(questions, solve, Decimal(0))
    assert years == again
    for year, ceiling in zip(years, money, strict=True):
        assert year.rupiah <= ceiling
        for place, one in enumerate(groups):
            lines = [line for line in year.lines if line.group == place]
            assert max(covered_people(lines)) <= one.need[0]
    for before, after in pairwise(years):
        renewed = sum(line.people for line in after.renewed)
        assert renewed + after.dropped == before.people
