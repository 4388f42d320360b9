"""Plans against every plan there is: small questions are tried out whole, the solver has to say the same."""

import json
from io import StringIO
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.planning.answer import PlanAnswer, Status
from budgets.planning.codec import write_answer
from budgets.planning.columns import PlanColumn, columns_of
from budgets.planning.process import read_told
from budgets.planning.question import MONTHS, WHOLE, Goal, PlanGroup, PlanQuestion, PlanRoom, Wish
from budgets.planning.solve import enriched, solve

_SOURCES = ("apbd", "csr")
_LAST = 5


@st.composite
def questions(draw: st.DrawFn) -> PlanQuestion:
    """At most four categories, six months, two sources, two people each."""
    groups = []
    for place in range(draw(st.integers(1, 4))):
        people = draw(st.integers(0, 2))
        later = draw(st.integers(0, people))
        turn = draw(st.integers(0, _LAST))
        need = tuple(people if month < turn else later for month in range(MONTHS))
        prices = {}
        for source in _SOURCES:
            rupiah = draw(st.sampled_from([10, 7, 12]))
            until = draw(st.sampled_from([_LAST, _LAST, 3]))
            if draw(st.booleans()):
                prices[source] = tuple(rupiah if month <= until else None for month in range(MONTHS))
        least = draw(st.integers(1, 3))
        groups.append(PlanGroup("36.72", f"c{place}", need, prices, draw(st.integers(0, 2)), _LAST, least))
    ceilings = {key: draw(st.integers(0, 250)) for key in (WHOLE, *_SOURCES) if draw(st.booleans())}
    everyone = tuple(range(len(groups)))
    wishes = tuple(
        Wish(f"w{number}", number, draw(st.sampled_from([everyone, (0,)])), _LAST, draw(st.integers(0, 5)))
        for number in range(draw(st.integers(0, 2)))
    )
    rooms = (PlanRoom("36.72", (draw(st.integers(0, 6)),) * MONTHS),) if draw(st.booleans()) else ()
    goal = draw(st.sampled_from(list(Goal)))
    return PlanQuestion(tuple(groups), ceilings, goal, wishes, rooms, month=_LAST)


# Covered by group in the month counted, covered by month of all, spent by source, months of cover.
_Plan = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], int]


def _options(question: PlanQuestion, place: int) -> set[_Plan]:
    """Every way to cover none, some or all of a group."""
    columns = [
        column
        for column in columns_of(PlanQuestion(question.groups, {}, month=question.month))
        if column.group == place
    ]
    need = question.groups[place].need
    found = set()
    # One source may go on where another ends, so that there are more beginnings than people.
    for number in range(2 * max(need) + 1):
        for chosen in combinations_with_replacement(columns, number):
            by_month = _by_month(chosen)
            if all(covered <= left for covered, left in zip(by_month, need, strict=True)):
                spent = tuple(sum(one.cost for one in chosen if one.source == key) for key in _SOURCES)
                found.add(((by_month[_LAST],), by_month, spent, sum(one.months for one in chosen)))
    return found


def _by_month(chosen: tuple[PlanColumn, ...]) -> tuple[int, ...]:
    return tuple(sum(column.covers(month) for column in chosen) for month in range(MONTHS))


def _add(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _all_plans(question: PlanQuestion) -> set[_Plan]:
    plans: set[_Plan] = {((), (0,) * MONTHS, (0, 0), 0)}
    limits = [question.ceilings.get(key, 10**9) for key in _SOURCES]
    whole = question.ceilings.get(WHOLE, 10**9)
    room = question.rooms[0].people if question.rooms else (10**9,) * MONTHS
    for place in range(len(question.groups)):
        options = _options(question, place)
        grown = set()
        for people, by_month, spent, months in plans:
            for its_people, its_months, its_spent, its_length in options:
                both, money = _add(by_month, its_months), _add(spent, its_spent)
                if sum(money) > whole or any(m > limit for m, limit in zip(money, limits, strict=True)):
                    continue
                if all(covered <= most for covered, most in zip(both, room, strict=True)):
                    grown.add((people + its_people, both, money, months + its_length))
        plans = grown
    return plans


def _meets(question: PlanQuestion, plan: _Plan) -> bool:
    return all(sum(plan[0][place] for place in wish.groups) >= wish.people for wish in question.wishes)


def _key(goal: Goal, plan: _Plan) -> tuple[int, ...]:
    people, months, rupiah = sum(plan[0]), plan[3], sum(plan[2])
    return {
        Goal.PEOPLE: (people, months, -rupiah),
        Goal.MONTHS: (months, people, -rupiah),
        Goal.COST: (-rupiah, months),
    }[goal]


def _of(question: PlanQuestion, answer: PlanAnswer) -> _Plan:
    people = [0] * len(question.groups)
    for line in answer.lines:
        if line.first <= question.month < line.first + line.months:
            people[line.group] += line.people
    spent = tuple(answer.spent.get(key, 0) for key in _SOURCES)
    return tuple(people), answer.people, spent, sum(line.people * line.months for line in answer.lines)


@settings(max_examples=600, deadline=None)
@given(questions())
def test_no_plan_is_better_than_the_solvers(question: PlanQuestion) -> None:
    answer = solve(question)
    plans = _all_plans(question)
    plan = _of(question, answer)
    assert plan in plans, "more than a ceiling, a need or a room"
    possible = [one for one in plans if _meets(question, one)]
    if not possible:
        assert answer.status == Status.INFEASIBLE
        assert {short.wish for short in answer.shortfalls} == {
            wish.key for wish in question.wishes if sum(plan[0][place] for place in wish.groups) < wish.people
        }
        missed = [wish.people for wish in question.wishes]
        assert _missed(question, plan) == min(_missed(question, one) for one in plans), missed
        return
    assert answer.status == Status.OPTIMAL
    assert _key(question.goal, plan) == max(_key(question.goal, one) for one in possible)


def _missed(question: PlanQuestion, plan: _Plan) -> tuple[int, ...]:
    """People missing to the wishes, the most binding wish first."""
    return tuple(
        max(0, wish.people - sum(plan[0][place] for place in wish.groups)) for wish in question.wishes
    )


def _greedy(question: PlanQuestion) -> int:
    """What a careful person does by hand: the cheapest beginning first, as many as there is money for."""
    columns = sorted(columns_of(question), key=lambda column: (column.cost, column.group))
    covered = {place: [0] * MONTHS for place in range(len(question.groups))}
    left = dict(question.ceilings)
    total = 0
    for column in columns:
        while column.covers(question.month):
            span = range(column.first, column.last + 1)
            need = question.groups[column.group].need
            full = any(covered[column.group][month] >= need[month] for month in span)
            if full or any(left[key] < column.cost for key in (WHOLE, column.source) if key in left):
                break
            for month in span:
                covered[column.group][month] += 1
            for key in (WHOLE, column.source):
                if key in left:
                    left[key] -= column.cost
            total += 1
    return total


@settings(max_examples=300, deadline=None)
@given(questions())
def test_taking_the_cheapest_first_is_never_better(question: PlanQuestion) -> None:
    plain = PlanQuestion(question.groups, question.ceilings, month=question.month)
    assert solve(plain).objective >= _greedy(plain)


def _year(people: int, rupiah: int = 16_800, **more: object) -> PlanGroup:
    return PlanGroup("36.72", "nelayan", (people,) * MONTHS, {"apbd": (rupiah,) * MONTHS}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("people", "first", "ceiling", "covered", "rupiah"),
    [
        (15_000, 0, 3_024_000_000, 15_000, 3_024_000_000),
        (4_400, 3, 739_122_000, 4_400, 665_280_000),
        (4_400, 2, 739_122_000, 4_399, 739_032_000),
        (13_021, 9, 656_258_400, 13_021, 656_258_400),
    ],
)
def test_sums_that_offices_have_published(
    people: int, first: int, ceiling: int, covered: int, rupiah: int
) -> None:
    """Ten months of 4,400 people cost 739,200,000, which is 78,000 more than there was: one goes without."""
    group = _year(people, first=first, least_months=MONTHS - first)
    answer = solve(PlanQuestion((group,), {WHOLE: ceiling}))
    assert (answer.status, answer.objective, answer.rupiah) == (Status.OPTIMAL, covered, rupiah)


def test_the_cheaper_of_two_sources_pays() -> None:
    """HiGHS 1.16 called the dearer one optimal when it was given the plan before as its start."""
    half = (None,) * 6
    groups = (
        PlanGroup(
            "36.72", "c0", (1,) * MONTHS, {"apbd": (10,) * 6 + half, "csr": (7,) * 6 + half}, last=_LAST
        ),
        PlanGroup("36.72", "c1", (1,) * MONTHS, {"csr": (10,) * 6 + half}, last=_LAST),
    )
    assert solve(PlanQuestion(groups, {}, month=_LAST)).rupiah == 6 * 7 + 6 * 10


def test_a_target_beyond_the_money_says_what_it_would_cost() -> None:
    question = PlanQuestion(
        (_year(15_000, least_months=12),),
        {"apbd": 2_000_000_000},
        wishes=(Wish("target", 2, (0,), 11, 15_000),),
    )
    answer = solve(question)
    assert answer.status == Status.INFEASIBLE
    assert [(short.wanted, short.given) for short in answer.shortfalls] == [(15_000, 9_920)]
    assert answer.conflict is not None
    assert answer.conflict.wishes == ("target",)
    assert answer.conflict.ceilings == ("apbd",)
    assert answer.conflict.rupiah == 3_024_000_000


def test_one_step_more_and_the_curve_are_plans_of_their_own() -> None:
    group = _year(100, rupiah=10_000, least_months=12)
    question = PlanQuestion((group,), {WHOLE: 1_200_000}, step=1_000_000, curve=(0.5, 1, 2, 20))
    answer = enriched(question, solve(question))
    assert answer.objective == 10
    assert answer.more == {WHOLE: 8}
    assert [(point.ceiling, point.value) for point in answer.curve] == [
        (600_000, 5),
        (1_200_000, 10),
        (2_400_000, 20),
        (24_000_000, 100),
    ]


def test_who_is_killed_over_the_rest_has_told_the_plan_already() -> None:
    answer = solve(PlanQuestion((_year(10),), {WHOLE: 10**9}))
    lines = ["Running HiGHS", json.dumps({"answer": write_answer(answer)})]
    heard: list[object] = []
    assert read_told(StringIO("\n".join(lines)), heard.append) == answer
    assert read_told(StringIO("Running HiGHS\n"), heard.append) is None


def test_the_same_question_has_the_same_answer() -> None:
    groups = tuple(
        PlanGroup("36.72", f"c{n}", (50,) * MONTHS, {"apbd": (10_000,) * MONTHS}) for n in range(6)
    )
    question = PlanQuestion(groups, {WHOLE: 1_234_567})
    assert solve(question).lines == solve(question).lines
