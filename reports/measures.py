"""Every measure of the house, declared once; the page of definitions is rendered from here.

What each of them computes stands in `reports.figures` and `reports.money_figures`.
"""

from reports.budget_measures import BUDGET_MEASURES
from reports.coverage_measures import COVERAGE_MEASURES
from reports.figures import Figure
from reports.measure import Measure
from reports.money_measures import MONEY_MEASURES
from reports.quantities import Quantities

# Raised by hand whenever a measure or the gathering of its quantities computes something else.
COMPUTATION_VERSION = "2026.11.6"

MEASURES: dict[str, Measure] = {
    measure.code: measure for measure in (*COVERAGE_MEASURES, *BUDGET_MEASURES, *MONEY_MEASURES)
}


def figures_of(quantities: Quantities) -> list[tuple[Measure, Figure]]:
    return [(measure, figure) for measure in MEASURES.values() for figure in measure.figures(quantities)]
