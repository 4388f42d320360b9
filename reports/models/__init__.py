from reports.models.alert_rule import AlertRule
from reports.models.coverage_definition import CoverageDefinition
from reports.models.heartbeat import Heartbeat
from reports.models.measure_value import MeasureValue
from reports.models.published_figure import PublishedFigure
from reports.models.reminder import Mail, Reminder
from reports.models.restatement import Restatement
from reports.models.run import Run
from reports.models.stale_month import StaleMonth

__all__ = [
    "AlertRule",
    "CoverageDefinition",
    "Heartbeat",
    "Mail",
    "MeasureValue",
    "PublishedFigure",
    "Reminder",
    "Restatement",
    "Run",
    "StaleMonth",
]
