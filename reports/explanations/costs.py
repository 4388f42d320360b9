"""The people of each month times their price, of which a figure of what is due is the sum."""

from collections.abc import Callable
from datetime import date

from budgets.selectors.expected import PersonMonths, explain_expected
from regions.month import fiscal_year_start, parse_month
from reports.measures.evidence import Costs
from reports.models import MeasureValue


def year_to_date(code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    return [row for row in explain_expected(code, fiscal_year_start(period), period) if row.price]


def of_variant_month(code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    month = parse_month(value.variant)
    rows = explain_expected(code, month, month)
    return [row for row in rows if row.price and row.funding == value.funding]


def this_month(code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    return [row for row in _of_cell(code, period, value) if row.price is not None]


def unpriced(code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    return [row for row in _of_cell(code, period, value) if row.price is None]


def _of_cell(code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    rows = explain_expected(code, period, period)
    return [row for row in rows if row.funding == value.funding and value.category in {"", row.category}]


COSTS: dict[Costs, Callable[[str, date, MeasureValue], list[PersonMonths]]] = {
    Costs.YEAR_TO_DATE: year_to_date,
    Costs.OF_VARIANT_MONTH: of_variant_month,
    Costs.THIS_MONTH: this_month,
    Costs.UNPRICED: unpriced,
}
