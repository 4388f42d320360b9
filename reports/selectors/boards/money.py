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
    """By payer; what one has paid too much pays for no other, so that the two sums stand apart."""

    month: date
    cells: list[MeasureValue | None]

    @property
    def short(self) -> int:
        return sum(value.numerator for value in self.cells if value and value.numerator > 0)

    @property
    def over(self) -> int:
        return -sum(value.numerator for value in self.cells if value and value.numerator < 0)


@dataclass(frozen=True)
class FunnelStage:
    """`less` is by how much it is below the stage before, None where other regions are summed in it."""

    value: MeasureValue
    less: int | None

    @property
    def more(self) -> int | None:
        return None if self.less is None else -self.less


@dataclass(frozen=True)
class Lapse:
    """What is left of a line of a regional budget at the end of its year, if its people stay as many."""

    value: MeasureValue
    category: str
    funding: str
    rupiah: int


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
    funnel: list[FunnelStage] = field(default_factory=list)
    lapses: list[Lapse] = field(default_factory=list)

    @property
    def short(self) -> int:
        return sum(row.short for row in self.arrears)

    @property
    def over(self) -> int:
        return sum(row.over for row in self.arrears)


def get_money(values: Values, names: Mapping[str, str], period: date) -> MoneyBoard:
    money = MoneyBoard(
        funnel=funnel_of(values),
        lapses=lapses_of(values, names, period),
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
        money.arrears.append(ArrearsRow(parse_month(month), row))


_STAGES = (MeasureCode.ALLOCATED, MeasureCode.BILLED, MeasureCode.REALISED, MeasureCode.POSTED)
_DECEMBER = 12
# Whose unspent ceilings end with the year.
_LAPSING = "apbd_"


def funnel_of(values: Values) -> list[FunnelStage]:
    """From the ceiling to what BPJS has posted, as far as it is known."""
    stages: list[FunnelStage] = []
    for value in (one for code in _STAGES for one in values.get(code, ())[:1]):
        before = stages[-1].value if stages else None
        is_alike = before is not None and before.reported == value.reported
        stages.append(FunnelStage(value, before.numerator - value.numerator if before and is_alike else None))
    return stages


def lapses_of(values: Values, names: Mapping[str, str], period: date) -> list[Lapse]:
    """Lines that hold for more months than the year has left, the greatest sum first."""
    left = _DECEMBER - period.month
    found = [
        Lapse(value, names.get(value.category, ""), names.get(value.funding, ""), rupiah)
        for value in values.get(MeasureCode.MONTHS_LEFT, ())
        if value.funding.startswith(_LAPSING)
        and (rupiah := value.numerator - left * (value.denominator or 0)) > 0
    ]
    return sorted(found, key=lambda lapse: -lapse.rupiah)
