"""Quantities of the nation, every province and every regency valid in a month, from the bottom up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from regions.models.region import NATION
from regions.month import year_end_before
from regions.selectors.region import children_by_parent
from regions.selectors.reporting_month import closed_in
from reports.measures.combining import RegionFacts, combined, combined_coverage
from reports.measures.frozen import from_json
from reports.measures.quantities import CoveragePair, Quantities
from reports.models import CoverageDefinition
from reports.selectors.definition import coverage_definition_on
from reports.selectors.gathering.facts import load_coverage_facts, load_facts
from reports.selectors.run import frozen_coverage

Combine = Callable[[RegionFacts, Sequence[Quantities], Sequence[str]], Quantities]


@dataclass(frozen=True)
class Gathered:
    """Quantities by region code: of the facts as they are now, and as they count.

    They differ where a month was closed: what counts, there and in the sums above, is what was closed.
    """

    now: dict[str, Quantities] = field(default_factory=dict)
    counting: dict[str, Quantities] = field(default_factory=dict)


def gather(
    month: date, definition: CoverageDefinition, closed: Mapping[str, Quantities] | None = None
) -> Gathered:
    facts = load_facts(month)
    gathered = Gathered({}, dict(closed or {}))
    _Walk(facts.of, children_by_parent(month), definition.segments, combined, gathered).up_to(NATION)
    _add_year_end(gathered.now, month)
    return gathered


def _add_year_end(found: Mapping[str, Quantities], month: date) -> None:
    """Where money was spent this year, the coverage with which the year began."""
    spending = [quantities for quantities in found.values() if quantities.realised]
    if not spending:
        return
    before = gather_coverage(year_end_before(month))
    for code, quantities in found.items():
        if quantities.realised:
            quantities.year_end = before.get(code)


def gather_coverage(month: date) -> dict[str, CoveragePair]:
    """The coverage that counts in a month, of the regions of which it is known."""
    closed = {code: from_json(kept) for code, kept in frozen_coverage(month, closed_in(month)).items()}
    gathered = Gathered({}, closed)
    facts, segments = load_coverage_facts(month), coverage_definition_on(month).segments
    _Walk(facts.of, children_by_parent(month), segments, combined_coverage, gathered).up_to(NATION)
    return {code: q.coverage for code, q in gathered.counting.items() if q.coverage is not None}


@dataclass(frozen=True)
class _Walk:
    facts_of: Callable[[str], RegionFacts]
    children: Mapping[str, Sequence[str]]
    segments: Sequence[str]
    combine: Combine
    gathered: Gathered

    def up_to(self, code: str) -> Quantities:
        """What counts for the region, after all below it."""
        below = [self.up_to(child) for child in self.children.get(code, ())]
        quantities = self.combine(self.facts_of(code), below, self.segments)
        self.gathered.now[code] = quantities
        return self.gathered.counting.setdefault(code, quantities)
