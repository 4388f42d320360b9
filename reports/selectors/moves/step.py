"""What a figure changed by between two months, step by step: the steps add up exactly to the change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise


@dataclass(frozen=True)
class MoveStep:
    """One cause. `people` is what it moved the numerator by, `workers` the denominator (0 where none).

    `region` is the one below whose own change it is, empty where it is of the region itself. Percentages are
    exact fractions; `effect` is what the step moved the figure by. `short` is what a drawing calls it where
    the label is a sentence.
    """

    kind: str
    label: str | Promise
    people: int = 0
    workers: int = 0
    region: str = ""
    effect: Fraction = Fraction(0)
    short: str = ""


@dataclass(frozen=True)
class Move:
    """A figure before and after, and the steps between. `why_not` says why there are none."""

    code: str
    before: Fraction | None
    after: Fraction | None
    steps: tuple[MoveStep, ...] = ()
    why_not: str = ""

    @property
    def change(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def adds_up(self) -> bool:
        return sum((step.effect for step in self.steps), Fraction(0)) == self.change


def percent_of(members: int, workers: int) -> Fraction:
    """Between two steps nobody may be left: nothing of nothing is nothing."""
    return Fraction(members * 100, workers) if workers else Fraction(0)


def decimal_of(exact: Fraction) -> Decimal:
    """For showing only."""
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def rated(code: str, members: int, workers: int, steps: Iterable[MoveStep]) -> Move:
    """A quotient: each step is worth the difference that it makes after those before it."""
    before = rate = percent_of(members, workers)
    told: list[MoveStep] = []
    for step in steps:
        members, workers = members + step.people, workers + step.workers
        after = percent_of(members, workers)
        told.append(_with_effect(step, after - rate))
        rate = after
    return Move(code, before, rate, tuple(told))


def counted(code: str, before: int, steps: Sequence[MoveStep]) -> Move:
    """A number: each step is worth what it moved it by."""
    told = tuple(_with_effect(step, Fraction(step.people)) for step in steps)
    return Move(code, Fraction(before), Fraction(before + sum(step.people for step in steps)), told)


def _with_effect(step: MoveStep, effect: Fraction) -> MoveStep:
    return replace(step, effect=effect)
