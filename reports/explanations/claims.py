"""The claims behind figures of what was paid out, by basis, programme and kind."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from budgets.selectors.balance import explain_money_out
from budgets.selectors.claim import explain_claim_part, explain_claims
from reports.explanations.fact_row import FactSection
from reports.explanations.money_row import case_rows, claim_rows
from reports.measures.evidence import Evidence
from reports.models import MeasureValue


def paid_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield FactSection(_("Klaim yang dibayarkan"), claim_rows(explain_claims(code, period)))


def basis_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_money_out(code, period, value.variant)
    yield FactSection(_("Klaim menurut basis itu"), claim_rows(rows))


def programme_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_claim_part(code, period, programme=value.variant)
    yield FactSection(_("Klaim bagian itu"), claim_rows(rows))


def case_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_claim_part(code, period, programme=value.variant)
    yield FactSection(_("Klaim bagian itu"), case_rows(rows))


def kind_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    rows = explain_claim_part(code, period, kind=value.variant)
    yield FactSection(_("Klaim bagian itu"), claim_rows(rows))


SECTIONS = {
    Evidence.CLAIMS: paid_sections,
    Evidence.CLAIMS_BY_BASIS: basis_sections,
    Evidence.CLAIMS_OF_PROGRAMME: programme_sections,
    Evidence.CASES_OF_PROGRAMME: case_sections,
    Evidence.CLAIMS_OF_KIND: kind_sections,
}
