"""What a person asks of a plan, as it is kept: sources, ceilings, wishes and assumptions."""

from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from budgets.planning.question import MONTHS, WHOLE, Goal

# The months of membership from which the death benefit is paid in full are a dated rule; this is only where
# no rule is in force.
LEAST_MONTHS = 1
_DECIMALS = ("churn", "growth", "price_change")


@dataclass(frozen=True)
class Base:
    """Coverage of a region as it stands: members of `month` and the workers they are divided by."""

    members: int
    workers: int
    month: str


@dataclass(frozen=True)
class PlanAsked:
    """`first` is the earliest month, 0 for January. `rate` replaces the tariff, in rupiah a month and person.

    `churn` and `growth` are percent a year: members who leave by themselves, and workers who are added.
    With `renews` those who are covered already are to be paid for by the plan too.
    """

    region: str
    year: int
    ceilings: dict[str, int]
    target: Decimal | None = None
    goal: Goal = Goal.PEOPLE
    first: int = 0
    least_months: int = LEAST_MONTHS
    categories: tuple[str, ...] = ()
    mandatory: tuple[str, ...] = ()
    floors: dict[str, int] = field(default_factory=dict)
    programmes: tuple[str, ...] = ("jkk", "jkm")
    renews: bool = False
    rate: int | None = None
    churn: Decimal = Decimal(0)
    growth: Decimal = Decimal(0)
    # Percent by which every price is changed, to see what the plan hangs on.
    price_change: Decimal = Decimal(0)
    seconds: float = 20.0
    # Ceilings of all sources by year, the first year's first; empty for a plan of one year.
    stages: tuple[int, ...] = ()
    # From which they were reckoned: a budget, its growth in percent a year, a share for each year.
    capacity: dict[str, Any] | None = None

    @property
    def is_staged(self) -> bool:
        return len(self.stages) > 1

    def of_year(self, place: int) -> "PlanAsked":
        """The question of one year of several. The target is where the years lead, no wish of each."""
        whole = {**self.ceilings, WHOLE: self.stages[place]}
        first = self.first if place == 0 else 0
        return replace(
            self, year=self.year + place, ceilings=whole, target=None, first=first, stages=(), capacity=None
        )

    @property
    def first_year(self) -> "PlanAsked":
        return self.of_year(0) if self.is_staged else self

    @property
    def months(self) -> int:
        return MONTHS - self.first

    def as_json(self) -> dict[str, Any]:
        told = asdict(self)
        decimals = {name: str(told[name]) for name in _DECIMALS}
        return {**told, **decimals, "target": None if self.target is None else str(self.target)}


def read_asked(told: dict[str, Any]) -> PlanAsked:
    tuples = {name: tuple(told[name]) for name in ("categories", "mandatory", "programmes")}
    tuples["stages"] = tuple(told.get("stages", ()))
    decimals = {name: Decimal(told[name]) for name in _DECIMALS if name in told}
    target = None if told["target"] is None else Decimal(told["target"])
    return PlanAsked(**{**told, **tuples, **decimals, "target": target, "goal": Goal(told["goal"])})
