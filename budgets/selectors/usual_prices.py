"""What one person of a category costs a region in a month, where the tariff knows it."""

from collections.abc import Collection
from datetime import date

from budgets.price import Price
from budgets.selectors.rate import WageHistory, load_prices, usual_price, wage_at
from budgets.tariff import Tariff

# The price list and the wages by region code and category, as `load_prices` reads them.
PriceList = tuple[Tariff, dict[tuple[str, str], WageHistory]]


class UsualPrices:
    """Of one month; what all regions without a recorded wage pay alike is reckoned once."""

    def __init__(self, month: date, prices: PriceList | None = None) -> None:
        self.month = month
        self.tariff, histories = prices or load_prices(month)
        self.wages = {at: wage for at, rows in histories.items() if (wage := wage_at(rows, month))}
        self._usual: dict[tuple[str, bool, frozenset[str] | None], int | None] = {}

    def of(
        self,
        code: str,
        category: str,
        segment: str,
        *,
        government: bool = True,
        programmes: Collection[str] | None = None,
    ) -> int | None:
        """`programmes` None: those of the recorded wage, or the usual ones."""
        asked = frozenset(programmes) if programmes else None
        if (code, category) in self.wages:
            return self._price(code, category, segment, government, asked)
        key = (category, government, asked)
        if key not in self._usual:
            self._usual[key] = self._price(code, category, segment, government, asked)
        return self._usual[key]

    def _price(
        self, code: str, category: str, segment: str, government: bool, programmes: frozenset[str] | None
    ) -> int | None:
        price = self.price_of(code, category, segment, government=government, programmes=programmes)
        return price.rupiah if price else None

    def price_of(
        self,
        code: str,
        category: str,
        segment: str,
        *,
        government: bool = True,
        programmes: Collection[str] | None = None,
    ) -> Price | None:
        """With its parts: how each came about, and by which law."""
        return usual_price(
            self.tariff,
            self.wages,
            region_code=code,
            category=category,
            segment=segment,
            month=self.month,
            programmes=programmes,
            government=government,
        )
