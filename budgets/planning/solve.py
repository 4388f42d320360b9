"""Answers a question of planning: one goal after the other, and where wishes clash the nearest plan."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from time import monotonic

from budgets.planning.answer import CurvePoint, PlanAnswer, Shortfall, Stage, Status
from budgets.planning.columns import PlanColumn
from budgets.planning.conflict import conflict_of
from budgets.planning.programme import PlanProgramme
from budgets.planning.question import MONTHS, WHOLE, Goal, PlanQuestion
from budgets.planning.recount import covered_groups, covered_people, lines_of, spent_of
from budgets.planning.rows import ProgrammeRow
from budgets.planning.search import Search, SearchFound

# What comes after the first goal takes at most this share of the time: it only chooses between equals.
_SHARE = 0.2
# Below so many columns equal plans are told apart by the order of regions and categories.
_FEW = 4000
_ORDERS = {
    Goal.PEOPLE: ("people", "months", "rupiah"),
    Goal.MONTHS: ("months", "people", "rupiah"),
    Goal.COST: ("rupiah", "months"),
}
Told = Callable[[Stage], None]


def solve(question: PlanQuestion, told: Told = lambda _stage: None) -> PlanAnswer:
    """Never more than a ceiling, never more people than are left; the same question has the same answer."""
    programme = PlanProgramme.of(question, monotonic() + question.seconds)
    rows = [*programme.fixed, *programme.limits.values(), *programme.wishes]
    found = _in_order(programme, rows, _ORDERS[question.goal], told)
    if found is None:
        return _answer(programme, None)
    if found.is_infeasible:
        return _nearest(programme, told)
    return _answer(programme, found)


def enriched(question: PlanQuestion, answer: PlanAnswer) -> PlanAnswer:
    """The same with what one step more would add and with other ceilings, as far as the time allows."""
    if answer.status not in {Status.OPTIMAL, Status.LIMIT}:
        return answer
    ends = monotonic() + question.seconds
    return replace(answer, more=_more(question, answer, ends), curve=tuple(_curve(question, ends)))


def _in_order(
    programme: PlanProgramme, rows: list[ProgrammeRow], names: Sequence[str], told: Told
) -> SearchFound | None:
    """Each goal as far as those before it leave it open; None where the time was up before any plan."""
    best: SearchFound | None = None
    gap = programme.question.gap
    if len(programme.columns) <= _FEW:
        names = (*names, "order")
    for name in names:
        if best is not None and programme.seconds < 0.2:
            break
        began = monotonic()
        weights = programme.weights(name)
        found = programme.search(
            weights, rows, gap=gap, seconds=programme.question.seconds * _SHARE if best else None
        )
        if found.is_infeasible and best is None:
            return found
        if found.values is None:
            if best is None:
                return None
            break
        value = _sum(weights, found.values)
        if best is not None and best.values is not None:
            # A search that ends early may come back with less than was known already.
            before = _sum(weights, best.values)
            if value < before:
                found, value = replace(found, values=best.values), before
        shown = -value * programme.scale if name == "rupiah" else abs(value)
        stage = Stage(name, shown, found.gap, monotonic() - began)
        programme.stages.append(stage)
        told(stage)
        best = found
        rows = [*rows, ProgrammeRow(value, float("inf"), tuple(enumerate(weights)))]
    return best


def _sum(weights: Sequence[float], values: Sequence[int]) -> int:
    return round(sum(weight * value for weight, value in zip(weights, values, strict=True)))


def _nearest(programme: PlanProgramme, told: Told) -> PlanAnswer:
    """The plan that misses the fewest people of the wishes, the most binding ones first."""
    question = programme.question
    rows = [*programme.fixed, *programme.limits.values()]
    given: list[ProgrammeRow] = []
    for order in sorted({wish.order for wish in question.wishes}):
        asked = [
            row for wish, row in zip(question.wishes, programme.wishes, strict=True) if wish.order == order
        ]
        given += _missed_least(programme, [*rows, *given], asked)
    found = _in_order(programme, [*rows, *given], _ORDERS[question.goal], told)
    answer = _answer(programme, found if found and not found.is_infeasible else None)
    covered = [
        covered_people([line for line in answer.lines if line.group in wish.groups])[wish.month]
        for wish in question.wishes
    ]
    shortfalls = tuple(
        Shortfall(wish.key, wish.people, people)
        for wish, people in zip(question.wishes, covered, strict=True)
        if people < wish.people
    )
    return replace(answer, status=Status.INFEASIBLE, shortfalls=shortfalls, conflict=conflict_of(programme))


def _missed_least(
    programme: PlanProgramme, rows: list[ProgrammeRow], asked: list[ProgrammeRow]
) -> list[ProgrammeRow]:
    """The wishes of one order lowered by the fewest people that together make them possible."""
    size = len(programme.columns)
    upper = [*(column.most for column in programme.columns), *(row.lower for row in asked)]
    elastic = [
        ProgrammeRow(row.lower, row.upper, (*row.entries, (size + place, 1)))
        for place, row in enumerate(asked)
    ]
    weights = [0] * size + [-1] * len(asked)
    found = Search(upper, [*rows, *elastic], weights, programme.seconds, programme.question.gap).run()
    if found.values is None:
        return []
    missed = found.values[size:]
    return [replace(row, lower=row.lower - short) for row, short in zip(asked, missed, strict=True)]


def _answer(programme: PlanProgramme, found: SearchFound | None) -> PlanAnswer:
    question, columns = programme.question, programme.columns
    if found is None or found.values is None:
        zeros = (0,) * MONTHS
        return PlanAnswer(Status.UNKNOWN, 0, 1.0, (), zeros, 0, {}, (), (), tuple(programme.stages))
    lines = lines_of(columns, found.values)
    spent = spent_of(lines)
    people = covered_people(lines)
    first = programme.stages[0] if programme.stages else Stage("people", 0, 0.0, 0.0)
    return PlanAnswer(
        status=Status.OPTIMAL if first.gap <= 0 else Status.LIMIT,
        objective=first.value,
        gap=first.gap,
        lines=lines,
        people=people,
        rupiah=sum(spent.values()),
        spent=spent,
        binding=_binding(question, columns, found.values, spent),
        covered=covered_groups(question, lines),
        stages=tuple(programme.stages),
    )


def _binding(
    question: PlanQuestion, columns: Sequence[PlanColumn], values: Sequence[int], spent: dict[str, int]
) -> tuple[str, ...]:
    """Ceilings of which less is left than one more person costs, or one more month where all are covered."""
    covered = covered_groups(question, lines_of(columns, values))
    full = set(covered_groups(replace(question, month=0), lines_of(columns, values)))
    found = []
    for source, rupiah in question.ceilings.items():
        left = rupiah - (sum(spent.values()) if source == WHOLE else spent.get(source, 0))
        payable = [column for column in columns if source in {WHOLE, column.source}]
        costs = [column.cost for column in payable if column.group not in covered]
        months = [
            price
            for column in payable
            if column.group in covered and column.group not in full
            for price in question.groups[column.group].prices[column.source]
            if price
        ]
        if (costs or months) and left < min([*costs, *months]):
            found.append(source)
    return tuple(found)


def _more(question: PlanQuestion, answer: PlanAnswer, ends: float) -> dict[str, int] | None:
    """What each ceiling that binds would add if it were a step higher. Prices of an integer programme are no
    duals: it is asked again. A search that ended too early says nothing."""
    if not question.step:
        return None
    found = {}
    for source in answer.binding:
        higher = {**question.ceilings, source: question.ceilings[source] + question.step}
        if (value := _value(higher, question, ends)) is not None:
            found[source] = max(0, value - answer.objective)
    return found


def _curve(question: PlanQuestion, ends: float) -> Iterator[CurvePoint]:
    for factor in question.curve:
        scaled = {source: round(rupiah * factor) for source, rupiah in question.ceilings.items()}
        whole = scaled.get(WHOLE, sum(scaled.values()))
        if (value := _value(scaled, question, ends)) is not None:
            yield CurvePoint(whole, value)


def _value(ceilings: dict[str, int], question: PlanQuestion, ends: float) -> int | None:
    """The goal alone at other ceilings; wishes that they cannot meet are left out. None where time is up."""
    if ends <= monotonic():
        return None
    programme = PlanProgramme.of(replace(question, ceilings=ceilings), ends)
    weights = programme.weights(_ORDERS[question.goal][0])
    rows = [*programme.fixed, *programme.limits.values()]
    found = programme.search(weights, [*rows, *programme.wishes], gap=question.gap)
    if found.is_infeasible:
        found = programme.search(weights, rows, gap=question.gap)
    return None if found.values is None else abs(_sum(weights, found.values))
