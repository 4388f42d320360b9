"""What contributions cost over some months, and what they pay: the arithmetic of the calculator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from budgets.enums import BenefitUnit, ProgrammeGroup
from budgets.models import Benefit
from budgets.price import Part, Price, PriceAsked, Quote, rounded
from budgets.selectors.rate import list_benefits, load_tariff
from budgets.tariff import Tariff
from participants.enums import Segment
from regions.month import add_months


@dataclass(frozen=True)
class TariffQuestion:
    """Who, from when, how many and how long."""

    segment: str
    programmes: tuple[str, ...]
    asked: PriceAsked
    first_month: date
    months: int
    people: int
    contract: int | None = None
    contract_months: int | None = None
    through_firm: bool = True


@dataclass(frozen=True)
class Row:
    """A programme through months in which its price is the same."""

    part: Part
    first_month: date
    last_month: date
    months: int
    total: int

    @property
    def label(self) -> str:
        return str(ProgrammeGroup(self.part.programme).label)


@dataclass(frozen=True)
class BenefitRow:
    benefit: Benefit
    rupiah: int | None


@dataclass(frozen=True)
class BenefitGroup:
    """Benefits of one event and one length of membership; `total` where they are paid together once."""

    rows: list[BenefitRow]
    total: int | None

    @property
    def benefit(self) -> Benefit:
        return self.rows[0].benefit


@dataclass(frozen=True)
class Calculation:
    """`total` is the sum of the totals of the rows, or None where any price is unknown."""

    rows: list[Row]
    unknown: list[tuple[str, str]]
    total: int | None
    monthly: int | None
    is_once: bool
    benefits: list[BenefitGroup]


def calculate(question: TariffQuestion) -> Calculation:
    tariff = load_tariff()
    once = _paid_once(tariff, question)
    benefits = _benefits(tariff, question)
    if isinstance(once, str):
        named = [(str(ProgrammeGroup(code).label), once) for code in question.programmes]
        return Calculation([], named, None, None, True, benefits)
    if once is not None:
        rows = [_once_row(part, question) for part in once.parts]
        return Calculation(rows, [], sum(row.total for row in rows), None, True, benefits)
    quotes = [
        tariff.quote(
            question.segment, question.programmes, add_months(question.first_month, n), question.asked
        )
        for n in range(question.months)
    ]
    rows = [row for programme in quotes[0].order for row in _rows_of(programme, quotes, question)]
    unknown = sorted({pair for quote in quotes for pair in quote.unknown})
    labelled = [(str(ProgrammeGroup(code).label), reason) for code, reason in unknown]
    total = None if unknown else sum(row.total for row in rows)
    monthly = None if quotes[0].unknown else quotes[0].rupiah * question.people
    return Calculation(rows, labelled, total, monthly, False, benefits)


def _paid_once(tariff: Tariff, question: TariffQuestion) -> Price | str | None:
    """A project by its contract, or a migrant worker by theirs; a sentence where that has no price."""
    month, programmes = question.first_month, question.programmes
    if question.segment == Segment.JAKON and question.contract:
        return tariff.contract(value=question.contract, month=month, programmes=programmes)
    if question.segment != Segment.PMI:
        return None
    if not question.contract_months:
        return _("lama perjanjian kerjanya belum diisi (6, 12, atau 24 bulan, boleh lebih)")
    return tariff.package(
        month=month,
        months=question.contract_months,
        programmes=programmes,
        through_firm=question.through_firm,
    )


def _once_row(part: Part, question: TariffQuestion) -> Row:
    people = 1 if question.segment == Segment.JAKON else question.people
    return Row(part, question.first_month, question.first_month, 1, part.rupiah * people)


def _rows_of(programme: str, quotes: list[Quote], question: TariffQuestion) -> Iterable[Row]:
    """One programme month by month, equal months that follow each other in one row."""
    start = 0
    parts = [quote.part_of(programme) for quote in quotes]
    for end in range(1, len(parts) + 1):
        if end < len(parts) and parts[end] == parts[start]:
            continue
        part = parts[start]
        if part is not None:
            first, last = (add_months(question.first_month, n) for n in (start, end - 1))
            yield Row(part, first, last, end - start, part.rupiah * question.people * (end - start))
        start = end


def _benefits(tariff: Tariff, question: TariffQuestion) -> list[BenefitGroup]:
    wage = tariff.counted_wage(question.segment, question.first_month, question.asked)
    groups: dict[tuple[str, str, int, int | None, str], list[BenefitRow]] = {}
    for row in list_benefits(question.first_month, question.segment, question.programmes):
        key = (row.programme, row.event, row.min_months, row.below_months, row.unit)
        groups.setdefault(key, []).append(BenefitRow(row, _rupiah_of(row, wage)))
    return [BenefitGroup(rows, _paid_together(rows)) for rows in groups.values()]


def _rupiah_of(row: Benefit, wage: int | None) -> int | None:
    if row.rupiah is not None:
        return row.rupiah
    if row.wage_multiple is None or wage is None:
        return None
    counted = wage if row.wage_ceiling is None else min(wage, row.wage_ceiling)
    return rounded(Decimal(counted) * row.wage_multiple)


def _paid_together(rows: list[BenefitRow]) -> int | None:
    once = all(row.benefit.unit == BenefitUnit.ONCE and not row.benefit.is_limit for row in rows)
    amounts = [row.rupiah for row in rows if row.rupiah is not None]
    return sum(amounts) if once and len(rows) > 1 and len(amounts) == len(rows) else None
