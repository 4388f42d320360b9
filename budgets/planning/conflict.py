"""Which wishes contradict each other, found by leaving one out after the other.

HiGHS explains contradictions of the relaxation only; whole people can contradict each other where parts of
people would not, and the few wishes of a plan are quickly tried.
"""

from budgets.planning.answer import Conflict
from budgets.planning.programme import PlanProgramme

# More wishes than these are not tried one by one: the plan and its shortfalls are shown without the reason.
_MOST = 80


def conflict_of(programme: PlanProgramme) -> Conflict | None:
    if len(programme.wishes) > _MOST:
        return None
    kept = list(range(len(programme.wishes)))
    for place in list(kept):
        without = [other for other in kept if other != place]
        if not _can_be_met(programme, without):
            kept = without
    clashing = tuple(source for source in programme.limits if _can_be_met(programme.without(source), kept))
    names = tuple(programme.question.wishes[place].key for place in kept)
    return Conflict(names, clashing, _cost_of_all(programme.without(*programme.question.ceilings)))


def _can_be_met(programme: PlanProgramme, wishes: list[int]) -> bool:
    rows = [*programme.fixed, *programme.limits.values(), *(programme.wishes[place] for place in wishes)]
    return not programme.search([0] * len(programme.columns), rows).is_infeasible


def _cost_of_all(free: PlanProgramme) -> int | None:
    """What all wishes would cost if money were no question."""
    found = free.search(free.weights("rupiah"), [*free.fixed, *free.wishes], gap=free.question.gap)
    if found.values is None:
        return None
    return sum(column.cost * value for column, value in zip(free.columns, found.values, strict=True))
