"""The regions below one, ranked by their coverage."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from regions.models import Boundary, Region, User
from regions.month import add_months, last_day, months_between
from regions.selectors.region import list_children
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.standing import standing


@dataclass(frozen=True)
class RankRow:
    """One region below in the rank table; its figures are None where nothing was reported.

    Without a rate it has no place; `missing` are the segments that it still owes.

    `outline` is its shape for the map, where one was loaded: asked with the rest, in no question more.
    """

    region: Region
    place: int | None
    covered: int | None
    eligible: int | None
    rate: Decimal | None
    reported: int | None
    expected: int | None
    grade: str
    missing: str
    partial: int | None
    outline: dict[str, Any] | None = None
    # Coverage of the months up to this one, where it is known.
    rates: dict[date, Decimal] = field(default_factory=dict)

    @property
    def missing_segments(self) -> list[str]:
        return self.missing.split()

    @property
    def is_partial(self) -> bool:
        return self.covered is not None and self.rate is None

    @property
    def gap(self) -> int | None:
        if self.covered is None or self.eligible is None:
            return None
        return self.eligible - self.covered


TREND_MONTHS = 13


def rank_below(user: User, region: Region, period: date, per: date | None = None) -> list[RankRow]:
    """Regions below from the highest coverage to the lowest, those without a figure last."""
    coverage = MeasureValue.objects.filter(
        standing(per, "run__"), run__region=OuterRef("pk"), run__period=period, measure=MeasureCode.COVERAGE
    )
    year = MeasureValue.objects.filter(
        standing(per, "run__"),
        run__region=OuterRef("pk"),
        run__period__range=(add_months(period, 1 - TREND_MONTHS), period),
        measure=MeasureCode.COVERAGE,
        rate__isnull=False,
    )
    columns = (*("numerator", "denominator", "rate", "reported", "expected"), "grade", "missing", "partial")
    children = list_children(user, region, last_day(period)).annotate(
        **{f"ucj_{column}": Subquery(coverage.values(column)) for column in columns},
        outline=Subquery(Boundary.objects.filter(region=OuterRef("pk")).values("geometry")),
        ucj_year=ArraySubquery(year.values(told=JSONObject(month="run__period", rate="rate"))),
    )
    ordered: list[Any] = sorted(children, key=_by_rate)
    return [
        RankRow(
            region=child,
            place=None if child.ucj_rate is None else place,
            outline=child.outline,
            **{_FIELDS.get(column, column): getattr(child, f"ucj_{column}") for column in columns},
            rates={date.fromisoformat(told["month"]): Decimal(str(told["rate"])) for told in child.ucj_year},
        )
        for place, child in enumerate(ordered, start=1)
    ]


def trend_months(period: date) -> list[date]:
    """The months of the small lines: a year, and the month it is compared with."""
    return list(months_between(add_months(period, 1 - TREND_MONTHS), period))


# What the columns of a value are called of coverage.
_FIELDS = {"numerator": "covered", "denominator": "eligible"}


def _by_rate(child: Any) -> tuple[bool, Decimal, str]:
    rate = child.ucj_rate
    return rate is None, Decimal(0) if rate is None else -rate, child.code


def worst_gaps(rows: Iterable[RankRow], count: int) -> list[RankRow]:
    """The regions below with most people unprotected."""
    known = [row for row in rows if row.gap is not None]
    return sorted(known, key=lambda row: -(row.gap or 0))[:count]
