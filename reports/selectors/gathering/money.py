"""What the storey of budgets counts for some regions and months, as quantities take it up."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from budgets.selectors.allocation import sum_allocations
from budgets.selectors.balance import Balances, sum_balances
from budgets.selectors.claim_sums import (
    ClaimGroup,
    ClaimSums,
    load_claims,
    regions_claiming,
    sum_claim_parts,
    sum_claims,
)
from budgets.selectors.construction_project import sum_projects
from budgets.selectors.employer import sum_employers
from budgets.selectors.expected import Expected, price_people, sum_due
from budgets.selectors.payment import (
    PaidCell,
    ReceivedPayment,
    load_payments,
    regions_paying,
    sum_contributions,
    sum_received,
)
from budgets.selectors.realisation import Stages, sum_realised
from budgets.selectors.to_date import ByMonth, Event, sum_to_date
from participants.models import FundingSource
from participants.selectors.persons.months import NamedPeople
from regions.month import add_months, first_of, iso_month
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
    employers: ByMonth[str]
    projects: ByMonth[str]
    payers: Mapping[str, str]
    # Of contributions and claims: rows of the fiscal year to date.
    rows: ByMonth[str]
    _to_date: dict[tuple[str, date], dict[Any, int]] = field(default_factory=dict)

    @property
    def by_month(self) -> tuple[Mapping[date, Mapping[str, Any]], ...]:
        sums = (self.contributions, self.claims, self.received, self.balances, self.claim_parts)
        return (*sums, self.allocated, self.realised, self.employers, self.projects)

    def of(self, code: str, month: date) -> dict[str, dict[Any, int]]:
        """The region's own, by the names of the fields of Quantities."""
        balances = self.balances[month].get(code, _NO_BALANCES)
        claims = self.claim_parts[month].get(code, _NO_CLAIMS)
        stages = self.realised[month].get(code, {})
        paid = {key: one.paid for key, one in stages.items()}
        expected = self.expected.get(code, _NOTHING_DUE)
        return {
            "allocated": dict(self.allocated[month].get(code, {})),
            "realised": {key: rupiah for key, rupiah in paid.items() if rupiah is not None},
            "bills": _bills(stages.values()),
            "monthly_cost": dict(expected.due.get(month, {})),
            "due": self._due(code, month),
            "unpriced": dict(expected.unpriced.get(month, {})),
            "received": self.received[month].get(code, {}),
            "money_in": balances.money_in,
            "money_out": balances.money_out,
            "claim_rupiah": claims.rupiah,
            "claim_cases": claims.cases,
            "claim_kinds": claims.kinds,
            "employers": self.employers[month].get(code, {}),
            "projects": self.projects[month].get(code, {}),
        }

    def _due(self, code: str, month: date) -> dict[Any, int]:
        """Of the fiscal year to date by month and cell; of earlier closed months as they were closed."""
        before = month.month > 1 and self._due_before(code, month)
        return {**(before or {}), **_named(month, self.expected.get(code, _NOTHING_DUE).due.get(month, {}))}

    def _due_before(self, code: str, month: date) -> dict[Any, int]:
        """Of the months before in the same year, kept for the months that follow."""
        known = self._to_date.get((code, month))
        if known is None:
            last = add_months(month, -1)
            known = dict(self._due_before(code, last)) if last.month > 1 else {}
            closed = self.closed_due.get(code, {}).get(last)
            cells = self.expected.get(code, _NOTHING_DUE).due.get(last, {}) if closed is None else closed
            known |= _named(last, cells)
            self._to_date[code, month] = known
        return known


def _bills(cells: Collection[Stages]) -> dict[str, int]:
    """What was billed and what was posted, where any bill has come so far."""
    told = {stage: [getattr(one, stage) for one in cells] for stage in ("billed", "posted")}
    known = {stage: [rupiah for rupiah in sums if rupiah is not None] for stage, sums in told.items()}
    return {stage: sum(sums) for stage, sums in known.items() if sums}


def _named(month: date, cells: Mapping[CategoryFunding, int]) -> dict[tuple[str, str, str], int]:
    name = iso_month(month)
    return {(name, category, funding): rupiah for (category, funding), rupiah in cells.items()}


def _rows(payments: Iterable[ReceivedPayment], claims: Iterable[ClaimGroup]) -> Iterator[Event[str]]:
    for payment in payments:
        yield payment.code, "contributions", first_of(payment.paid_on), 1
    for group in claims:
        yield group.code, "claims", group.paid, group.rows


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
        employers=sum_employers(asked),
        projects=sum_projects(asked),
        rows=sum_to_date(_rows(payments, claims), asked),
        payers=dict(FundingSource.objects.values_list("code", "payer")),
    )
