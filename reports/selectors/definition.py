from datetime import date

from django.db.models import QuerySet

from reports.models import CoverageDefinition


class NoDefinition(LookupError):
    """No coverage definition is in force; the reference data have not been loaded."""


def coverage_definition_on(day: date) -> CoverageDefinition:
    definition = CoverageDefinition.objects.filter(valid_from__lte=day).last()
    if definition is None:
        raise NoDefinition(f"no coverage definition is in force on {day}")
    return definition


def list_coverage_definitions() -> QuerySet[CoverageDefinition]:
    return CoverageDefinition.objects.order_by("-valid_from")
