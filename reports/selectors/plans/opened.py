"""A month and a ceiling of a plan, opened: the lines and the coverage of which their numbers are made."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budgets.models import FundingRule, Scenario
from budgets.planning.asked import Base
from budgets.planning.outlook import members_by_month, workers_by_month
from budgets.planning.question import MONTHS, WHOLE
from budgets.selectors.planning.price import PriceBook
from regions.errors import OutsideScope
from regions.models import Region
from regions.month import parse_month
from reports.selectors.plans.shown import ShownCeiling, ShownLine, ShownMonth, ShownPlan

# A ceiling of all sources has no code of its own.
WHOLE_WORD = "semua"


@dataclass(frozen=True)
class ShownBase:
    """Coverage of one region on which the outlook rests, and the month of whose board it is."""

    region: Region
    base: Base

    @property
    def month(self) -> date:
        return parse_month(self.base.month)


@dataclass(frozen=True)
class OpenedMonth:
    """`members` and `workers` are those of the month by the plan's assumptions, the plan left out."""

    shown: ShownMonth
    month: date
    bases: list[ShownBase]
    members: int
    workers: int
    lines: list[ShownLine]

    @property
    def members_today(self) -> int:
        return sum(one.base.members for one in self.bases)

    @property
    def workers_today(self) -> int:
        return sum(one.base.workers for one in self.bases)

    @property
    def planned(self) -> int:
        return sum(one.line.people for one in self.lines)

    @property
    def covered(self) -> int:
        """Nobody is counted beyond the workers there are."""
        return min(self.members + self.planned, self.workers)

    @property
    def is_capped(self) -> bool:
        return self.members + self.planned > self.workers

    @property
    def rate(self) -> Decimal | None:
        return self.shown.edited


@dataclass(frozen=True)
class OpenedCeiling:
    shown: ShownCeiling
    lines: list[ShownLine]
    rule: FundingRule | None

    @property
    def spent(self) -> int:
        return sum(one.line.rupiah for one in self.lines)


def opened_month(scenario: Scenario, plan: ShownPlan | None, place: int) -> OpenedMonth:
    """`place` is 0 for January. Raises OutsideScope."""
    if plan is None or not 0 <= place < MONTHS:
        raise OutsideScope(str(place))
    asked = plan.result.asked
    told = {code: Base(**one) for code, one in scenario.inputs["bases"].items()}
    regions = Region.objects.in_bulk(told, field_name="code")
    bases = list(told.values())
    return OpenedMonth(
        shown=plan.months[place],
        month=date(scenario.year, place + 1, 1),
        bases=[ShownBase(regions[code], base) for code, base in sorted(told.items())],
        members=members_by_month(asked, bases)[place],
        workers=workers_by_month(asked, bases)[place],
        lines=[
            one
            for one in plan.lines
            if one.line.people and one.line.first <= place < one.line.first + one.line.months
        ],
    )


def opened_ceiling(scenario: Scenario, plan: ShownPlan | None, word: str) -> OpenedCeiling:
    """Raises OutsideScope where the plan asks for no such ceiling."""
    code = WHOLE if word == WHOLE_WORD else word
    shown = next((one for one in plan.ceilings if one.code == code), None) if plan else None
    if plan is None or shown is None:
        raise OutsideScope(word)
    lines = [one for one in plan.lines if one.line.people and code in {WHOLE, one.line.source}]
    rule = None
    if code != WHOLE:
        rule = PriceBook.load(scenario.year, [code]).rule_of(code, date(scenario.year, 1, 1))
    return OpenedCeiling(shown, lines, rule)
