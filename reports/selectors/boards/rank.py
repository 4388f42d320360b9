"""The regions below one, ranked by their coverage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from participants.enums import TargetFrame
from participants.models import Target
from regions.models import Boundary, Region, User
from regions.month import add_months, last_day, months_between
from regions.selectors.region import list_children
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.standing import standing


@dataclass(frozen=True)
class OwnTarget:
    """The target that a region set itself for the year: the lowest that is not reached, else the lowest.

    `gap` are the workers who are missing to it; negative where it is exceeded.
    """

    frame: str
    percent: Decimal
    gap: int

    @property
    def label(self) -> str:
        return str(TargetFrame(self.frame).label)


@dataclass(frozen=True)
class RankRow:
    """One region below in the rank table; its figures are None where nothing was reported.

    Without a rate, or with too few workers to tell chance from coverage, it has no place; `missing` are the
    segments that it still owes.

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
    # Of those months, the ones that may still change.
    open_months: frozenset[date] = frozenset()
    # A year before, where as many regions were summed then.
    year_before: Decimal | None = None
    target: OwnTarget | None = None

    @property
    def missing_segments(self) -> list[str]:
        return self.missing.split()

    @property
    def is_partial(self) -> bool:
        return self.covered is not None and self.rate is None

    @property
    def target_percent(self) -> Decimal | None:
        return self.target.percent if self.target else None

    @property
    def is_too_small(self) -> bool:
        return self.rate is not None and self.place is None

    @property
    def gap(self) -> int | None:
        if self.covered is None or self.eligible is None:
            return None
        return self.eligible - self.covered


TREND_MONTHS = 13
# Below as many workers a place in the rank would tell chance.
LEAST_RANKED = 50


def rank_below(user: User, region: Region, period: date, per: date | None = None) -> list[RankRow]:
    """Regions below from the highest coverage to the lowest, those without a figure last."""
    coverage = _values(user, MeasureCode.COVERAGE, per).filter(run__period=period)
    first = add_months(period, 1 - TREND_MONTHS)
    year = _values(user, MeasureCode.COVERAGE, per).filter(
        run__period__range=(first, period), rate__isnull=False
    )
    gaps = _values(user, MeasureCode.GAP_TO_TARGET, per).filter(run__period=period)
    targets = Target.objects.filter(region=OuterRef("pk"), year=period.year)
    columns = (*("numerator", "denominator", "rate", "reported", "expected"), "grade", "missing", "partial")
    month = {"month": "run__period", "rate": "rate", "reported": "reported", "closing": "run__closing"}
    children = list_children(user, region, last_day(period)).annotate(
        **{f"ucj_{column}": Subquery(coverage.values(column)) for column in columns},
        outline=Subquery(Boundary.objects.filter(region=OuterRef("pk")).values("geometry")),
        ucj_year=ArraySubquery(year.values(told=JSONObject(**month))),
        target_gaps=ArraySubquery(gaps.values(told=JSONObject(frame="target", gap="numerator"))),
        target_rates=ArraySubquery(targets.values(told=JSONObject(frame="frame", percent="percent"))),
    )
    rows, place = [], 0
    ordered: list[Any] = sorted(children, key=_by_rate)
    for child in ordered:
        is_ranked = child.ucj_rate is not None and child.ucj_denominator >= LEAST_RANKED
        place += is_ranked
        rows.append(_row(child, place if is_ranked else None, period, columns))
    return rows


def _values(user: User, measure: str, per: date | None) -> QuerySet[MeasureValue]:
    told = standing(user, per, "run__")
    return MeasureValue.objects.filter(told, run__region=OuterRef("pk"), measure=measure)


def _row(child: Any, place: int | None, period: date, columns: Iterable[str]) -> RankRow:
    year = {date.fromisoformat(told["month"]): told for told in child.ucj_year}
    rates = {month: Decimal(str(told["rate"])) for month, told in year.items()}
    before = add_months(period, -12)
    is_alike = before in year and year[before]["reported"] == child.ucj_reported
    return RankRow(
        region=child,
        place=place,
        outline=child.outline,
        **{_FIELDS.get(column, column): getattr(child, f"ucj_{column}") for column in columns},
        rates=rates,
        open_months=frozenset(month for month, told in year.items() if told["closing"] is None),
        year_before=rates[before] if is_alike else None,
        target=_own_target(child),
    )


def _own_target(child: Any) -> OwnTarget | None:
    percents = {told["frame"]: Decimal(str(told["percent"])) for told in child.target_rates}
    found = [
        OwnTarget(told["frame"], percents[told["frame"]], told["gap"])
        for told in child.target_gaps
        if told["frame"] in percents
    ]
    return min(found, key=lambda one: (one.gap <= 0, one.percent, one.frame), default=None)


def trend_months(period: date) -> list[date]:
    """The months of the small lines: a year, and the month it is compared with."""
    return list(months_between(add_months(period, 1 - TREND_MONTHS), period))


# What the columns of a value are called of coverage.
_FIELDS = {"numerator": "covered", "denominator": "eligible"}


def _by_rate(child: Any) -> tuple[int, Decimal, str]:
    """Those with a place, then those too small for one, then those of which nothing is known."""
    rate = child.ucj_rate
    if rate is None:
        return 2, Decimal(0), child.code
    return int(child.ucj_denominator < LEAST_RANKED), -rate, child.code


def worst_gaps(rows: Iterable[RankRow], count: int) -> list[RankRow]:
    """The regions below with most people unprotected."""
    known = [row for row in rows if row.gap is not None]
    return sorted(known, key=lambda row: -(row.gap or 0))[:count]


def gaps_to_targets(rows: Iterable[RankRow]) -> list[RankRow]:
    """Those with a target of their own that is not reached, the widest gap first."""
    missed = [row for row in rows if row.target is not None and row.target.gap > 0]
    return sorted(missed, key=lambda row: (-row.target.gap if row.target else 0, row.region.code))


def half_of(people: Sequence[int]) -> int:
    """How few of the numbers, the greatest first, make up half of all."""
    added = 0
    for count, number in enumerate(people, start=1):
        added += number
        if added * 2 >= sum(people):
            return count
    return 0
