"""What a plan is asked: groups of people without cover, prices, ceilings, and wishes that a plan has to meet.

Months of a year are numbered from 0, January, to 11, December. Rupiah and people are whole numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MONTHS = 12
DECEMBER = MONTHS - 1
# The name under which the ceiling of all sources of funds together is known.
WHOLE = ""


class Goal(StrEnum):
    """What is sought first; what it leaves open is decided by the others in turn."""

    # Most people with cover in the month of the target, then the most months, then the least rupiah.
    PEOPLE = "people"
    # Most months of cover of all people, then the most people, then the least rupiah.
    MONTHS = "months"
    # Least rupiah with which all wishes are met, then the most months for that money.
    COST = "cost"


@dataclass(frozen=True)
class PlanGroup:
    """People of one category in one region who are not covered, by month, and what one of them costs.

    `prices`: source of funds → rupiah of each month, None where it may not pay or the price is unknown.
    Whoever begins is paid for to the `last` month, and for no fewer than `least_months`.
    """

    region: str
    category: str
    need: tuple[int, ...]
    prices: Mapping[str, tuple[int | None, ...]]
    first: int = 0
    last: int = DECEMBER
    least_months: int = 1

    @property
    def key(self) -> str:
        return f"{self.region}|{self.category}"


@dataclass(frozen=True)
class Wish:
    """At least so many people of these groups (by their place in the question) covered in a month.

    Where not all wishes can be met, those of the smaller `order` are met first.
    """

    key: str
    order: int
    groups: tuple[int, ...]
    month: int
    people: int


@dataclass(frozen=True)
class PlanRoom:
    """No more than so many people of a region in each month: workers who are not covered at all.

    Somebody may belong to two categories and is counted once.
    """

    region: str
    people: tuple[int, ...]


@dataclass(frozen=True)
class PlanQuestion:
    groups: tuple[PlanGroup, ...]
    # Source of funds, or WHOLE → rupiah of the year.
    ceilings: Mapping[str, int]
    goal: Goal = Goal.PEOPLE
    wishes: tuple[Wish, ...] = ()
    rooms: tuple[PlanRoom, ...] = ()
    # The month whose people are counted.
    month: int = DECEMBER
    # Seconds for everything, and the relative gap at which a search may end.
    seconds: float = 20.0
    gap: float = 0.0
    # Rupiah by which each ceiling that binds is raised, to see what that would buy; 0 to leave it.
    step: int = 0
    # Multiples of the ceilings for which the goal is asked as well.
    curve: tuple[float, ...] = ()
