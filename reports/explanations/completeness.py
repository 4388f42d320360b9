"""The rows that count towards the completeness of a month."""

from collections.abc import Iterable
from datetime import date

from reports.explanations.categories import headcount_sections, named_sections
from reports.explanations.claims import paid_sections as paid_claims
from reports.explanations.contributions import paid_sections as paid_contributions
from reports.explanations.coverage import reported_sections
from reports.explanations.fact_row import FactSection
from reports.measures.evidence import Evidence
from reports.models import MeasureValue


def completeness_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    yield from reported_sections(code, period)
    yield from headcount_sections(code, period, value)
    yield from named_sections(code, period, value)
    for sections in (paid_contributions, paid_claims):
        for section in sections(code, period, value):
            this_month = [row for row in section.rows if row.fact.paid_on >= period]  # type: ignore[union-attr]
            yield FactSection(section.title, this_month)


SECTIONS = {Evidence.REPORTS: completeness_sections}
