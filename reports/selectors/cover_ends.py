"""Until when the people of a category and payer are covered, and one who stands in several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from budgets.selectors.money_end import budget_ends, end_of, paid_ahead, prepaid_until
from budgets.selectors.usual_prices import UsualPrices
from participants.models import Category, FundingSource
from participants.selectors.category_term import terms_in_force
from participants.selectors.persons.cover_end import Held
from regions.month import add_months, first_of
from reports.enums import EndingCause
from reports.selectors.covered import CoveredCell


@dataclass(frozen=True)
class CoverEnd:
    """The last month that is covered, and why it is the last."""

    month: date
    cause: EndingCause


Ends = Mapping[CoveredCell, CoverEnd]


def last_of(code: str, held: Held, ends: Ends, month: date) -> tuple[tuple[str, str], CoverEnd] | None:
    """The category and payer that cover a person last, and until when; None where nobody said it.

    One spell follows another without a gap, or the first gap ends the cover.
    """
    last, by = add_months(month, -1), None
    for spell in held:
        if spell.first > add_months(last, 1):
            break
        limit = ends.get((code, spell.category, spell.funding))
        if spell.last is None and limit is None:
            return None
        if limit is None or (spell.last is not None and spell.last <= limit.month):
            end = CoverEnd(spell.last or last, EndingCause.SPELL)
        else:
            end = limit
        if end.month > last:
            last, by = end.month, ((spell.category, spell.funding), end)
    return by


@dataclass(frozen=True)
class KnownEnds:
    """Names, prices, and until when each category and payer is covered."""

    categories: dict[str, Category]
    fundings: dict[str, FundingSource]
    prices: dict[CoveredCell, int | None]
    ends: dict[CoveredCell, CoverEnd]

    @classmethod
    def load(
        cls, codes: Iterable[str], cells: dict[CoveredCell, int], month: date, today: date, price: int | None
    ) -> "KnownEnds":
        asked = sorted(codes)
        categories, fundings = Category.objects.in_bulk(), FundingSource.objects.in_bulk()
        usual = UsualPrices(month)
        prices = {cell: _price(usual, cell, categories, fundings) or price for cell in cells}
        terms = terms_in_force(asked, month)
        lines, paid = budget_ends(asked, month, today), paid_ahead(asked, month, today)
        ends = {}
        for cell, people in cells.items():
            code, category, funding = cell
            rate = prices[cell]
            term = terms.get((code, category))
            ahead = prepaid_until(paid, (code, month), (category, funding), people * rate if rate else None)
            end = _earliest(
                CoverEnd(first_of(term.ends_on), EndingCause.TERM) if term else None,
                _money(end_of(lines.get(code, {}), (category, funding)), ahead),
            )
            if end is not None:
                ends[cell] = end
        return cls(categories, fundings, prices, ends)


def _price(
    usual: UsualPrices,
    cell: CoveredCell,
    categories: dict[str, Category],
    fundings: dict[str, FundingSource],
) -> int | None:
    code, category, funding = cell
    segment = categories[category].segment
    return usual.of(code, category, segment, government=fundings[funding].is_government)


def _money(budget: date | None, ahead: date | None) -> CoverEnd | None:
    """What was paid ahead covers although the budget is over."""
    if ahead is not None and (budget is None or ahead > budget):
        return CoverEnd(ahead, EndingCause.PREPAID)
    return CoverEnd(budget, EndingCause.BUDGET) if budget else None


def _earliest(*ends: CoverEnd | None) -> CoverEnd | None:
    return min((end for end in ends if end is not None), key=lambda end: end.month, default=None)
