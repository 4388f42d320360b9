"""The question of a plan with one thing changed: another ceiling of its curve, another value it hangs on."""

from collections.abc import Mapping
from dataclasses import replace

from budgets.models import Scenario
from budgets.planning.asked import PlanAsked, read_asked
from budgets.planning.codec import read_answer
from budgets.planning.outlook import in_proportion
from budgets.planning.question import WHOLE
from budgets.planning.swing import swings_of

_SIDES = {"rendah": "low", "tinggi": "high"}


def variant_of(scenario: Scenario, told: Mapping[str, str]) -> PlanAsked:
    """`kurva` is the place of a point of the curve, `asumsi` and `arah` an assumption and its side; whatever
    else is told leaves the question as it was."""
    asked = read_asked(scenario.asked)
    if told.get("kurva", "").isdecimal():
        return _at_point(scenario, asked, int(told["kurva"][:3]))
    side = _SIDES.get(told.get("arah", ""))
    for swing in swings_of(asked.first_year):
        if side and swing.assumption == told.get("asumsi"):
            changed: PlanAsked = getattr(swing, side)
            return replace(
                changed,
                ceilings=asked.ceilings,
                target=asked.target,
                stages=asked.stages,
                capacity=asked.capacity,
            )
    return asked


def _at_point(scenario: Scenario, asked: PlanAsked, place: int) -> PlanAsked:
    """All ceilings changed alike, as the curve was reckoned."""
    curve = read_answer(scenario.answer).curve if scenario.answer else ()
    whole = asked.ceilings.get(WHOLE, sum(most for most in asked.ceilings.values() if most >= 0))
    if place >= len(curve) or whole <= 0:
        return asked
    to = curve[place].ceiling
    ceilings = {
        source: most if most < 0 else in_proportion(most, to, whole)
        for source, most in asked.ceilings.items()
    }
    return replace(asked, ceilings=ceilings, stages=(), capacity=None)
