"""What one person of a category costs a region in a month, where the tariff knows it."""

from datetime import date

from budgets.selectors.rate import load_prices, usual_price, wage_at
from participants.models import Category


class UsualPrices:
    """Of one month; what all regions without a recorded wage pay alike is reckoned once."""

    def __init__(self, month: date) -> None:
        self.month = month
        self.tariff, histories = load_prices(month)
        self.wages = {at: wage for at, rows in histories.items() if (wage := wage_at(rows, month))}
        self.usual: dict[tuple[str, bool], int | None] = {}

    def of(self, code: str, category: Category, *, government: bool = True) -> int | None:
        if (code, category.pk) in self.wages:
            return self._price(code, category, government)
        key = (category.pk, government)
        if key not in self.usual:
            self.usual[key] = self._price(code, category, government)
        return self.usual[key]

    def _price(self, code: str, category: Category, government: bool) -> int | None:
        price = usual_price(
            self.tariff,
            self.wages,
            region_code=code,
            category=category.pk,
            segment=category.segment,
            month=self.month,
            government=government,
        )
        return price.rupiah if price else None
