"""One line of a plan, opened: its formula, the tariff of each month, the need, who may pay, assumptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from budgets.models import FundingRule, Scenario
from budgets.planning.asked import PlanAsked
from budgets.planning.outlook import changed_price
from budgets.price import Part
from budgets.selectors.planning.formula import formula_of
from budgets.selectors.planning.price import PriceBook
from budgets.selectors.planning.scenario import PlanLine, result_of
from participants.selectors.category import categories_by_code
from regions.errors import OutsideScope
from reports.selectors.plans.shown import ShownLine, ShownPlan


@dataclass(frozen=True)
class PricedMonths:
    """Months that cost the same for the same reasons. `agrees` is false where the tariff says another price
    today than when the plan was made."""

    first: date
    last: date
    count: int
    price: int
    parts: tuple[Part, ...]
    agrees: bool


@dataclass(frozen=True)
class OpenedLine:
    shown: ShownLine
    formula: str
    months: list[PricedMonths]
    need: dict[str, Any]
    rule: FundingRule | None
    asked: PlanAsked

    @property
    def is_edited(self) -> bool:
        return self.shown.line.people != self.shown.line.optimum


def opened_line(scenario: Scenario, plan: ShownPlan | None, place: int) -> OpenedLine:
    """Raises OutsideScope where the plan has no such line."""
    result = result_of(scenario)
    if plan is None or result is None or place >= len(plan.lines):
        raise OutsideScope(str(place))
    shown = plan.lines[place]
    line = shown.line
    need = next(
        told
        for told in scenario.inputs["lines"]
        if (told["region"], told["category"]) == (line.region, line.category)
    )
    book = PriceBook.load(scenario.year, [line.source])
    return OpenedLine(
        shown=shown,
        formula=formula_of(line.people, line.rates),
        months=_months(scenario.year, book, result.asked, line),
        need=need,
        rule=book.rule_of(line.source, date(scenario.year, line.first + 1, 1)),
        asked=result.asked,
    )


def _months(year: int, book: PriceBook, asked: PlanAsked, line: PlanLine) -> list[PricedMonths]:
    told = [
        (date(year, line.first + at + 1, 1), rate, _parts(book, asked, line, line.first + at))
        for at, rate in enumerate(line.rates)
    ]
    found = []
    for (rate, parts), inside in groupby(told, key=lambda one: (one[1], one[2])):
        months = [month for month, _rate, _parts_of in inside]
        found.append(
            PricedMonths(months[0], months[-1], len(months), rate, parts, _agrees(asked, rate, parts))
        )
    return found


def _parts(book: PriceBook, asked: PlanAsked, line: PlanLine, month: int) -> tuple[Part, ...]:
    """None where the plan assumes a rate of its own."""
    if asked.rate is not None:
        return ()
    price = book.months[month].price_of(
        line.region,
        line.category,
        categories_by_code()[line.category].segment,
        government=book.sources[line.source].is_government,
        programmes=asked.programmes,
    )
    return price.parts if price else ()


def _agrees(asked: PlanAsked, rate: int, parts: Sequence[Part]) -> bool:
    if asked.rate is not None:
        return True
    return changed_price(sum(part.rupiah for part in parts), asked.price_change) == rate
