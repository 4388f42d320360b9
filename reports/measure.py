from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from reports.enums import Direction, Unit, Window
from reports.figures import Figure
from reports.quantities import Quantities


@dataclass(frozen=True)
class Measure:
    """`code` is cited in letters and reports, so it is never used again for something else."""

    code: str
    label: str | Promise
    meaning: str | Promise
    numerator: str | Promise
    denominator: str | Promise
    unit: Unit
    direction: Direction
    window: Window
    figures: Callable[[Quantities], Iterable[Figure]]
