"""Measure values as they are listed and looked up."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from regions.models import Region, User
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, Run
from reports.selectors.standing import standing

DIMENSIONS = ("segment", "category", "funding", "target", "variant")


def list_values(run: Run) -> QuerySet[MeasureValue]:
    return run.values.order_by("measure", *DIMENSIONS)


def values_as_rows(values: Iterable[MeasureValue]) -> list[dict[str, Any]]:
    """The rows that the command, the API and the CSV show; dimensions that do not apply are None."""
    return [
        {
            "code": value.measure,
            "segment": value.segment or None,
            "category": value.category or None,
            "funding": value.funding or None,
            "target": value.target or None,
            "variant": value.variant or None,
            "numerator": value.numerator,
            "denominator": value.denominator,
            "rate": value.rate,
            "reported": value.reported,
            "expected": value.expected,
            "grade": value.grade or None,
            "missing": value.missing_segments,
            "partial": value.partial,
            "definition": value.definition,
        }
        for value in values
    ]


def find_last_whole(user: User, region: Region, period: date, per: date | None = None) -> MeasureValue | None:
    """The coverage of the newest month before `period` in which it is a whole."""
    rows = MeasureValue.objects.filter(
        standing(user, per, "run__"),
        run__region=region,
        run__period__lt=period,
        measure=MeasureCode.COVERAGE,
        rate__isnull=False,
    )
    return rows.select_related("run").defer("run__quantities").order_by("-run__period").first()


def find_value(
    user: User, region: Region, period: date, measure: str, per: date | None = None, **dimensions: str
) -> MeasureValue | None:
    """The value of one measure that stands, or stood on a day, as far as the user is told of it.

    Dimensions not named must be empty.
    """
    wanted = {name: dimensions.get(name, "") for name in DIMENSIONS}
    return (
        MeasureValue.objects.filter(
            standing(user, per, "run__"),
            run__region=region,
            run__period=period,
            measure=measure,
            **wanted,
        )
        .select_related("run", "run__region")
        .defer("run__quantities")
        .first()
    )
