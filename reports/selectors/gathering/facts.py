"""Everything reported for one month, of all regions at once, as the lower storeys count it."""

from dataclasses import dataclass
from datetime import date

from budgets.models import Claim, Contribution
from budgets.selectors.claim import sum_claims
from budgets.selectors.contribution import sum_contributions
from budgets.selectors.money import regions_reporting
from participants.models import CategoryTarget, Target
from participants.selectors.category_target import CategoryFrame, category_targets_in_force
from participants.selectors.headcount import CategoryFunding, count_funded
from participants.selectors.membership_count import count_members
from participants.selectors.persons.enrolment import Persons, count_by_name, count_persons
from participants.selectors.target import targets_for, targets_in_force
from participants.selectors.workforce import Eligible, count_workforce
from regions.enums import Level
from regions.models.region import level_of
from reports.measures.combining import RegionFacts
from reports.selectors.gathering.money import MoneyFacts, load_money

REPORTS_EXPECTED = 5


@dataclass(frozen=True)
class CoverageFacts:
    """By region code, what coverage alone is made of."""

    members: dict[str, dict[str, int]]
    workforce: dict[str, dict[str, Eligible]]

    def of(self, code: str) -> RegionFacts:
        return RegionFacts(members=self.members.get(code, {}), workforce=self.workforce.get(code, {}))


@dataclass(frozen=True)
class MonthFacts:
    """By region code."""

    month: date
    members: dict[str, dict[str, int]]
    workforce: dict[str, dict[str, Eligible]]
    headcounts: dict[str, dict[CategoryFunding, int]]
    named: dict[str, dict[CategoryFunding, int]]
    persons: dict[str, Persons]
    contributions: dict[str, dict[str, int]]
    claims: dict[str, dict[str, int]]
    contributing: set[str]
    claiming: set[str]
    targets: dict[str, dict[str, Target]]
    category_targets: dict[str, dict[CategoryFrame, CategoryTarget]]
    money: MoneyFacts

    def of(self, code: str) -> RegionFacts:
        return RegionFacts(
            members=self.members.get(code, {}),
            workforce=self.workforce.get(code, {}),
            headcounts=self.headcounts.get(code, {}),
            named=self.named.get(code, {}),
            persons=self.persons.get(code),
            contributions=self.contributions.get(code, {}),
            claims=self.claims.get(code, {}),
            targets=targets_for(code, self.targets),
            category_targets=self.category_targets.get(code, {}),
            money=self.money.of(code, self.month),
            payers=self.money.payers,
            reports=self._reports(code) if level_of(code) == Level.REGENCY else None,
            reports_expected=REPORTS_EXPECTED,
        )

    def _reports(self, code: str) -> int:
        return sum(
            (
                code in self.members,
                code in self.workforce,
                code in self.headcounts or code in self.named,
                code in self.contributing,
                code in self.claiming,
            )
        )


def load_coverage_facts(month: date) -> CoverageFacts:
    return CoverageFacts(count_members(month), count_workforce(month))


def load_facts(month: date) -> MonthFacts:
    return MonthFacts(
        month=month,
        members=count_members(month),
        workforce=count_workforce(month),
        headcounts=count_funded(month),
        named=count_by_name(month),
        persons=count_persons(month),
        contributions=sum_contributions(month),
        claims=sum_claims(month),
        contributing=regions_reporting(Contribution, month),
        claiming=regions_reporting(Claim, month),
        targets=targets_in_force(month),
        category_targets=category_targets_in_force(month),
        money=load_money(month),
    )
