"""Everything reported for some regions and months, each kind of fact asked once."""

from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from budgets.enums import EmployerSum, ProjectSum
from participants.models import CategoryTarget, Target
from participants.selectors.category_target import CategoryFrame, category_targets_by_year
from participants.selectors.headcount import CategoryFunding, count_funded
from participants.selectors.membership_count import count_members, reported_before
from participants.selectors.persons.months import Persons, ProgrammeCell, count_named
from participants.selectors.programme_rule import Programmes
from participants.selectors.target import targets_by_year
from participants.selectors.workforce import Eligible, count_workforce
from regions.enums import Level
from regions.models.region import level_of
from regions.region_months import RegionMonths
from reports.measures.combining import RegionFacts, target_share
from reports.measures.quantities import REPORTS_EXPECTED, TargetShare
from reports.selectors.gathering.money import MoneyFacts, load_money


@dataclass(frozen=True)
class GatheredFacts:
    """By month (targets and workers by year), then by region code."""

    members: Mapping[date, Mapping[str, Mapping[str, int]]]
    workforce: Mapping[int, Mapping[str, Mapping[str, Eligible]]]
    headcounts: Mapping[date, Mapping[str, Mapping[CategoryFunding, int]]]
    named: Mapping[date, Mapping[str, Mapping[CategoryFunding, int]]]
    # Of `named`, those whose programmes make them covered.
    covered: Mapping[date, Mapping[str, Mapping[CategoryFunding, int]]]
    programmes: Mapping[date, Mapping[str, Mapping[ProgrammeCell, int]]]
    persons: Mapping[date, Mapping[str, Persons]]
    targets: Mapping[int, dict[str, dict[str, Target]]]
    category_targets: Mapping[int, Mapping[str, Mapping[CategoryFrame, CategoryTarget]]]
    money: MoneyFacts
    reported_before: Mapping[date, Mapping[str, frozenset[str]]]
    # By region and year, so that all months of a year say their targets once.
    _bound: dict[tuple[str, int], dict[str, TargetShare]] = field(default_factory=dict)

    def of(self, code: str, month: date) -> RegionFacts:
        return RegionFacts(
            members=self.members.get(month, {}).get(code, {}),
            workforce=self.workforce[month.year].get(code, {}),
            headcounts=self.headcounts.get(month, {}).get(code, {}),
            named=self.named.get(month, {}).get(code, {}),
            covered=self.covered.get(month, {}).get(code, {}),
            programmes=self.programmes.get(month, {}).get(code, {}),
            persons=self.persons.get(month, {}).get(code),
            contributions=self.money.contributions[month].get(code, {}),
            claims=self.money.claims[month].get(code, {}),
            targets=self._targets(code, month.year),
            category_targets=self.category_targets[month.year].get(code, {}),
            money=self.money.of(code, month),
            payers=self.money.payers,
            reports=self._reports(code, month) if level_of(code) == Level.REGENCY else None,
            reports_expected=REPORTS_EXPECTED,
            reported_before=self.reported_before.get(month, {}).get(code, frozenset()),
            rows=self._rows(code, month),
        )

    def _rows(self, code: str, month: date) -> dict[str, int]:
        """How many stored rows of each kind the month of a region rests on, those that it has any of."""
        cells: dict[str, Sized] = {
            "members": self.members.get(month, {}).get(code, ()),
            "workforce": self.workforce[month.year].get(code, ()),
            "headcounts": self.headcounts.get(month, {}).get(code, ()),
            "category_targets": self.category_targets[month.year].get(code, ()),
            "allocations": self.money.allocated[month].get(code, ()),
        }
        counts = {name: len(rows) for name, rows in cells.items()}
        counts["spells"] = sum(self.named.get(month, {}).get(code, {}).values())
        counts |= self.money.rows[month].get(code, {})
        counts["employers"] = self.money.employers[month].get(code, {}).get(EmployerSum.KNOWN, 0)
        counts["projects"] = self.money.projects[month].get(code, {}).get(ProjectSum.KNOWN, 0)
        return {name: count for name, count in counts.items() if count}

    @property
    def regions(self) -> frozenset[str]:
        """Of which anything but a target was reported in any of the months."""
        own: tuple[Mapping[Any, Mapping[str, Any]], ...]
        own = (self.members, self.workforce, self.headcounts, self.named)
        kinds: Iterable[Mapping[Any, Mapping[str, Any]]] = (*own, *self.money.by_month)
        told = {code for kind in kinds for by_region in kind.values() for code in by_region}
        return frozenset(told | set(self.money.expected) | set(self.money.closed_due))

    def _targets(self, code: str, year: int) -> dict[str, TargetShare]:
        bound = self._bound.get((code, year))
        if bound is None:
            in_force = self.targets[year].get(code, {})
            bound = {frame: target_share(target) for frame, target in in_force.items()}
            self._bound[code, year] = bound
        return bound

    def _reports(self, code: str, month: date) -> int:
        listed = code in self.headcounts.get(month, {}) or code in self.named.get(month, {})
        return sum(
            (
                code in self.members.get(month, {}),
                code in self.workforce[month.year],
                listed,
                (month, code) in self.money.contributing,
                (month, code) in self.money.claiming,
            )
        )


def load_facts(codes: Iterable[str], programmes: Programmes) -> GatheredFacts:
    """The regions' own facts of the months of `programmes`, which says what makes covered in each."""
    asked = RegionMonths.around(programmes, codes)
    named = count_named(asked.since_january)
    return GatheredFacts(
        members=count_members(asked, programmes),
        reported_before=reported_before(asked, programmes),
        workforce=count_workforce(asked),
        headcounts=count_funded(asked),
        named=named.by_cell(),
        covered=named.covered(programmes),
        programmes=named.by_programme(),
        persons=named.persons,
        targets=targets_by_year(asked),
        category_targets=category_targets_by_year(asked),
        money=load_money(asked, named),
    )
