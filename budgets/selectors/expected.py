"""Contributions that are due: people of each month times the price of that month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Value

from budgets.selectors.rate import WageBases, load_prices, usual_price, wage_at
from budgets.tariff import Price, Tariff
from participants.models import Category, FundingSource, Headcount
from participants.selectors.persons.months import count_spells
from regions.month import months_between

CategoryFunding = tuple[str, str]


@dataclass(frozen=True)
class PersonMonths:
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

    due: dict[tuple[date, str, str], int] = field(default_factory=dict)
    unpriced: dict[tuple[date, str, str], int] = field(default_factory=dict)

    def add(self, row: PersonMonths) -> None:
        cell = (row.month, row.category, row.funding)
        if row.price is None:
            self.unpriced[cell] = self.unpriced.get(cell, 0) + row.people
        else:
            self.due[cell] = self.due.get(cell, 0) + row.rupiah


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
            terms.categories[code], terms.segments[code] = name, segment
        else:
            terms.fundings[code], terms.government[code] = name, public
    return terms


@dataclass(frozen=True)
class _Prices:
    tariff: Tariff
    bases: Mapping[date, WageBases]
    terms: DueTerms

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


def sum_expected(first: date, last: date) -> dict[str, Expected]:
    """Region code → what is due for the months from `first` to `last`, the first of them not later."""
    found: dict[str, Expected] = {}
    for code, row in _person_months(first, last):
        found.setdefault(code, Expected()).add(row)
    return found


def explain_expected(
    region_code: str, first: date, last: date, terms: DueTerms | None = None
) -> list[PersonMonths]:
    """What `sum_expected` adds up for a region, by month, category and payer."""
    rows = [row for _code, row in _person_months(first, last, region_code, terms)]
    return sorted(rows, key=lambda row: (row.month, row.category, row.funding, row.segment))


def _person_months(
    first: date, last: date, region_code: str = "", terms: DueTerms | None = None
) -> Iterable[tuple[str, PersonMonths]]:
    """The number reported for a cell of a month; where none was reported, the persons listed by name."""
    months = list(months_between(first, last))
    prices = _Prices.load(months, terms or load_terms())
    reported = set()
    rows = Headcount.objects.filter(month__range=(first, last))
    if region_code:
        rows = rows.filter(region_id=region_code)
    for code, month, category, funding, people in rows.values_list(
        "region_id", "month", "category_id", "funding_id", "people"
    ):
        reported.add((code, month, category, funding))
        price = prices.of(code, category, funding, month)
        segment = prices.terms.segments[category]
        yield code, PersonMonths(month, category, funding, segment, people, price, by_name=False)
    for spell in count_spells(first, last, region_code=region_code):
        code, cell = spell.region_code, (spell.category, spell.funding)
        for month in spell.months(first, last):
            if (code, month, *cell) not in reported:
                price = prices.of(code, *cell, month, segment=spell.segment, programmes=spell.programmes)
                yield code, PersonMonths(month, *cell, spell.segment, spell.people, price, by_name=True)
