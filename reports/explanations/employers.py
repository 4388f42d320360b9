"""The employers behind figures of compliance, by name for those who may see persons."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from budgets.enums import PARTLY_REGISTERED
from budgets.models import Employer
from budgets.selectors.employer import explain_employers
from regions.formats import month_name
from reports.enums import Unit
from reports.explanations.fact_row import FactRow, FactSection
from reports.measures.evidence import Evidence
from reports.models import MeasureValue

# A regency may have thousands; the register lists them all.
_MOST = 200


def _section(title: str, rows: Iterable[tuple[Employer, int]], unit: Unit = Unit.EMPLOYERS) -> FactSection:
    return FactSection(title, [FactRow(row, _label(row), amount, unit) for row, amount in rows], _MOST)


def _label(row: Employer) -> str:
    parts = (str(row), row.get_standing_display(), row.get_sector_display(), month_name(row.month))
    return " · ".join(part for part in parts if part)


def known_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = list(explain_employers(code, period))
    yield _section(_("Pemberi kerja terdaftar"), [(row, 1) for row in rows if row.is_registered])
    yield _section(
        _("Pemberi kerja yang belum terdaftar"), [(row, 1) for row in rows if not row.is_registered]
    )


def partly_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = [row for row in explain_employers(code, period) if row.is_registered]
    partly = [(row, 1) for row in rows if row.standing in PARTLY_REGISTERED]
    yield _section(_("Terdaftar sebagian"), partly)
    yield _section(_("Terdaftar penuh"), [(row, 1) for row in rows if row.standing not in PARTLY_REGISTERED])


def worker_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    """Only employers of whom both numbers are known."""
    found = []
    for row in explain_employers(code, period):
        insured = row.workers_registered if row.is_registered else 0
        if row.workers_known is not None and insured is not None:
            found.append((row, insured, row.workers_known))
    insured_rows = [(row, insured) for row, insured, _known in found]
    yield _section(_("Tenaga kerja terdaftar"), insured_rows, Unit.PEOPLE)
    yield _section(_("Tenaga kerja diketahui"), [(row, known) for row, _insured, known in found], Unit.PEOPLE)


def arrears_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_employers(code, period)
    owed = [(row, row.arrears) for row in rows if row.is_registered and row.arrears is not None]
    yield _section(_("Tunggakan menurut laporan yang berlaku"), owed, Unit.RUPIAH)


def in_arrears_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = [row for row in explain_employers(code, period) if row.is_registered]
    answered = [row for row in rows if row.arrears is not None or row.arrears_months is not None]
    owing = [row for row in answered if row.arrears or row.arrears_months]
    yield _section(_("Yang menunggak"), [(row, 1) for row in owing])
    yield _section(_("Yang tidak menunggak"), [(row, 1) for row in answered if row not in owing])


SECTIONS = {
    Evidence.EMPLOYERS: known_sections,
    Evidence.EMPLOYERS_PARTLY: partly_sections,
    Evidence.EMPLOYED_WORKERS: worker_sections,
    Evidence.EMPLOYER_ARREARS: arrears_sections,
    Evidence.EMPLOYERS_IN_ARREARS: in_arrears_sections,
}
