"""What a solved plan is, recounted in whole people and whole rupiah."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    OPTIMAL = "optimal"
    # The time was up: a plan that holds, with the gap to what could not be excluded.
    LIMIT = "limit"
    # Not all wishes can be met; the plan is the nearest one.
    INFEASIBLE = "infeasible"
    # The time was up before any plan was found.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PlannedLine:
    """People of a group whom a source pays for from a month on; `group` is its place in the question."""

    group: int
    source: str
    first: int
    months: int
    people: int
    rupiah: int


@dataclass(frozen=True)
class Stage:
    """One search: what was sought, what was found, and how far from the best it may be."""

    name: str
    value: int
    gap: float
    seconds: float


@dataclass(frozen=True)
class Shortfall:
    """A wish that is not met: people wanted and people given."""

    wish: str
    wanted: int
    given: int


@dataclass(frozen=True)
class Conflict:
    """Wishes that cannot be met together, though all but any one of them could, and why.

    `ceilings`: those without which they could be met. `rupiah` is what meeting all wishes would cost
    without any ceiling, None where people or months are missing rather than money.
    """

    wishes: tuple[str, ...]
    ceilings: tuple[str, ...]
    rupiah: int | None


@dataclass(frozen=True)
class CurvePoint:
    """The goal at another ceiling."""

    ceiling: int
    value: int


@dataclass(frozen=True)
class PlanAnswer:
    """`objective` is people, months of cover or rupiah, as the goal says; `gap` is that of its search."""

    status: Status
    objective: int
    gap: float
    lines: tuple[PlannedLine, ...]
    # Covered by the plan in each month.
    people: tuple[int, ...]
    rupiah: int
    spent: dict[str, int]
    # Ceilings of which not enough is left for one more person whom they could pay for.
    binding: tuple[str, ...]
    # Groups of which nobody is left without cover in the month counted.
    covered: tuple[int, ...]
    stages: tuple[Stage, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    conflict: Conflict | None = None
    # Ceiling that binds → what one step more would add to the goal.
    more: dict[str, int] | None = None
    curve: tuple[CurvePoint, ...] = ()
