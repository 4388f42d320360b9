"""What a measure makes of the quantities of a region and month, before it is stored.

Measures add and subtract; what they divide is divided by the generated column of `MeasureValue`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.db.models.enums import Choices
from django.utils.translation import get_language

from reports.measures.quantities import Amount, Quantities


@dataclass(slots=True)
class MeasureResult:
    """One value before it is stored; `basis` fills the definition's blanks.

    A member of a kind may stand as `basis` for what it is called: a rebuild makes millions of values, and
    words are looked up where they are stored, once for all values alike. Not frozen, which would take as
    long again to make.
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

    def made_into(self, numerator: int, denominator: int | None = None) -> "MeasureResult":
        """Another number of the same cell, resting on as many reports."""
        return MeasureResult(
            numerator,
            denominator,
            self.segment,
            self.category,
            self.funding,
            self.target,
            self.variant,
            self.reported,
            self.expected,
            self.basis,
            self.missing,
            self.partial,
        )


Told = TypeVar("Told", MeasureResult, Amount)


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
    segment: str = "",
    category: str = "",
    funding: str = "",
    target: str = "",
    variant: str = "",
    basis: str = "",
    missing: tuple[str, ...] = (),
    partial: int = 0,
) -> MeasureResult:
    number, reported, expected = amount
    return MeasureResult(
        number if value is None else value,
        denominator,
        segment,
        category,
        funding,
        target,
        variant,
        reported,
        expected,
        basis,
        missing,
        partial,
    )


def total_of(q: Quantities, name: str) -> MeasureResult:
    """The sum of all cells of one quantity."""
    amounts: Mapping[object, Amount] = getattr(q, name)
    reported, expected = q.reporters.get(name, (None, None))
    whole = sum([amount[0] for amount in amounts.values()])
    return MeasureResult(whole, reported=reported, expected=expected)


def weaker(one: Told, other: Told) -> Told:
    """What fewer regions reported; what is made of both rests on no more than that."""
    if one.reported is None or other.reported is None:
        return one if other.reported is None else other
    return other if other.reported < one.reported else one
