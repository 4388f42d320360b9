"""Definitions of coverage by the day from which they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from participants.enums import WorkforceKind
from participants.models import Workforce
from reports.models import CoverageDefinition


class NoDefinition(LookupError):
    """No coverage definition is known: the reference data have not been loaded."""


def coverage_definition_on(day: date) -> CoverageDefinition:
    """The definition in force on a day; before the first one, the first."""
    rows = CoverageDefinition.in_force()
    definition = rows.filter(valid_from__lte=day).last() or rows.first()
    if definition is None:
        raise NoDefinition("no coverage definition at all")
    return definition


def definitions_by_month(months: Iterable[date]) -> dict[date, CoverageDefinition]:
    """Of each month that in force on its first day, asked once for all."""
    ordered = list(CoverageDefinition.in_force())
    if not ordered:
        raise NoDefinition("no coverage definition at all")
    return {
        month: next((one for one in reversed(ordered) if one.valid_from <= month), ordered[0])
        for month in months
    }


def list_coverage_definitions() -> QuerySet[CoverageDefinition]:
    """All that were ever proposed, the newest first."""
    rows = CoverageDefinition.objects.select_related("proposed_by", "decided_by")
    return rows.order_by("-valid_from", "-pk")


@dataclass(frozen=True)
class DenominatorUse:
    """How many regions are divided by a kind of denominator that is official for a year."""

    year: int
    kind: str
    regions: int

    @property
    def label(self) -> str:
        return str(WorkforceKind(self.kind).label)


def denominators_in_use() -> list[DenominatorUse]:
    """The newest year first; of each the commonest kind first."""
    rows = Workforce.objects.filter(is_official=True).order_by().values("year", "kind")
    counted = rows.annotate(regions=Count("region_id", distinct=True)).order_by("-year", "-regions", "kind")
    return [DenominatorUse(**row) for row in counted]


def find_definition(code: str) -> CoverageDefinition | None:
    return list_coverage_definitions().filter(code=code).first()
