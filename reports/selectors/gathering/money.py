"""What the storey of budgets counts for one month, per region, as quantities take it up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgets.selectors.allocation import sum_allocations
from budgets.selectors.balance import Balances, sum_balances
from budgets.selectors.claim import ClaimSums, sum_claim_parts
from budgets.selectors.expected import Expected, sum_expected
from budgets.selectors.realisation import Stages, sum_realised
from budgets.selectors.received import sum_received
from participants.models import FundingSource
from regions.month import fiscal_year_start, iso_month
from reports.selectors.gathering.closed_due import closed_dues

CategoryFunding = tuple[str, str]


@dataclass(frozen=True)
class MoneyFacts:
    """Per region code; `closed_due` is what was due for earlier months of the year when they were closed."""

    allocated: Mapping[str, Mapping[CategoryFunding, int]]
    realised: Mapping[str, Mapping[CategoryFunding, Stages]]
    expected: Mapping[str, Expected]
    closed_due: Mapping[str, Mapping[str, Mapping[CategoryFunding, int]]]
    received: Mapping[str, Mapping[tuple[date, str, str], int]]
    balances: Mapping[str, Balances]
    claims: Mapping[str, ClaimSums]
    payers: Mapping[str, str]

    def of(self, code: str, month: date) -> dict[str, dict[Any, int]]:
        """The region's own, by the names of the fields of Quantities."""
        due, unpriced, cost = self._due(code, month)
        balances = self.balances.get(code, Balances({}, {}))
        claims = self.claims.get(code, ClaimSums({}, {}, {}))
        paid = {key: stages.paid for key, stages in self.realised.get(code, {}).items()}
        return {
            "allocated": dict(self.allocated.get(code, {})),
            "realised": {key: rupiah for key, rupiah in paid.items() if rupiah is not None},
            "monthly_cost": cost,
            "due": due,
            "unpriced": unpriced,
            "received": {
                (iso_month(one), *cell): n for (one, *cell), n in self.received.get(code, {}).items()
            },
            "money_in": balances.money_in,
            "money_out": balances.money_out,
            "claim_rupiah": claims.rupiah,
            "claim_cases": claims.cases,
            "claim_kinds": claims.kinds,
        }

    def _due(
        self, code: str, month: date
    ) -> tuple[dict[Any, int], dict[CategoryFunding, int], dict[CategoryFunding, int]]:
        """Due by month and cell, people without a price, and the cost of this month."""
        expected, closed = self.expected.get(code, Expected()), self.closed_due.get(code, {})
        due = {
            (iso_month(one), *cell): rupiah
            for (one, *cell), rupiah in expected.due.items()
            if iso_month(one) not in closed
        }
        for name, cells in closed.items():
            due |= {(name, *cell): rupiah for cell, rupiah in cells.items()}
        unpriced = {(c, f): people for (one, c, f), people in expected.unpriced.items() if one == month}
        cost = {(c, f): rupiah for (one, c, f), rupiah in expected.due.items() if one == month}
        return due, unpriced, cost


def load_money(month: date) -> MoneyFacts:
    first = fiscal_year_start(month)
    return MoneyFacts(
        allocated=sum_allocations(month),
        realised=sum_realised(month),
        expected=sum_expected(first, month),
        closed_due=closed_dues(first, month),
        received=sum_received(month),
        balances=sum_balances(month),
        claims=sum_claim_parts(month),
        payers=dict(FundingSource.objects.values_list("code", "payer")),
    )
