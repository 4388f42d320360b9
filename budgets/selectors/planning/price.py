"""What one person of a group costs in each month of the planned year, by the tariff and who may pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from budgets.errors import PlanRefused
from budgets.models import FundingRule
from budgets.planning.asked import PlanAsked
from budgets.planning.outlook import changed_price
from budgets.planning.question import MONTHS
from budgets.selectors.planning.need import NeedLine
from budgets.selectors.rate import load_prices
from budgets.selectors.usual_prices import UsualPrices
from participants.models import FundingSource

Prices = tuple[int | None, ...]


@dataclass(frozen=True)
class PriceBook:
    """Tariff, wages and rules that were read once for the whole plan."""

    months: list[UsualPrices]
    sources: dict[str, FundingSource]
    rules: dict[str, list[FundingRule]]

    @classmethod
    def load(cls, year: int, sources: Sequence[str]) -> "PriceBook":
        """Raises PlanRefused for a source that nobody knows."""
        prices = load_prices(date(year, MONTHS, 1))
        months = [UsualPrices(date(year, month, 1), prices) for month in range(1, MONTHS + 1)]
        found = FundingSource.objects.in_bulk(list(sources))
        if unknown := sorted(set(sources) - set(found)):
            words = ", ".join(unknown)
            raise PlanRefused(_("Sumber dana tidak dikenal: %(words)s.") % {"words": words}, "ceilings")
        rules: dict[str, list[FundingRule]] = {}
        for rule in FundingRule.objects.filter(funding__in=list(found)).order_by("-valid_from"):
            rules.setdefault(rule.funding, []).append(rule)
        return cls(months, found, rules)

    def of(self, asked: PlanAsked, line: NeedLine, source: str) -> Prices:
        """Rupiah of each month; None where the source may not pay, or the price is not known."""
        prices = (self._price(asked, line, source, month) for month in self.months)
        return tuple(price if price is None else changed_price(price, asked.price_change) for price in prices)

    def _price(self, asked: PlanAsked, line: NeedLine, source: str, month: UsualPrices) -> int | None:
        if not self.may_pay(source, line.category, month.month):
            return None
        if asked.rate is not None:
            return asked.rate
        return month.of(
            line.region,
            line.category,
            line.segment,
            government=self.sources[source].is_government,
            programmes=asked.programmes,
        )

    def may_ever_pay(self, source: str, category: str) -> bool:
        return any(self.may_pay(source, category, month.month) for month in self.months)

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

    def laws(self) -> dict[str, str]:
        """Source → the rule that says for whom it may pay, where one does."""
        told = {source: self.rule_of(source, self.months[-1].month) for source in self.sources}
        return {source: rule.legal_source for source, rule in told.items() if rule}
