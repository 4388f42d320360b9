"""What the storey of budgets counts for some regions and months, as quantities take it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgets.selectors.allocation import sum_allocations
from budgets.selectors.balance import Balances, sum_balances
from budgets.selectors.claim_sums import (
    ClaimSums,
    load_claims,
    regions_claiming,
    sum_claim_parts,
    sum_claims,
)
from budgets.selectors.expected import Expected, price_people, sum_due
from budgets.selectors.payment import (
    PaidCell,
    load_payments,
    regions_paying,
    sum_contributions,
    sum_received,
)
from budgets.selectors.realisation import Stages, sum_realised
from budgets.selectors.to_date import ByMonth
from participants.models import FundingSource
from participants.selectors.persons.months import NamedPeople
from regions.month import fiscal_year_start, iso_month, months_between
from regions.region_months import RegionMonths
from reports.selectors.gathering.closed_due import ClosedDues, closed_dues

CategoryFunding = tuple[str, str]
_NO_BALANCES, _NO_CLAIMS, _NOTHING_DUE = Balances({}, {}), ClaimSums({}, {}, {}), Expected()


@dataclass(frozen=True)
class MoneyFacts:
    """By month and region code; `closed_due` is what was due for months when they were closed."""

    contributions: ByMonth[str]
    claims: ByMonth[str]
    contributing: set[tuple[date, str]]
    claiming: set[tuple[date, str]]
    allocated: Mapping[date, Mapping[str, Mapping[CategoryFunding, int]]]
    realised: Mapping[date, Mapping[str, Mapping[CategoryFunding, Stages]]]
    expected: Mapping[str, Expected]
    closed_due: ClosedDues
    received: ByMonth[PaidCell]
    balances: Mapping[date, Mapping[str, Balances]]
    claim_parts: Mapping[date, Mapping[str, ClaimSums]]
    payers: Mapping[str, str]

    @property
    def by_month(self) -> tuple[Mapping[date, Mapping[str, Any]], ...]:
        sums = (self.contributions, self.claims, self.received, self.balances, self.claim_parts)
        return (*sums, self.allocated, self.realised)

    def of(self, code: str, month: date) -> dict[str, dict[Any, int]]:
        """The region's own, by the names of the fields of Quantities."""
        balances = self.balances[month].get(code, _NO_BALANCES)
        claims = self.claim_parts[month].get(code, _NO_CLAIMS)
        paid = {key: stages.paid for key, stages in self.realised[month].get(code, {}).items()}
        expected = self.expected.get(code, _NOTHING_DUE)
        return {
            "allocated": dict(self.allocated[month].get(code, {})),
            "realised": {key: rupiah for key, rupiah in paid.items() if rupiah is not None},
            "monthly_cost": dict(expected.due.get(month, {})),
            "due": self._due(code, month),
            "unpriced": dict(expected.unpriced.get(month, {})),
            "received": self.received[month].get(code, {}),
            "money_in": balances.money_in,
            "money_out": balances.money_out,
            "claim_rupiah": claims.rupiah,
            "claim_cases": claims.cases,
            "claim_kinds": claims.kinds,
        }

    def _due(self, code: str, month: date) -> dict[Any, int]:
        """Of the fiscal year to date by month and cell; of earlier closed months as they were closed."""
        closed, open_months = self.closed_due.get(code, {}), self.expected.get(code, _NOTHING_DUE).due
        due = {}
        for one in months_between(fiscal_year_start(month), month):
            before = closed.get(one) if one < month else None
            cells = open_months.get(one, {}) if before is None else before
            name = iso_month(one)
            due.update({(name, *cell): rupiah for cell, rupiah in cells.items()})
        return due


def load_money(asked: RegionMonths, named: NamedPeople) -> MoneyFacts:
    """`named` are the people by name since January of the first asked year."""
    payments, claims = load_payments(asked), load_claims(asked)
    return MoneyFacts(
        contributions=sum_contributions(payments, asked),
        claims=sum_claims(claims, asked),
        contributing=regions_paying(payments),
        claiming=regions_claiming(claims),
        allocated=sum_allocations(asked),
        realised=sum_realised(asked),
        expected=sum_due(price_people(asked.since_january, named)),
        closed_due=closed_dues(asked),
        received=sum_received(payments, asked),
        balances=sum_balances(payments, claims, asked),
        claim_parts=sum_claim_parts(claims, asked),
        payers=dict(FundingSource.objects.values_list("code", "payer")),
    )
