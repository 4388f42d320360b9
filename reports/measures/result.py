"""What a measure makes of the quantities of a region and month, before it is stored.

Measures add and subtract; what they divide is divided by the generated column of `MeasureValue`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models.enums import Choices
from django.utils.translation import get_language

from reports.measures.quantities import Amount, Quantities


@dataclass(frozen=True)
class MeasureResult:
    """One value before it is stored; `basis` fills the definition's blanks.

    `missing` are the segments that it still lacks, `partial` the regions below that were left out because
    theirs is no whole: see CoveragePair.
    """

    numerator: int
    denominator: int | None = None
    segment: str = ""
    category: str = ""
    funding: str = ""
    target: str = ""
    variant: str = ""
    reported: int | None = None
    expected: int | None = None
    basis: str = ""
    missing: tuple[str, ...] = ()
    partial: int = 0


def label_of(kind: Choices) -> str:
    """What a kind is called, looked up once in each language: a rebuild says it a million times."""
    return _label(kind, get_language())


@lru_cache(maxsize=1024, typed=True)  # two kinds may have members of one value
def _label(kind: Choices, _language: str | None) -> str:
    return str(kind.label)


def result_of(
    amount: Amount,
    *,
    value: int | None = None,
    denominator: int | None = None,
    basis: str = "",
    **dimensions: Any,
) -> MeasureResult:
    return MeasureResult(
        numerator=amount.value if value is None else value,
        denominator=denominator,
        reported=amount.reported,
        expected=amount.expected,
        basis=basis,
        **dimensions,
    )


def total_of(q: Quantities, name: str) -> MeasureResult:
    """The sum of all cells of one quantity."""
    amounts: Mapping[object, Amount] = getattr(q, name)
    reported, expected = q.reporters.get(name, (None, None))
    whole = sum(amount.value for amount in amounts.values())
    return MeasureResult(whole, reported=reported, expected=expected)


def weaker(one: MeasureResult, other: MeasureResult) -> MeasureResult:
    """The result fewer regions reported; what is made of both rests on no more than that."""
    if one.reported is None or other.reported is None:
        return one if other.reported is None else other
    return min(one, other, key=lambda result: result.reported or 0)
