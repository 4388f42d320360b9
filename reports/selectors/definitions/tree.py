"""Coverage of a region and of all below it in one month, under any denominator and set of segments.

Counted by the rules of the engine, from the facts as they are now; nothing of it is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from participants.selectors.membership_count import count_members, reported_before
from participants.selectors.workforce import Eligible, count_workforce, kinds_known
from regions.enums import Level
from regions.models.region import level_of
from regions.region_months import RegionMonths
from regions.selectors.region import children_by_month
from reports.measures.combining import RegionFacts, combined_coverage
from reports.measures.frozen import Below
from reports.measures.quantities import REPORTS_EXPECTED, CoveragePair, Quantities

OFFICIAL = ""


@dataclass(frozen=True)
class CoverageFacts:
    """What coverage of a month rests on: of each region members by segment, and workers by kind of
    denominator (`OFFICIAL` for those that are official), then by segment."""

    code: str
    month: date
    children: Mapping[str, Sequence[str]]
    members: Mapping[str, Mapping[str, int]]
    workforce: Mapping[str, Mapping[str, Mapping[str, Eligible]]]
    before: Mapping[str, frozenset[str]]
    # What regions were closed with, where that is to stand whatever the definition.
    closed: Mapping[str, Quantities] = field(default_factory=dict)

    def pairs(self, kind: str, segments: Sequence[str]) -> dict[str, CoveragePair]:
        """By region code, of the region itself and of those below that have members and workers."""
        found: dict[str, CoveragePair] = {}
        self._count(self.code, kind, segments, found)
        return found

    def _count(
        self, code: str, kind: str, segments: Sequence[str], found: dict[str, CoveragePair]
    ) -> Quantities:
        # Below a closed region others may still be open, so it is counted in any case.
        counted = self._counted(code, kind, segments, found)
        quantities = self.closed.get(code, counted)
        if quantities.coverage is not None:
            found[code] = quantities.coverage
        return quantities

    def _counted(
        self, code: str, kind: str, segments: Sequence[str], found: dict[str, CoveragePair]
    ) -> Quantities:
        below = [
            _as_below(self._count(child, kind, segments, found)) for child in self.children.get(code, ())
        ]
        own = RegionFacts(
            members=self.members.get(code, {}),
            workforce=self.workforce[kind].get(code, {}),
            reported_before=self.before.get(code, frozenset()),
            # How complete a month is counts reports of all kinds; here only how many regencies there are.
            reports=0 if level_of(code) == Level.REGENCY else None,
            reports_expected=REPORTS_EXPECTED,
        )
        return combined_coverage(own, below, segments)


def _as_below(counted: Quantities) -> Below:
    """Without writing it down and reading it again, as what is stored is: only coverage is summed here."""
    pairs = (counted.coverage, counted.members, counted.eligible, counted.segment_coverage)
    return Below(vars(counted), *pairs)


def load_coverage_facts(
    code: str, month: date, programmes: Sequence[str], *, kinds: Sequence[str] | None = None
) -> CoverageFacts:
    """Of the region and all below it: members of these programmes, official workers, and those of these
    kinds, or of every kind known."""
    children: Mapping[str, Sequence[str]] = {}
    if level_of(code) < Level.REGENCY:
        children = children_by_month({code}, [month])[month]
    codes = _subtree(code, children)
    asked = RegionMonths.at(month, *codes)
    kinds = kinds_known(codes, month) if kinds is None else kinds
    return CoverageFacts(
        code,
        month,
        children,
        count_members(asked, {month: programmes}).get(month, {}),
        {kind: count_workforce(asked, kind=kind)[month.year] for kind in (OFFICIAL, *kinds)},
        reported_before(asked, {month: programmes}).get(month, {}),
    )


def _subtree(code: str, children: Mapping[str, Sequence[str]]) -> list[str]:
    return [code, *(one for child in children.get(code, ()) for one in _subtree(child, children))]
