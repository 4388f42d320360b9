"""Regions side by side in one month: each by its own figures, and by what became of them in a year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate

from regions.access import scope_of
from regions.models import Region, User
from regions.models.region import NATION
from regions.month import add_months, first_of
from regions.roles import Permission
from regions.selectors.region import existing
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.boards.change import why_not_compared
from reports.selectors.standing import standing
from reports.selectors.value import DIMENSIONS

MOST = 8
_TREND_MONTHS = 36
# Undivided figures, in the order of the columns.
SHOWN = (
    MeasureCode.COVERAGE,
    MeasureCode.UNCOVERED,
    MeasureCode.FUNDED,
    MeasureCode.BALANCE,
    MeasureCode.CLAIM_RATIO,
    MeasureCode.COMPLETENESS,
)


@dataclass
class ComparedRegion:
    """One region; `year_before` is its coverage twelve months earlier."""

    region: Region
    month: date
    values: dict[str, MeasureValue] = field(default_factory=dict)
    trend: list[MeasureValue] = field(default_factory=list)

    @property
    def coverage(self) -> MeasureValue | None:
        return self.values.get(MeasureCode.COVERAGE)

    @property
    def year_before(self) -> MeasureValue | None:
        wanted = add_months(self.month, -12)
        return next((value for value in self.trend if value.run.period == wanted), None)

    @property
    def verdict(self) -> str:
        """Why the two are not compared; empty where they are."""
        return why_not_compared(self.coverage, self.year_before)

    @property
    def cells(self) -> list[MeasureValue | None]:
        """The other figures, by column."""
        return [self.values.get(code) for code in SHOWN[1:]]


def compare_regions(user: User, regions: Sequence[Region], month: date) -> list[ComparedRegion]:
    """In the order given, in one query."""
    found = {region.code: ComparedRegion(region, month) for region in regions}
    first = add_months(month, 1 - _TREND_MONTHS)
    wanted = Q(run__period=month, measure__in=SHOWN, **dict.fromkeys(DIMENSIONS, "")) | Q(
        run__period__range=(first, month), measure=MeasureCode.COVERAGE
    )
    rows = MeasureValue.objects.filter(wanted, standing(user, at="run__"), run__region__in=list(found))
    for value in rows.select_related("run").defer("run__quantities").order_by("run__period"):
        place = found[value.run.region_id]
        if value.measure == MeasureCode.COVERAGE:
            place.trend.append(value)
        if value.run.period == month:
            place.values[value.measure] = value
    return list(found.values())


def newest_month(user: User, region: Region) -> date:
    """The newest month of which the region's coverage is known and told."""
    rows = MeasureValue.objects.filter(
        standing(user, at="run__"), run__region=region, measure=MeasureCode.COVERAGE, rate__isnull=False
    )
    newest = rows.order_by("-run__period").values_list("run__period", flat=True).first()
    return newest or first_of(localdate())


def list_peers(user: User, region: Region) -> list[Region]:
    """With whom the user may compare it: those beside it, and those above it."""
    scope = scope_of(user)
    beside = Q(parent=region.parent_id) if region.parent_id else Q(parent=region.code)
    above = Q(code__in=[code for code in (region.parent_id, NATION) if code])
    rows = Region.objects.filter(existing(localdate()), beside | above).exclude(code=region.code)
    return [one for one in rows.order_by("level", "code") if scope.holds(Permission.VIEW_COVERAGE, one.code)]
