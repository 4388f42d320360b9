"""Coverage targets by frame and year: whom each binds, and how far a region is from its own."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from participants.enums import TargetFrame
from participants.models import Target
from participants.pace import Need, need_of
from participants.selectors.membership_count import Headway, headway_of
from participants.selectors.workforce import Eligible, count_workforce, total_eligible
from regions.access import within
from regions.models import User
from regions.models.region import ancestor_codes
from regions.region_months import RegionMonths


def targets_in_force(month: date) -> dict[str, dict[str, Target]]:
    """Region code → frame → the nearest target not before the month's year, for regions that have one."""
    return targets_by_year(RegionMonths.at(month))[month.year]


def targets_by_year(asked: RegionMonths) -> dict[int, dict[str, dict[str, Target]]]:
    """Year → region code → frame → the nearest target not before it, of the regions and all above them."""
    rows = Target.objects.filter(year__gte=asked.first.year).order_by("year").select_related("region")
    if asked.regions is not None:
        above = {code for region in asked.regions for code in ancestor_codes(region)}
        rows = rows.filter(region__in=above | set(asked.regions))
    targets = list(rows)
    found: dict[int, dict[str, dict[str, Target]]] = {}
    for year in range(asked.first.year, asked.last.year + 1):
        in_force = found.setdefault(year, {})
        for target in targets:
            if target.year >= year:
                in_force.setdefault(target.region_id, {}).setdefault(target.frame, target)
    return found


def targets_for(region_code: str, in_force: dict[str, dict[str, Target]]) -> dict[str, Target]:
    """Frame → target that binds a region: its own, else that of the nearest region above."""
    bound: dict[str, Target] = {}
    for code in [*ancestor_codes(region_code), region_code]:
        bound.update(in_force.get(code, {}))
    return bound


@dataclass(frozen=True)
class TargetYear:
    """The targets of a year that bind a region, side by side by frame (None where a frame has none)."""

    year: int
    cells: list[Target | None]


@dataclass(frozen=True)
class TargetNeed:
    target: Target
    need: Need


@dataclass(frozen=True)
class TargetOutlook:
    """What is left to do, and the numbers it was reckoned from; without one of them there are no needs."""

    headway: Headway | None
    eligible: Eligible | None
    needs: list[TargetNeed]


def list_targets(user: User, *, region_code: str = "") -> QuerySet[Target]:
    rows = Target.objects.filter(within(user)).select_related("region", "entered_by")
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.order_by("-year", "region_id", "frame")


def list_bound_targets(region_code: str) -> list[Target]:
    """Every target that binds a region: per year and frame its own, else that of the nearest above."""
    places = [*ancestor_codes(region_code), region_code]
    rows = Target.objects.filter(region__in=places).select_related("region", "entered_by")
    bound: dict[tuple[int, str], Target] = {}
    for target in sorted(rows, key=lambda row: places.index(row.region_id)):
        bound[target.year, target.frame] = target
    return [bound[at] for at in sorted(bound)]


def by_year(targets: list[Target]) -> list[TargetYear]:
    years: dict[int, dict[str, Target]] = {}
    for target in targets:
        years.setdefault(target.year, {})[target.frame] = target
    return [
        TargetYear(year, [years[year].get(frame) for frame in TargetFrame.values]) for year in sorted(years)
    ]


def get_outlook(region_code: str, targets: list[Target]) -> TargetOutlook:
    """What each target asks of the months left, by the newest members and the denominator in force then."""
    headway = headway_of(region_code, localdate())
    if headway is None:
        return TargetOutlook(None, None, [])
    asked = RegionMonths.at(headway.month, region_code)
    segments = count_workforce(asked)[headway.month.year].get(region_code)
    if not segments:
        return TargetOutlook(headway, None, [])
    eligible = total_eligible(segments)
    needs = [
        TargetNeed(
            target,
            need_of(
                percent=target.percent,
                year=target.year,
                workers=eligible.workers,
                members=headway.members,
                newest=headway.month,
                year_before=headway.year_before,
            ),
        )
        for target in targets
        if target.year >= headway.month.year
    ]
    return TargetOutlook(headway, eligible, needs)
