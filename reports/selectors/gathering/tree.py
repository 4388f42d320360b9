"""Quantities of some regions for many months: their own facts, and what their children were counted as.

Children count by the quantities of their current runs, which are what was closed where a month is closed.
Only where a child has no run at all, which means that next to nothing was reported of it, its facts are
asked as well.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from regions.enums import Level
from regions.models.region import level_of
from regions.month import year_end_before
from regions.selectors.region import children_by_month
from reports.measures.combining import combined
from reports.measures.frozen import Below
from reports.measures.quantities import REPORTS_EXPECTED, Quantities
from reports.models import CoverageDefinition
from reports.selectors.gathering.facts import GatheredFacts, load_facts
from reports.selectors.run import stored_coverage, stored_quantities

RegionMonth = tuple[str, date]
Stored = dict[RegionMonth, Below]
Children = Mapping[date, Mapping[str, Sequence[str]]]


def gather(
    wanted: Collection[RegionMonth],
    definitions: Mapping[date, CoverageDefinition],
    closed: Mapping[RegionMonth, Quantities] | None = None,
) -> dict[RegionMonth, Quantities]:
    """What the facts of these regions and months say now; of closed months `closed` is what counts."""
    months = sorted({month for _code, month in wanted})
    tree = _Tree.of({code for code, _month in wanted}, months, definitions)
    found = {(code, month): tree.quantities(code, month) for code, month in wanted}
    _add_year_end(found, closed or {})
    return found


def _add_year_end(found: dict[RegionMonth, Quantities], closed: Mapping[RegionMonth, Quantities]) -> None:
    """Where money was spent in a year, the coverage with which that year began."""
    spending = {
        (code, month): (code, year_end_before(month))
        for (code, month), quantities in found.items()
        if quantities.realised
    }
    before = {december: one.coverage for december, one in {**found, **closed}.items()}
    elsewhere = set(spending.values()) - set(before)
    if elsewhere:
        before |= stored_coverage(elsewhere)
    for pair, december in spending.items():
        found[pair].year_end = before.get(december)


@dataclass
class _Tree:
    children: Children
    stored: Stored
    facts: GatheredFacts
    definitions: Mapping[date, CoverageDefinition]

    @classmethod
    def of(
        cls, codes: set[str], months: Sequence[date], definitions: Mapping[date, CoverageDefinition]
    ) -> "_Tree":
        parents = {code for code in codes if level_of(code) < Level.REGENCY}
        children: Children = children_by_month(parents, months) if parents else {}
        stored: Stored = {}
        without_run, below = set(codes), parents
        while below:
            pairs = {
                (child, month)
                for month, by_parent in children.items()
                for parent in below
                for child in by_parent.get(parent, ())
            }
            stored |= stored_quantities({child for child, _month in pairs}, months)
            below = {child for child, month in pairs if (child, month) not in stored}
            without_run |= below
        programmes = {month: definitions[month].programmes for month in months}
        return cls(children, stored, load_facts(sorted(without_run), programmes), definitions)

    @cached_property
    def known(self) -> frozenset[str]:
        return self.facts.regions

    def quantities(self, code: str, month: date) -> Quantities:
        """Of a region that has no run for the month, or is about to get one."""
        below = [self._child(child, month) for child in self.children.get(month, {}).get(code, ())]
        return combined(self.facts.of(code, month), below, self.definitions[month].segments)

    def _child(self, code: str, month: date) -> Below:
        stored = self.stored.get((code, month))
        if stored is not None:
            return stored
        inside = self.children.get(month, {}).get(code, ())
        if any(place in self.known or (place, month) in self.stored for place in (code, *inside)):
            return Below.of(self.quantities(code, month))
        leaves = len(inside) if level_of(code) < Level.REGENCY else 1
        return Below.of(Quantities(complete_of=leaves * REPORTS_EXPECTED))
