from reports.models.coverage_definition import CoverageDefinition
from reports.models.heartbeat import Heartbeat
from reports.models.measure_value import MeasureValue
from reports.models.published_figure import PublishedFigure
from reports.models.run import Run
from reports.models.stale_month import StaleMonth

__all__ = [
    "CoverageDefinition",
    "Heartbeat",
    "MeasureValue",
    "PublishedFigure",
    "Run",
    "StaleMonth",
]
