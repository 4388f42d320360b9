"""What a region's own targets ask of the months that remain, by its stored coverage."""

from dataclasses import dataclass
from typing import Any

from participants.models import Target
from participants.pace import Need, need_of
from regions.models import Region, User
from regions.month import add_months
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.standing import standing


@dataclass(frozen=True)
class TargetNeed:
    target: Target
    need: Need


@dataclass(frozen=True)
class TargetOutlook:
    """`value` is the newest coverage that is a whole, None where there is none; `before` that of a year
    earlier, as far as it was told of as many regions."""

    value: MeasureValue | None
    before: MeasureValue | None
    needs: list[TargetNeed]

    @property
    def is_whole(self) -> bool:
        """Whether every region below has reported; of less no target is said to be reached or missed."""
        return self.value is not None and self.value.reported == self.value.expected


def get_outlook(user: User, region: Region, targets: list[Target]) -> TargetOutlook:
    rows: Any = MeasureValue.objects.filter(
        standing(user, at="run__"), run__region=region, measure=MeasureCode.COVERAGE, rate__isnull=False
    )
    told = rows.select_related("run").defer("run__quantities")
    value: MeasureValue | None = told.order_by("-run__period").first()
    if value is None:
        return TargetOutlook(None, None, [])
    month = value.run.period
    before: MeasureValue | None = told.filter(run__period=add_months(month, -12)).first()
    if before is not None and before.reported != value.reported:
        # More regions that report are no pace at which members come.
        before = None
    needs = [
        TargetNeed(target, _need(target, value, before)) for target in targets if target.year >= month.year
    ]
    return TargetOutlook(value, before, needs)


def _need(target: Target, value: MeasureValue, before: MeasureValue | None) -> Need:
    return need_of(
        percent=target.percent,
        year=target.year,
        workers=value.denominator or 0,
        members=value.numerator,
        newest=value.run.period,
        year_before=before.numerator if before else None,
    )
