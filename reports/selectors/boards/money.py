"""What the dashboard of a region shows of money, from the values of one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budgets.ratio import cost_per_gain
from regions.month import parse_month
from reports.models import MeasureValue

Values = Mapping[str, list[MeasureValue]]


@dataclass(frozen=True)
class BudgetRow:
    """One category and payer: ceiling, paid, and for how long the rest lasts."""

    category: str
    funding: str
    allocated: MeasureValue | None
    realised: MeasureValue | None
    absorption: MeasureValue | None
    months_left: MeasureValue | None


@dataclass(frozen=True)
class BalanceRow:
    """One basis: what came in, what went out, the difference and the ratio; None where not told."""

    into: MeasureValue | None
    out: MeasureValue | None
    balance: MeasureValue | None
    ratio: MeasureValue | None

    @property
    def shown(self) -> MeasureValue | None:
        return self.into or self.out


@dataclass(frozen=True)
class ArrearsRow:
    month: date
    cells: list[MeasureValue | None]
    total: int


@dataclass(frozen=True)
class ClaimRow:
    rupiah: MeasureValue
    cases: MeasureValue | None


@dataclass
class Money:
    """`gain` compares coverage with the last month of the year before; None where either is unknown."""

    totals: list[MeasureValue] = field(default_factory=list)
    budget: list[BudgetRow] = field(default_factory=list)
    payers: list[MeasureValue] = field(default_factory=list)
    dues: list[MeasureValue] = field(default_factory=list)
    payer_names: list[str] = field(default_factory=list)
    arrears: list[ArrearsRow] = field(default_factory=list)
    balances: list[BalanceRow] = field(default_factory=list)
    claims: list[ClaimRow] = field(default_factory=list)
    kinds: list[MeasureValue] = field(default_factory=list)
    cases: MeasureValue | None = None
    per_worker: Decimal | None = None
    per_point: Decimal | None = None
    gained: int | None = None
    gained_points: Decimal | None = None


def get_money(
    values: Values, names: Mapping[str, str], before: MeasureValue | None, now: MeasureValue | None
) -> Money:
    """`before` and `now` are the coverage at the end of last year and in this month."""
    money = Money(
        totals=_of(values, "BUD-01", "BUD-02", "BUD-03"),
        budget=_budget(values, names),
        payers=sorted(values.get("BUD-07", []), key=lambda v: -v.numerator),
        dues=_of(values, "CON-01", "CON-02", "CON-03"),
        balances=_balances(values),
        claims=_claims(values),
        kinds=values.get("CLM-04", []),
        cases=next(iter(values.get("CLM-03", [])), None),
    )
    _add_arrears(money, values, names)
    _add_gain(money, values, before, now)
    return money


def _of(values: Values, *codes: str) -> list[MeasureValue]:
    return [value for code in codes for value in values.get(code, [])]


_BUDGET_ROW = ("BUD-04", "BUD-05", "BUD-08", "BUD-06")


def _budget(values: Values, names: Mapping[str, str]) -> list[BudgetRow]:
    cells = {code: {(v.category, v.funding): v for v in values.get(code, [])} for code in _BUDGET_ROW}
    keys = sorted({*cells["BUD-04"], *cells["BUD-05"]})
    return [
        BudgetRow(
            names.get(key[0], ""),
            names.get(key[1], ""),
            *(cells[code].get(key) for code in _BUDGET_ROW),
        )
        for key in keys
    ]


def _balances(values: Values) -> list[BalanceRow]:
    cells = {
        code: {v.variant: v for v in values.get(code, [])}
        for code in ("BAL-06", "BAL-07", "BAL-05", "BAL-08")
    }
    told = [v.variant for v in (*values.get("BAL-06", []), *values.get("BAL-07", []))]
    return [
        BalanceRow(*(cells[code].get(basis) for code in ("BAL-06", "BAL-07", "BAL-05", "BAL-08")))
        for basis in dict.fromkeys(told)
    ]


def _claims(values: Values) -> list[ClaimRow]:
    cases = {v.variant: v for v in values.get("CLM-02", [])}
    rows = sorted(values.get("CLM-01", []), key=lambda v: -v.numerator)
    return [ClaimRow(v, cases.get(v.variant)) for v in rows]


def _add_arrears(money: Money, values: Values, names: Mapping[str, str]) -> None:
    cells = {(v.variant, v.funding): v for v in values.get("CON-04", [])}
    payers = sorted({funding for _month, funding in cells})
    money.payer_names = [names.get(payer, payer) for payer in payers]
    for month in sorted({month for month, _funding in cells}):
        row = [cells.get((month, payer)) for payer in payers]
        money.arrears.append(ArrearsRow(parse_month(month), row, sum(v.numerator for v in row if v)))


def _add_gain(money: Money, values: Values, before: MeasureValue | None, now: MeasureValue | None) -> None:
    """What a newly covered worker and a point of coverage have cost, where there was a gain."""
    paid = next(iter(values.get("BUD-02", [])), None)
    if paid is None or before is None or now is None or before.reported != now.reported:
        return
    money.gained = now.numerator - before.numerator
    money.per_worker = cost_per_gain(paid.numerator, money.gained)
    if now.rate is not None and before.rate is not None:
        money.gained_points = now.rate - before.rate
        money.per_point = cost_per_gain(paid.numerator, money.gained_points)


def year_end_before(period: date) -> date:
    return date(period.year - 1, 12, 1)
