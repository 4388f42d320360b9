"""What events brought beyond places without one: randomisation inference for few places.

Of each event there is what changed in its place, from the months before to the months after, and what changed
meanwhile in places like it. Had the event done nothing, it might as well have been any of them. So the sum
of all differences is held against the same sum for every such choice (or for many drawn by a fixed seed):
no distribution is assumed, and where places are too few nothing can be concluded, which is said. For the
interval an effect is taken away before; what is put on another place instead varies as counts do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.05
# Up to so many choices all are tried; beyond, so many are drawn.
_ALL, _DRAWN = 20_000, 19_999
# Fixed, so that the same figures give the same answer tomorrow.
_SEED = 90
_FARTHEST, _NEAR, _SAME = 1e7, 0.005, 1e-9

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """One event: people who began after it less those before it, in its place and in each compared one."""

    own: int
    others: tuple[int, ...]

    @property
    def difference(self) -> float:
        """Beyond the mean of the compared places."""
        return self.own - sum(self.others) / len(self.others)


@dataclass(frozen=True)
class Estimate:
    """People per event beyond compared places, with an interval of 95 percent; None where it has no end."""

    events: int
    per_event: float
    low: float | None
    high: float | None
    chance: float
    # The smallest that `chance` can be with so few places.
    least_chance: float

    @property
    def can_tell(self) -> bool:
        return self.least_chance <= LEVEL

    @property
    def is_found(self) -> bool:
        """Whether chance alone would hardly do this."""
        return self.can_tell and self.chance <= LEVEL

    @property
    def is_more(self) -> bool:
        return self.is_found and self.per_event > 0


def estimate(trials: Sequence[Trial]) -> Estimate | None:
    """None without an event that has places to compare."""
    told = [trial for trial in trials if trial.others]
    if not told:
        return None
    observed, events = sum(trial.difference for trial in told), len(told)
    tested = _Test(_choices(told), observed, events)
    per_event = observed / events
    least = prod(1 / (len(trial.others) + 1) for trial in told)
    ends: tuple[float | None, float | None] = (None, None)
    if least <= LEVEL:
        ends = (tested.end(per_event, -1.0), tested.end(per_event, 1.0))
    return Estimate(events, per_event, *ends, chance=tested.chance(0.0), least_chance=least)


@dataclass(frozen=True)
class _Choices:
    """For each choice of one place per event the sum of differences, how an effect of one person moves it,
    and what chance adds to it for each root of such an effect."""

    sums: Numbers
    slopes: Numbers
    spread: Numbers
    is_whole: bool


@dataclass(frozen=True)
class _Test:
    choices: _Choices
    observed: float
    events: int

    def chance(self, effect: float) -> float:
        """Share of choices as far from nought as what was observed, once the effect is taken away."""
        left = abs(self.observed - self.events * effect)
        told = self.choices
        sums = told.sums + effect * told.slopes + abs(effect) ** 0.5 * told.spread
        far = int(np.count_nonzero(np.abs(sums) >= left - _SAME))
        return far / len(sums) if told.is_whole else (far + 1) / (len(sums) + 1)

    def end(self, start: float, direction: float) -> float | None:
        """How far from the estimate an effect may lie before it is refused."""
        step, kept = 1.0, start
        while self.chance(start + direction * step) > LEVEL:
            kept, step = start + direction * step, step * 2
            if step > _FARTHEST:
                return None
        refused = start + direction * step
        while abs(refused - kept) > _NEAR:
            middle = (refused + kept) / 2
            if self.chance(middle) > LEVEL:
                kept = middle
            else:
                refused = middle
        return kept


def _choices(trials: Sequence[Trial]) -> _Choices:
    columns = [_as_if_chosen(trial) for trial in trials]
    slopes = [_slopes(trial) for trial in trials]
    # Whether another place than its own is chosen for an event.
    elsewhere = [np.where(slope > 0, 1.0, 0.0) for slope in slopes]
    drawn = np.random.default_rng(_SEED)
    choices = prod(len(column) for column in columns)
    is_whole = choices <= _ALL
    if is_whole:
        # Each choice as often as another; often, so that what chance adds is well spread.
        again = -(-_ALL // choices)
        told = [np.tile(_all_sums(one), again) for one in (columns, slopes, elsewhere)]
    else:
        places = [drawn.integers(len(column), size=_DRAWN) for column in columns]
        told = [_sums_at(one, places) for one in (columns, slopes, elsewhere)]
    sums, moved, others = told
    return _Choices(sums, moved, np.sqrt(others) * drawn.standard_normal(len(sums)), is_whole)


def _as_if_chosen(trial: Trial) -> Numbers:
    """The difference of each place from the mean of the rest, the event's own first."""
    changes = np.array([trial.own, *trial.others], dtype=np.float64)
    rest = len(trial.others)
    differences: Numbers = ((rest + 1) * changes - changes.sum()) / rest
    return differences


def _slopes(trial: Trial) -> Numbers:
    """What taking one person from the event's own place does to each of these differences."""
    slopes = np.full(len(trial.others) + 1, 1 / len(trial.others))
    slopes[0] = -1.0
    return slopes


def _all_sums(columns: Sequence[Numbers]) -> Numbers:
    sums: Numbers = np.zeros(1)
    for column in columns:
        sums = np.add.outer(sums, column).ravel()
    return sums


def _sums_at(columns: Sequence[Numbers], places: Sequence[NDArray[np.int64]]) -> Numbers:
    found: Numbers = np.sum([column[at] for column, at in zip(columns, places, strict=True)], axis=0)
    return found
