"""Coverage targets: those that a region set for itself, and what was set above it for comparison."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from participants.enums import TargetFrame
from participants.models import Target
from regions.access import within
from regions.models import User
from regions.models.region import ancestor_codes
from regions.region_months import RegionMonths


def targets_in_force(month: date) -> dict[str, dict[str, Target]]:
    """Region code → frame → the target of the month's year, for regions that have one."""
    return targets_by_year(RegionMonths.at(month))[month.year]


def targets_by_year(asked: RegionMonths) -> dict[int, dict[str, dict[str, Target]]]:
    """Year → region code → frame → the target that was set for that region and the end of that year.

    A target binds whom it names: what was set for the nation is an average over all, no duty of each city.
    """
    years = (asked.first.year, asked.last.year)
    rows = Target.objects.filter(asked.of_regions(), year__range=years).select_related("region")
    found: dict[int, dict[str, dict[str, Target]]] = {
        year: {} for year in range(asked.first.year, asked.last.year + 1)
    }
    for target in rows:
        found[target.year].setdefault(target.region_id, {})[target.frame] = target
    return found


def targets_around(region_code: str, year: int) -> tuple[list[Target], list[Target]]:
    """Set for the end of the year: for the region itself, and above it for comparison, the nearest first."""
    places = [*ancestor_codes(region_code), region_code]
    rows = Target.objects.filter(region__in=places, year=year).select_related("region")
    ordered = sorted(rows, key=lambda row: (-places.index(row.region_id), row.percent))
    own = [row for row in ordered if row.region_id == region_code]
    return own, ordered[len(own) :]


@dataclass(frozen=True)
class TargetYear:
    """The targets of a region and year, side by side by frame (None where a frame has none)."""

    region_label: str
    year: int
    cells: list[Target | None]


def list_targets(user: User, *, region_code: str = "") -> QuerySet[Target]:
    rows = Target.objects.filter(within(user)).select_related("region", "entered_by")
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.order_by("-year", "region_id", "frame")


def list_own_targets(region_code: str) -> list[Target]:
    rows = Target.objects.filter(region_id=region_code).select_related("region", "entered_by")
    return list(rows.order_by("year", "frame"))


def list_targets_above(region_code: str) -> list[Target]:
    """All that was ever set above the region."""
    rows = Target.objects.filter(region__in=ancestor_codes(region_code)).select_related(
        "region", "entered_by"
    )
    return list(rows.order_by("year", "region__level", "frame"))


def by_year(targets: Iterable[Target]) -> list[TargetYear]:
    found: dict[tuple[int, str], dict[str, Target]] = {}
    for target in targets:
        found.setdefault((target.year, target.region.full_label), {})[target.frame] = target
    return [
        TargetYear(label, year, [frames.get(frame) for frame in TargetFrame.values])
        for (year, label), frames in sorted(found.items())
    ]
