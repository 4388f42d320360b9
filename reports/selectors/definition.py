"""Definitions of coverage by the day from which they hold."""

from collections.abc import Iterable
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


def definitions_by_month(months: Iterable[date]) -> dict[date, CoverageDefinition]:
    """Of each month that in force on its first day, asked once for all."""
    ordered = list(CoverageDefinition.objects.order_by("valid_from"))
    if not ordered:
        raise NoDefinition("no coverage definition at all")
    return {
        month: next((one for one in reversed(ordered) if one.valid_from <= month), ordered[0])
        for month in months
    }


def list_coverage_definitions() -> QuerySet[CoverageDefinition]:
    return CoverageDefinition.objects.order_by("-valid_from")
