"""The contributions behind figures of what was paid, on every basis, and for which months."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from budgets.selectors.balance import explain_money_in
from budgets.selectors.contribution import explain_contributions
from budgets.selectors.received import explain_received, share_of_months
from regions.month import fiscal_year_start, months_between, parse_month
from reports.explanations.fact_row import FactSection
from reports.explanations.money_row import contribution_rows
from reports.measures.evidence import Evidence
from reports.models import MeasureValue


def paid_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = [(row, row.amount) for row in explain_contributions(code, period)]
    yield FactSection(_("Iuran yang dibayar"), contribution_rows(rows))


def basis_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_money_in(code, period, value.variant)
    yield FactSection(_("Iuran menurut basis itu"), contribution_rows(rows))


def received_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    months = list(months_between(fiscal_year_start(period), period))
    yield _received(code, period, months, payer=None)


def received_for_month_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _received(code, period, [parse_month(value.variant)], payer=value.funding)


def _received(code: str, period: date, months: list[date], *, payer: str | None) -> FactSection:
    """Of each payment the share of the months that count."""
    rows = []
    for row in explain_received(code, period):
        if payer is not None and (row.funding_id or "") != payer:
            continue
        counted = [month for month in months if row.first_month <= month <= row.last_month]
        rupiah = sum(share_of_months(row.amount, row.first_month, row.last_month, m) for m in counted)
        if counted:
            rows.append((row, rupiah))
    return FactSection(_("Bagian iuran untuk bulan-bulan itu"), contribution_rows(rows))


SECTIONS = {
    Evidence.CONTRIBUTIONS: paid_sections,
    Evidence.CONTRIBUTIONS_BY_BASIS: basis_sections,
    Evidence.RECEIVED: received_sections,
    Evidence.RECEIVED_FOR_MONTH: received_for_month_sections,
}
