"""Contributions that are due: people of each month times the price of that month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import F, Value

from budgets.price import Price
from budgets.selectors.rate import WageBases, load_prices, usual_price, wage_at
from budgets.tariff import Tariff
from participants.models import Category, FundingSource
from participants.selectors.headcount import count_funded
from participants.selectors.persons.months import NamedPeople, count_named
from regions.region_months import RegionMonths
from regions.stored_text import shown

CategoryFunding = tuple[str, str]


class PersonMonths(NamedTuple):
    """People of one kind in a month, with the price of one of them; None where it is not known."""

    month: date
    category: str
    funding: str
    segment: str
    people: int
    price: Price | None
    by_name: bool

    @property
    def rupiah(self) -> int:
        return self.people * self.price.rupiah if self.price else 0


@dataclass
class Expected:
    """Rupiah due from a region, by month and cell; and people whose price is not known."""

    due: dict[date, dict[CategoryFunding, int]] = field(default_factory=dict)
    unpriced: dict[date, dict[CategoryFunding, int]] = field(default_factory=dict)

    def add(self, row: PersonMonths) -> None:
        month, category, funding, _segment, people, price, _by_name = row
        by_month, number = (self.unpriced, people) if price is None else (self.due, people * price.rupiah)
        cells = by_month.get(month)
        if cells is None:
            cells = by_month[month] = {}
        cell = (category, funding)
        cells[cell] = cells.get(cell, 0) + number


@dataclass
class DueTerms:
    """Categories and payers: names, the usual segment, and whether the money is the state's."""

    categories: dict[str, str] = field(default_factory=dict)
    fundings: dict[str, str] = field(default_factory=dict)
    segments: dict[str, str] = field(default_factory=dict)
    government: dict[str, bool] = field(default_factory=dict)


def load_terms() -> DueTerms:
    """All of them in one question."""
    terms = DueTerms()
    columns = ("of_category", "code", "name", "segment", "public")
    categories = Category.objects.order_by().annotate(of_category=Value(True), public=Value(False))
    fundings = FundingSource.objects.order_by().annotate(
        of_category=Value(False), segment=Value(""), public=F("is_government")
    )
    rows = categories.values_list(*columns).union(fundings.values_list(*columns), all=True)
    for of_category, code, name, segment, public in rows:
        if of_category:
            terms.categories[code], terms.segments[code] = shown(name), segment
        else:
            terms.fundings[code], terms.government[code] = shown(name), public
    return terms


# Category, source of funds, month, segment, programmes.
_Alike = tuple[str, str, date, str, frozenset[str] | None]


@dataclass(frozen=True)
class _Prices:
    tariff: Tariff
    bases: Mapping[date, WageBases]
    terms: DueTerms
    # What all regions without a recorded wage pay alike.
    _usual: dict[_Alike, Price | None] = field(default_factory=dict)

    @classmethod
    def load(cls, months: Iterable[date], terms: DueTerms) -> "_Prices":
        asked = list(months)
        tariff, histories = load_prices(max(asked))
        return cls(
            tariff,
            {
                month: {place: wage for place, rows in histories.items() if (wage := wage_at(rows, month))}
                for month in asked
            },
            terms,
        )

    def of(
        self,
        code: str,
        category: str,
        funding: str,
        month: date,
        *,
        segment: str = "",
        programmes: frozenset[str] | None = None,
    ) -> Price | None:
        alike = (category, funding, month, segment, programmes)
        if (code, category) in self.bases[month]:
            return self._price(code, alike)
        if alike not in self._usual:
            self._usual[alike] = self._price(code, alike)
        return self._usual[alike]

    def _price(self, code: str, alike: _Alike) -> Price | None:
        category, funding, month, segment, programmes = alike
        return usual_price(
            self.tariff,
            self.bases[month],
            region_code=code,
            category=category,
            segment=segment or self.terms.segments[category],
            month=month,
            programmes=programmes,
            government=self.terms.government[funding],
        )


def sum_due(rows: Iterable[tuple[str, PersonMonths]]) -> dict[str, Expected]:
    """Region code → what is due for these months."""
    found: dict[str, Expected] = {}
    for code, row in rows:
        found.setdefault(code, Expected()).add(row)
    return found


def explain_expected(
    region_code: str, first: date, last: date, terms: DueTerms | None = None
) -> list[PersonMonths]:
    """What is due from a region, by month, category and payer."""
    asked = RegionMonths(first, last, (region_code,))
    rows = [row for _code, row in price_people(asked, count_named(asked, persons=False), terms)]
    return sorted(rows, key=lambda row: (row.month, row.category, row.funding, row.segment))


def price_people(
    asked: RegionMonths, named: NamedPeople, terms: DueTerms | None = None
) -> Iterable[tuple[str, PersonMonths]]:
    """The number reported for a cell of a month; where none was reported, the persons listed by name."""
    prices = _Prices.load(asked.months, terms or load_terms())
    reported = set()
    for month, by_region in count_funded(asked).items():
        for code, cells in by_region.items():
            for (category, funding), people in cells.items():
                reported.add((code, month, category, funding))
                price = prices.of(code, category, funding, month)
                segment = prices.terms.segments[category]
                yield code, PersonMonths(month, category, funding, segment, people, price, by_name=False)
    for code, month, category, funding, segment, programmes, people in named.priced:
        if (code, month, category, funding) not in reported:
            price = prices.of(code, category, funding, month, segment=segment, programmes=programmes)
            yield code, PersonMonths(month, category, funding, segment, people, price, True)
