"""Definitions of coverage by the day from which they hold."""

from datetime import date

from django.db.models import QuerySet

from reports.models import CoverageDefinition


class NoDefinition(LookupError):
    """No coverage definition is known: the reference data have not been loaded."""


def coverage_definition_on(day: date) -> CoverageDefinition:
    """The definition in force on a day; before the first one, the first."""
    definition = (
        CoverageDefinition.objects.filter(valid_from__lte=day).last() or CoverageDefinition.objects.first()
    )
    if definition is None:
        raise NoDefinition("no coverage definition at all")
    return definition


def list_coverage_definitions() -> QuerySet[CoverageDefinition]:
    return CoverageDefinition.objects.order_by("-valid_from")
