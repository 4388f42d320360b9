"""Of how many regencies a quantity is told, of all in the region: what the grade of a figure rests on."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reports.enums import Grade
from reports.measures.frozen import Below
from reports.measures.quantities import Amount, Quantities

# What is summed from below and graded; coverage and members have rules of their own.
_SUMMED = (
    *("funded", "named", "contributions", "claims", "allocated", "realised", "due", "employers"),
    *("projects", "bills"),
)
_NEARLY, _MOSTLY = Decimal("0.9"), Decimal("0.5")


def member_share(
    members: Mapping[str, Amount], missing: Sequence[str], below: Sequence[Below], regencies: int
) -> tuple[int, int] | None:
    """None where the region's own report is whole or there is none."""
    if missing:
        return 0, regencies
    return _summed(members, "members", below, regencies)


def segment_shares(
    members: Mapping[str, Amount], below: Sequence[Below], regencies: int
) -> dict[str, tuple[int, int]]:
    """Of each segment by itself, under its name in `of_segment`."""
    return {
        of_segment(segment): (
            _told(of_segment(segment), [q for q in below if segment in q.members]),
            regencies,
        )
        for segment, amount in members.items()
        if amount.reported is not None
    }


def of_segment(segment: str) -> str:
    return f"members:{segment}"


def coverage_share(quantities: Quantities, below: Sequence[Below]) -> tuple[int, int] | None:
    pair, regencies = quantities.coverage, quantities.regencies
    if pair is None:
        return None
    if not pair.is_whole:
        return 0, regencies
    if pair.members.reported is None or pair.eligible.reported is None:
        # At least one half is the region's own, and the other is of everybody below.
        return None
    whole = [q for q in below if q.coverage is not None and q.coverage.is_whole]
    return _told("coverage", whole), regencies


def add_shares(quantities: Quantities, below: Sequence[Below]) -> None:
    for name in _SUMMED:
        share = _summed(getattr(quantities, name), name, below, quantities.regencies)
        if share is not None:
            quantities.shares[name] = share


def grade_of(shares: Sequence[tuple[int, int]]) -> Grade:
    """By the least of the shares that a figure rests on."""
    least = min((_part(*share) for share in shares), default=Decimal(1))
    if least >= 1:
        return Grade.A
    if least >= _NEARLY:
        return Grade.B
    return Grade.C if least >= _MOSTLY else Grade.D


def _part(told: int, of: int) -> Decimal:
    return Decimal(told) / of if of else Decimal(1)


def _summed(
    cells: Mapping[Any, Amount], name: str, below: Sequence[Below], regencies: int
) -> tuple[int, int] | None:
    if all(amount.reported is None for amount in cells.values()):
        return None
    return _told(name, [q for q in below if q.cells(name)]), regencies


def _told(name: str, below: Sequence[Below]) -> int:
    return sum(q.share(name)[0] for q in below)
