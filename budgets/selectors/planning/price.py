"""What one person of a group costs in each month of the planned year, by the tariff and who may pay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from budgets.models import FundingRule
from budgets.planning.asked import PlanAsked
from budgets.planning.outlook import changed_price
from budgets.planning.question import MONTHS
from budgets.selectors.planning.need import NeedLine
from budgets.selectors.rate import WageBases, load_prices, usual_price, wage_at
from budgets.tariff import Tariff
from participants.models import FundingSource

Prices = tuple[int | None, ...]


@dataclass(frozen=True)
class PriceBook:
    """Tariff, wages and rules that were read once for the whole plan."""

    tariff: Tariff
    bases: dict[date, WageBases]
    sources: dict[str, FundingSource]
    rules: dict[str, list[FundingRule]]

    @classmethod
    def load(cls, year: int, sources: Iterable[str]) -> "PriceBook":
        months = [date(year, month, 1) for month in range(1, MONTHS + 1)]
        tariff, histories = load_prices(months[-1])
        bases = {
            month: {place: wage for place, rows in histories.items() if (wage := wage_at(rows, month))}
            for month in months
        }
        rules: dict[str, list[FundingRule]] = {}
        for rule in FundingRule.objects.filter(funding__in=list(sources)).order_by("-valid_from"):
            rules.setdefault(rule.funding, []).append(rule)
        return cls(tariff, bases, FundingSource.objects.in_bulk(list(sources)), rules)

    def of(self, asked: PlanAsked, line: NeedLine, source: str) -> Prices:
        """Rupiah of each month; None where the source may not pay, or the price is not known."""
        prices = (self._price(asked, line, source, month) for month in self.bases)
        return tuple(price if price is None else changed_price(price, asked.price_change) for price in prices)

    def _price(self, asked: PlanAsked, line: NeedLine, source: str, month: date) -> int | None:
        if not self.may_pay(source, line.category, month):
            return None
        if asked.rate is not None:
            return asked.rate
        price = usual_price(
            self.tariff,
            self.bases[month],
            region_code=line.region,
            category=line.category,
            segment=line.segment,
            month=month,
            programmes=asked.programmes,
            government=self.sources[source].is_government,
        )
        return price.rupiah if price else None

    def may_pay(self, source: str, category: str, month: date) -> bool:
        funding = self.sources[source]
        if (funding.valid_from and month < funding.valid_from) or (
            funding.valid_until and month >= funding.valid_until
        ):
            return False
        rule = self.rule_of(source, month)
        return rule is None or category in rule.categories

    def rule_of(self, source: str, month: date) -> FundingRule | None:
        return next((rule for rule in self.rules.get(source, ()) if rule.is_in_force(month)), None)

    def laws(self, sources: Sequence[str]) -> dict[str, str]:
        """Source → the rule that says for whom it may pay, where one does."""
        told = {source: self.rule_of(source, max(self.bases)) for source in sources}
        return {source: rule.legal_source for source, rule in told.items() if rule}
