"""From what a region reported itself and the quantities of the regions below to its own quantities.

Nothing is asked of the database here: `reports.selectors.gathering` brings the facts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from participants.enums import CountedSegment
from participants.models import CategoryTarget, Target
from participants.selectors.category_target import CategoryFrame
from participants.selectors.headcount import CategoryFunding
from participants.selectors.persons.months import Persons, ProgrammeCell
from participants.selectors.workforce import Eligible
from reports.measures.category_share import category_shares
from reports.measures.coverage_pairs import (
    coverage_of,
    members_answering,
    met_segments,
    missing_segments,
    segment_coverage_of,
)
from reports.measures.frozen import Below
from reports.measures.pairs import sum_pairs
from reports.measures.quantities import Amount, Quantities, TargetShare, combine, combine_money
from reports.measures.shares import add_shares, coverage_share, member_share, segment_shares

# Of these a sum is told with how many of the regions below reported any of it.
_REPORTED = (
    "funded",
    "contributions",
    "claims",
    "allocated",
    "realised",
    "bills",
    "due",
    "received",
    "claim_rupiah",
    "claim_cases",
    "employers",
    "projects",
)


@dataclass(frozen=True)
class RegionFacts:
    """What was reported of one region itself; `money` by the names of the fields of Quantities.

    `reports` are how many of those asked for are there, of `reports_expected`; None above the regencies.
    """

    members: Mapping[str, int] = field(default_factory=dict)
    workforce: Mapping[str, Eligible] = field(default_factory=dict)
    headcounts: Mapping[CategoryFunding, int] = field(default_factory=dict)
    named: Mapping[CategoryFunding, int] = field(default_factory=dict)
    # Of `named`, those whose programmes make them covered.
    covered: Mapping[CategoryFunding, int] = field(default_factory=dict)
    programmes: Mapping[ProgrammeCell, int] = field(default_factory=dict)
    persons: Persons | None = None
    contributions: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, TargetShare] = field(default_factory=dict)
    category_targets: Mapping[CategoryFrame, CategoryTarget] = field(default_factory=dict)
    money: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)
    payers: Mapping[str, str] = field(default_factory=dict)
    reports: int | None = None
    reports_expected: int = 0
    # Segments of which members were reported in the year before.
    reported_before: frozenset[str] = frozenset()
    # How many stored rows of each kind all this is told by.
    rows: Mapping[str, int] = field(default_factory=dict)


def combined_coverage(own: RegionFacts, below: Sequence[Below], segments: Sequence[str]) -> Quantities:
    """Only the quantities that coverage is made of, and how many reports there are."""
    eligible = {segment: one.workers for segment, one in own.workforce.items()}
    told = members_answering(own.members, segments)
    before = own.reported_before if _is_by_segment(told) else frozenset()
    quantities = Quantities(
        members=combine(own.members, (q.cells("members") for q in below), len(below)),
        eligible=combine(eligible, (q.cells("eligible") for q in below), len(below)),
        coverage=coverage_of(own.members, own.workforce, below, segments, before),
        segment_coverage=segment_coverage_of(own.members, own.workforce, below, segments),
        reported_before=tuple(sorted(before)),
    )
    _add_completeness(quantities, own, below)
    missing = missing_segments(own.members, met_segments(own.workforce, segments), before)
    shares = {
        "members": member_share(quantities.members, missing, below, quantities.regencies),
        "coverage": coverage_share(quantities, below),
    }
    quantities.shares = segment_shares(quantities.members, below, quantities.regencies)
    quantities.shares.update({name: share for name, share in shares.items() if share is not None})
    return quantities


def _is_by_segment(members: Mapping[str, int]) -> bool:
    return bool(members) and CountedSegment.ALL not in members


def combined(own: RegionFacts, below: Sequence[Below], segments: Sequence[str]) -> Quantities:
    """All quantities but those of other months; `segments` are those that the definition counts."""
    quantities = combined_coverage(own, below, segments)
    quantities.rows = {**own.rows, "below": len(below)} if below else dict(own.rows)
    _add_people(quantities, own, below)
    size = len(below)
    quantities.contributions = combine_money(
        own.contributions, (q.cells("contributions") for q in below), size
    )
    quantities.claims = combine_money(own.claims, (q.cells("claims") for q in below), size)
    for name, cells in own.money.items():
        setattr(quantities, name, combine(cells, [q.cells(name) for q in below], size))
    if below:
        quantities.pairs = sum_pairs((q.pairs() for q in below), size)
    quantities.payers = _payers(quantities, own.payers)
    quantities.reporters = _reporters(quantities, below)
    quantities.targets = dict(own.targets)
    quantities.category_targets = category_shares(own.category_targets, quantities, below)
    add_shares(quantities, below)
    return quantities


def _add_people(quantities: Quantities, own: RegionFacts, below: Sequence[Below]) -> None:
    headcounts, named = own.headcounts, own.named
    persons = {"all": own.persons.all, "vulnerable": own.persons.vulnerable} if own.persons else {}
    cells: dict[str, Mapping[Any, int]] = {
        "headcounts": headcounts,
        "named": named,
        "differences": {cell: headcounts[cell] - named[cell] for cell in headcounts.keys() & named.keys()},
        "funded": {**own.covered, **headcounts},
        "programmes": own.programmes,
        "persons": persons,
    }
    for name, counted in cells.items():
        setattr(quantities, name, combine(counted, [q.cells(name) for q in below], len(below)))


def _add_completeness(quantities: Quantities, own: RegionFacts, below: Sequence[Below]) -> None:
    if own.reports is not None:
        quantities.complete, quantities.complete_of = own.reports, own.reports_expected
        return
    quantities.complete = sum(q.complete for q in below)
    quantities.complete_of = sum(q.complete_of for q in below)


def _payers(quantities: Quantities, payers: Mapping[str, str]) -> dict[str, Amount]:
    """People paid for by the kind of their payer, from the same cells as all other counts of them."""
    found: dict[str, int] = {}
    for (_category, funding), people in quantities.funded.items():
        payer = payers[funding]
        found[payer] = found.get(payer, 0) + people.value
    return {payer: Amount(people) for payer, people in found.items()}


def _reporters(quantities: Quantities, below: Sequence[Below]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    if not below:
        return found
    for name in _REPORTED:
        cells: Mapping[object, Amount] = getattr(quantities, name)
        if any(amount.reported is not None for amount in cells.values()):
            found[name] = (sum(1 for q in below if q.cells(name)), len(below))
    return found


def target_share(target: Target) -> TargetShare:
    percent = f"{target.percent.normalize():f}".replace(".", ",")
    words = f"{target.get_frame_display()} {target.year}: {percent} % ({target.region.full_label})"
    return TargetShare(target.percent, words)
