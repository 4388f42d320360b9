"""What each measure computes from the quantities of one region and month (`reports.quantities.Quantities`).

Here is added and subtracted; the only division is the generated column of `MeasureValue`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment
from reports.quantities import Amount, Quantities


@dataclass(frozen=True)
class Figure:
    """One value before it is stored; `basis` fills the definition's blanks."""

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


def coverage(q: Quantities) -> Iterable[Figure]:
    if q.coverage is not None:
        covered, eligible = q.coverage.members, q.coverage.eligible
        yield Figure(
            covered.value,
            eligible.value,
            reported=covered.reported,
            expected=covered.expected,
            basis=q.coverage.basis,
        )


def coverage_by_segment(q: Quantities) -> Iterable[Figure]:
    for segment, pair in q.segment_coverage.items():
        yield of(
            pair.members,
            denominator=pair.eligible.value,
            segment=segment,
            basis=pair.basis,
        )
    for segment, members in q.members.items():
        if segment not in q.segment_coverage and segment != CountedSegment.ALL:
            yield of(members, segment=segment, basis=str(_("penyebut segmen ini belum ada")))


def gap(q: Quantities) -> Iterable[Figure]:
    if q.coverage is not None:
        covered, eligible = q.coverage.members, q.coverage.eligible
        yield of(covered, value=eligible.value - covered.value, basis=q.coverage.basis)


def gap_to_targets(q: Quantities) -> Iterable[Figure]:
    if q.coverage is None:
        return
    covered, eligible = q.coverage.members, q.coverage.eligible
    for frame, target in q.targets.items():
        needed = people_for(target.percent, eligible.value) - covered.value
        yield of(covered, value=needed, denominator=eligible.value, target=frame, basis=target.words)


def people_for(percent: Decimal, eligible: int) -> int:
    """The least number of members with which coverage reaches a target percent."""
    return int((percent * eligible / 100).to_integral_value(ROUND_CEILING))


def funded(q: Quantities) -> Iterable[Figure]:
    for (category, funding), people in q.funded.items():
        by_name = (category, funding) not in q.headcounts
        basis = str(_("menurut daftar nama")) if by_name else ""
        yield of(people, basis=basis, category=category, funding=funding)


def named(q: Quantities) -> Iterable[Figure]:
    for (category, funding), people in q.named.items():
        yield of(people, category=category, funding=funding)


def differences(q: Quantities) -> Iterable[Figure]:
    for (category, funding), people in q.differences.items():
        yield of(people, category=category, funding=funding)


def persons(q: Quantities) -> Iterable[Figure]:
    if "all" in q.persons:
        yield of(q.persons["all"])


def vulnerable(q: Quantities) -> Iterable[Figure]:
    if "vulnerable" in q.persons:
        yield of(q.persons["vulnerable"])


def funded_total(q: Quantities) -> Iterable[Figure]:
    if q.funded:
        yield total_of(q, "funded")


def gap_to_category_targets(q: Quantities) -> Iterable[Figure]:
    """Never negative: what is above a target of one category mends no other."""
    for (category, frame), target in q.category_targets.items():
        yield of(
            target.covered,
            value=max(0, target.people - target.covered.value),
            denominator=target.people,
            category=category,
            target=frame,
            basis=target.words,
        )


def completeness(q: Quantities) -> Iterable[Figure]:
    yield Figure(q.complete, q.complete_of)


def of(
    amount: Amount,
    *,
    value: int | None = None,
    denominator: int | None = None,
    basis: str = "",
    **dimensions: str,
) -> Figure:
    return Figure(
        numerator=amount.value if value is None else value,
        denominator=denominator,
        reported=amount.reported,
        expected=amount.expected,
        basis=basis,
        **dimensions,
    )


def total_of(q: Quantities, name: str) -> Figure:
    amounts: Mapping[object, Amount] = getattr(q, name)
    reported, expected = q.reporters.get(name, (None, None))
    whole = sum(amount.value for amount in amounts.values())
    return Figure(whole, reported=reported, expected=expected)
