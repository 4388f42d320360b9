"""What a board shows of money in a place of its own: payers, arrears by month, kinds of claims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from regions.month import add_months, parse_month
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue

Values = Mapping[str, list[MeasureValue]]


@dataclass(frozen=True)
class ArrearsRow:
    month: date
    cells: list[MeasureValue | None]
    total: int


@dataclass(frozen=True)
class MonthOfMoney:
    """What came in and went out in one month; None where it is not known."""

    month: date
    received: int | None
    paid: int | None


@dataclass
class MoneyBoard:
    payers: list[MeasureValue] = field(default_factory=list)
    payer_names: list[str] = field(default_factory=list)
    arrears: list[ArrearsRow] = field(default_factory=list)
    kinds: list[MeasureValue] = field(default_factory=list)
    months: list[MonthOfMoney] = field(default_factory=list)


def get_money(values: Values, names: Mapping[str, str]) -> MoneyBoard:
    money = MoneyBoard(
        payers=by_size(values.get(MeasureCode.PAYER_SHARE, [])),
        kinds=values.get(MeasureCode.CLAIMS_BY_KIND, []),
    )
    _add_arrears(money, values, names)
    return money


FLOWS = (MeasureCode.CONTRIBUTIONS, MeasureCode.CLAIMS)
FLOW_MONTHS = 12


def months_of_money(values: Iterable[MeasureValue], last: date) -> list[MonthOfMoney]:
    """The last twelve months, of sums that count from January on."""
    told = {(value.measure, value.run.period): value for value in values if value.measure in FLOWS}
    return [
        MonthOfMoney(month, *(_flow(told, code, month) for code in FLOWS))
        for month in (add_months(last, -back) for back in reversed(range(FLOW_MONTHS)))
    ]


def _flow(told: Mapping[tuple[str, date], MeasureValue], code: str, month: date) -> int | None:
    """Unknown where the month before is, or where other regions were summed then."""
    now = told.get((code, month))
    if now is None or month.month == 1:
        return None if now is None else now.numerator
    before = told.get((code, add_months(month, -1)))
    if before is None or before.reported != now.reported:
        return None
    return now.numerator - before.numerator


def by_size(values: list[MeasureValue]) -> list[MeasureValue]:
    return sorted(values, key=lambda value: -value.numerator)


def _add_arrears(money: MoneyBoard, values: Values, names: Mapping[str, str]) -> None:
    cells = {(v.variant, v.funding): v for v in values.get(MeasureCode.ARREARS_BY_MONTH, [])}
    payers = sorted({funding for _month, funding in cells})
    money.payer_names = [names.get(payer, payer) for payer in payers]
    for month in sorted({month for month, _funding in cells}):
        row = [cells.get((month, payer)) for payer in payers]
        money.arrears.append(ArrearsRow(parse_month(month), row, sum(v.numerator for v in row if v)))
