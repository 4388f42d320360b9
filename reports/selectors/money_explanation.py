"""The stored rows and the person-months behind figures of money."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.models import Allocation, Claim, Contribution, MoneyRow, Realisation
from budgets.models.money import MoneyFact
from budgets.selectors.allocation import explain_allocations
from budgets.selectors.balance import explain_money_in, explain_money_out
from budgets.selectors.claim import explain_claim_part, explain_claims
from budgets.selectors.contribution import explain_contributions
from budgets.selectors.expected import PersonMonths, explain_expected
from budgets.selectors.money_batch import file_rows_of
from budgets.selectors.realisation import explain_realised
from budgets.selectors.received import explain_received, share_of_months
from regions.enums import Origin
from regions.month import fiscal_year_start, last_day, months_between, parse_month
from regions.roles import Permission
from reports.enums import Unit
from reports.models import MeasureValue
from reports.selectors.fact_row import FactRow, FactSection

Sections = Iterable[FactSection]


def list_costs(code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    """The people of each month times their price, of which a figure of what is due is the sum."""
    first = fiscal_year_start(period)
    if value.measure == "CON-01":
        return [row for row in explain_expected(code, first, period) if row.price]
    if value.measure == "CON-04":
        month = parse_month(value.variant)
        rows = explain_expected(code, month, month)
        return [row for row in rows if row.price and row.funding == value.funding]
    if value.measure in {"BUD-06", "CON-05"}:
        rows = explain_expected(code, period, period)
        wanted = [row for row in rows if (row.price is None) == (value.measure == "CON-05")]
        return [
            row for row in wanted if row.funding == value.funding and value.category in {"", row.category}
        ]
    return []


def placed(section: FactSection) -> FactSection:
    """The same rows, each that came by a file of money with its file, sheet and line."""
    facts = [row.fact for row in section.rows if row.fact.origin == Origin.FILE]
    rows = file_rows_of([fact for fact in facts if isinstance(fact, MoneyFact | Allocation | Realisation)])
    if not rows:
        return section
    return FactSection(
        section.title,
        [
            replace(row, place=_place(rows[row.fact.pk])) if row.fact.pk in rows else row
            for row in section.rows
        ],
    )


def _place(row: MoneyRow) -> str:
    told = _("%(file)s, lembar “%(sheet)s”, baris %(number)s (SHA-256 %(hash)s…)")
    return told % {
        "file": row.batch.file_name,
        "sheet": row.sheet,
        "number": row.number,
        "hash": row.batch.sha256[:12],
    }


def contribution_sections(code: str, period: date, value: MeasureValue) -> Sections:
    rows = [(row, row.amount) for row in explain_contributions(code, period)]
    yield FactSection(_("Iuran yang dibayar"), _contributions(rows))


def claim_sections(code: str, period: date, value: MeasureValue) -> Sections:
    yield FactSection(_("Klaim yang dibayarkan"), _claims(explain_claims(code, period)))


def _received_sections(code: str, period: date, value: MeasureValue) -> Sections:
    """Of each payment the share of the months that count."""
    months = list(months_between(fiscal_year_start(period), period))
    if value.measure == "CON-04":
        months = [parse_month(value.variant)]
    rows = []
    for row in explain_received(code, period):
        if value.measure == "CON-04" and (row.funding_id or "") != value.funding:
            continue
        counted = [month for month in months if row.first_month <= month <= row.last_month]
        rupiah = sum(share_of_months(row.amount, row.first_month, row.last_month, m) for m in counted)
        if counted:
            rows.append((row, rupiah))
    yield FactSection(_("Bagian iuran untuk bulan-bulan itu"), _contributions(rows))


def _in_sections(code: str, period: date, value: MeasureValue) -> Sections:
    rows = explain_money_in(code, period, value.variant)
    yield FactSection(_("Iuran menurut dasar itu"), _contributions(rows))


def _out_sections(code: str, period: date, value: MeasureValue) -> Sections:
    rows = explain_money_out(code, period, value.variant)
    yield FactSection(_("Klaim menurut dasar itu"), _claims(rows))


def _claim_part_sections(code: str, period: date, value: MeasureValue) -> Sections:
    part = {"kind": value.variant} if value.measure == "CLM-04" else {"programme": value.variant}
    rows = explain_claim_part(code, period, **part)
    title = _("Klaim bagian itu")
    if value.measure == "CLM-02":
        yield FactSection(title, [_row(row, row.cases or 0, Unit.CASES) for row in rows])
    else:
        yield FactSection(title, _claims(rows))


def _contributions(rows: Iterable[tuple[Contribution, int]]) -> list[FactRow]:
    return [
        FactRow(
            row,
            _label(row, _span(row.first_month, row.last_month)),
            rupiah,
            Unit.RUPIAH,
            Permission.ENTER_CONTRIBUTION,
            "contribution_correct",
        )
        for row, rupiah in rows
    ]


def _claims(rows: Iterable[Claim]) -> list[FactRow]:
    return [_row(row, row.amount, Unit.RUPIAH) for row in rows]


def _row(row: Claim, amount: int, unit: Unit) -> FactRow:
    return FactRow(row, _label(row), amount, unit, Permission.ENTER_CLAIM, "claim_correct")


def _label(row: Contribution | Claim, *more: str) -> str:
    parts = (row.get_programme_display(), row.funding, row.category, *more)
    return " · ".join(str(part) for part in parts if part)


def _span(first: date, last: date) -> str:
    if first == last:
        return date_format(first, "F Y")
    return f"{date_format(first, 'F Y')} – {date_format(last, 'F Y')}"


def _allocation_sections(code: str, period: date, value: MeasureValue) -> Sections:
    rows = [row for row in explain_allocations(code, period) if _of_cell(row, value)]
    yield FactSection(
        _("Pagu yang berlaku"),
        [
            FactRow(
                row,
                _budget_label(row, row.get_phase_display(), row.account, row.document),
                row.amount,
                Unit.RUPIAH,
                Permission.ENTER_BUDGET,
                "allocation_correct",
            )
            for row in rows
        ],
    )


def _realisation_sections(code: str, period: date, value: MeasureValue) -> Sections:
    bounds = (fiscal_year_start(period), last_day(period))
    rows = [
        row
        for row in explain_realised(code, period)
        if row.paid_on and bounds[0] <= row.paid_on <= bounds[1] and _of_cell(row, value)
    ]
    yield FactSection(
        _("Yang dibayar dari anggaran"),
        [
            FactRow(
                row,
                _budget_label(row, _span(row.first_month, row.last_month), row.payment_order),
                row.paid_amount or 0,
                Unit.RUPIAH,
                Permission.ENTER_BUDGET,
                "realisation_correct",
            )
            for row in rows
        ],
    )


def _of_cell(row: Allocation | Realisation, value: MeasureValue) -> bool:
    """A total is of all lines, a figure of one category and payer of those alone."""
    if value.measure in {"BUD-01", "BUD-02"}:
        return True
    return (row.category_id or "", row.funding_id or "") == (value.category, value.funding)


def _budget_label(row: Allocation | Realisation, *more: str) -> str:
    return " · ".join(str(part) for part in (row.category, row.funding, *more) if part)


def _left_sections(code: str, period: date, value: MeasureValue) -> Sections:
    yield from _allocation_sections(code, period, value)
    yield from _realisation_sections(code, period, value)


MONEY_SECTIONS: dict[str, Callable[[str, date, MeasureValue], Sections]] = {
    "BAL-01": contribution_sections,
    "BAL-02": claim_sections,
    "BAL-06": _in_sections,
    "BAL-07": _out_sections,
    "BUD-01": _allocation_sections,
    "BUD-02": _realisation_sections,
    "BUD-04": _allocation_sections,
    "BUD-05": _realisation_sections,
    "BUD-06": _left_sections,
    "CLM-01": _claim_part_sections,
    "CLM-02": _claim_part_sections,
    "CLM-04": _claim_part_sections,
    "CON-02": _received_sections,
    "CON-04": _received_sections,
}
