"""The lines of budgets and the bills behind figures of ceilings and of what was paid of them."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from budgets.models import Allocation, Realisation
from budgets.selectors.allocation import explain_allocations
from budgets.selectors.realisation import explain_realised
from regions.month import fiscal_year_start, last_day
from reports.enums import Unit
from reports.explanations.fact_row import FactRow, FactSection
from reports.explanations.money_row import span_words
from reports.measures.evidence import Evidence
from reports.models import MeasureValue


def allocation_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _allocations(explain_allocations(code, period))


def cell_allocation_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _allocations(row for row in explain_allocations(code, period) if _is_of_cell(row, value))


def realisation_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _realisations(_paid(code, period))


def cell_realisation_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield _realisations(row for row in _paid(code, period) if _is_of_cell(row, value))


def _allocations(rows: Iterable[Allocation]) -> FactSection:
    return FactSection(
        _("Pagu yang berlaku"),
        [
            FactRow(
                row, _label(row, row.get_phase_display(), row.account, row.document), row.amount, Unit.RUPIAH
            )
            for row in rows
        ],
    )


def _paid(code: str, period: date) -> Iterable[Realisation]:
    first, last = fiscal_year_start(period), last_day(period)
    rows = explain_realised(code, period)
    return [row for row in rows if row.paid_on and first <= row.paid_on <= last]


def bill_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = _stage_rows(code, period, "billed", "bill_number")
    yield FactSection(_("Yang ditagih atas anggaran"), list(rows))


def posting_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = _stage_rows(code, period, "posted", "posting_reference")
    yield FactSection(_("Yang dibukukan BPJS Ketenagakerjaan"), list(rows))


def _stage_rows(code: str, period: date, stage: str, number: str) -> Iterable[FactRow]:
    first, last = fiscal_year_start(period), last_day(period)
    for row in explain_realised(code, period):
        day = getattr(row, f"{stage}_on")
        if day is not None and first <= day <= last:
            span = span_words(row.first_month, row.last_month)
            label = _label(row, span, getattr(row, number))
            yield FactRow(row, label, getattr(row, f"{stage}_amount"), Unit.RUPIAH)


def _realisations(rows: Iterable[Realisation]) -> FactSection:
    return FactSection(
        _("Yang dibayar dari anggaran"),
        [
            FactRow(
                row,
                _label(row, span_words(row.first_month, row.last_month), row.payment_order),
                row.paid_amount or 0,
                Unit.RUPIAH,
            )
            for row in rows
        ],
    )


def _is_of_cell(row: Allocation | Realisation, value: MeasureValue) -> bool:
    return (row.category_id or "", row.funding_id or "") == (value.category, value.funding)


def _label(row: Allocation | Realisation, *more: str) -> str:
    return " · ".join(str(part) for part in (row.category, row.funding, *more) if part)


SECTIONS = {
    Evidence.ALLOCATIONS: allocation_sections,
    Evidence.ALLOCATIONS_OF_CELL: cell_allocation_sections,
    Evidence.REALISATIONS: realisation_sections,
    Evidence.REALISATIONS_OF_CELL: cell_realisation_sections,
    Evidence.BILLS: bill_sections,
    Evidence.POSTINGS: posting_sections,
}
