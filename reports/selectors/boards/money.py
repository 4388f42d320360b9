"""What a board shows of money in a place of its own: payers, arrears by month, kinds of claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from regions.month import parse_month
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue

Values = Mapping[str, list[MeasureValue]]


@dataclass(frozen=True)
class ArrearsRow:
    month: date
    cells: list[MeasureValue | None]
    total: int


@dataclass
class MoneyBoard:
    payers: list[MeasureValue] = field(default_factory=list)
    payer_names: list[str] = field(default_factory=list)
    arrears: list[ArrearsRow] = field(default_factory=list)
    kinds: list[MeasureValue] = field(default_factory=list)


def get_money(values: Values, names: Mapping[str, str]) -> MoneyBoard:
    money = MoneyBoard(
        payers=by_size(values.get(MeasureCode.PAYER_SHARE, [])),
        kinds=values.get(MeasureCode.CLAIMS_BY_KIND, []),
    )
    _add_arrears(money, values, names)
    return money


def by_size(values: list[MeasureValue]) -> list[MeasureValue]:
    return sorted(values, key=lambda value: -value.numerator)


def _add_arrears(money: MoneyBoard, values: Values, names: Mapping[str, str]) -> None:
    cells = {(v.variant, v.funding): v for v in values.get(MeasureCode.ARREARS_BY_MONTH, [])}
    payers = sorted({funding for _month, funding in cells})
    money.payer_names = [names.get(payer, payer) for payer in payers]
    for month in sorted({month for month, _funding in cells}):
        row = [cells.get((month, payer)) for payer in payers]
        money.arrears.append(ArrearsRow(parse_month(month), row, sum(v.numerator for v in row if v)))
