"""Quantities of one region for many months: its own facts, and what its children were counted as.

Children count by the quantities of their current runs, which are what was closed where a month is closed.
Only where a child has no run at all, which means that next to nothing was reported of it, its facts are
asked as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from regions.enums import Level
from regions.models.region import level_of
from regions.month import year_end_before
from regions.selectors.region import children_by_month
from reports.measures.combining import combined
from reports.measures.quantities import Quantities
from reports.models import CoverageDefinition
from reports.selectors.gathering.facts import REPORTS_EXPECTED, GatheredFacts, load_facts
from reports.selectors.run import stored_coverage, stored_quantities

Stored = dict[tuple[str, date], Quantities]
Children = Mapping[date, Mapping[str, Sequence[str]]]


def gather(
    code: str,
    months: Sequence[date],
    definitions: Mapping[date, CoverageDefinition],
    closed: Mapping[date, Quantities] | None = None,
) -> dict[date, Quantities]:
    """What the facts say now of each month; `closed` is what counts instead where a month was closed."""
    tree = _Tree.of(code, months, definitions)
    found = {month: tree.quantities(code, month) for month in months}
    _add_year_end(code, found, closed or {})
    return found


def _add_year_end(code: str, found: Mapping[date, Quantities], closed: Mapping[date, Quantities]) -> None:
    """Where money was spent in a year, the coverage with which that year began."""
    spending = {month: year_end_before(month) for month, quantities in found.items() if quantities.realised}
    before = {december: one.coverage for december, one in {**found, **closed}.items()}
    elsewhere = set(spending.values()) - set(before)
    if elsewhere:
        before |= stored_coverage(code, elsewhere)
    for month, december in spending.items():
        found[month].year_end = before.get(december)


@dataclass(frozen=True)
class _Tree:
    children: Children
    stored: Stored
    facts: GatheredFacts
    definitions: Mapping[date, CoverageDefinition]
    known: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, code: str, months: Sequence[date], definitions: Mapping[date, CoverageDefinition]) -> "_Tree":
        children: Children = children_by_month(code, months) if level_of(code) < Level.REGENCY else {}
        stored: Stored = {}
        without_run = {code}
        below = {code}
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
        facts = load_facts(sorted(without_run), months)
        return cls(children, stored, facts, definitions, facts.regions)

    def quantities(self, code: str, month: date) -> Quantities:
        """Of a region that has no run for the month, or is about to get one."""
        below = [self._child(child, month) for child in self.children.get(month, {}).get(code, ())]
        return combined(self.facts.of(code, month), below, self.definitions[month].segments)

    def _child(self, code: str, month: date) -> Quantities:
        stored = self.stored.get((code, month))
        if stored is not None:
            return stored
        inside = self.children.get(month, {}).get(code, ())
        if any(place in self.known or (place, month) in self.stored for place in (code, *inside)):
            return self.quantities(code, month)
        leaves = len(inside) if level_of(code) < Level.REGENCY else 1
        return Quantities(complete_of=leaves * REPORTS_EXPECTED)
