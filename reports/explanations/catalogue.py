"""What stands behind a figure, found by what its measure declares."""

from collections.abc import Callable, Iterable
from datetime import date

from budgets.selectors.expected import PersonMonths
from reports.explanations import (
    budget,
    categories,
    claims,
    completeness,
    contributions,
    coverage,
    employers,
    projects,
)
from reports.explanations.costs import COSTS
from reports.explanations.fact_row import FactSection
from reports.explanations.money_row import placed
from reports.measures.evidence import Evidence
from reports.measures.measure import Measure
from reports.models import MeasureValue

SECTIONS: dict[Evidence, Callable[[str, date, MeasureValue], Iterable[FactSection]]] = {
    kind: sections
    for subject in (coverage, categories, completeness, contributions, claims, budget, employers, projects)
    for kind, sections in subject.SECTIONS.items()
}


def sections_of(measure: Measure, code: str, period: date, value: MeasureValue) -> list[FactSection]:
    """The stored rows, those sections that have any."""
    found = (section for kind in measure.evidence for section in SECTIONS[kind](code, period, value))
    return [placed(section) for section in found if section.rows]


def costs_of(measure: Measure, code: str, period: date, value: MeasureValue) -> list[PersonMonths]:
    return COSTS[measure.costs](code, period, value) if measure.costs else []
