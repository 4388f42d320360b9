"""Targets of people per category: those in force, and what each region was asked to reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from participants.enums import TargetFrame
from participants.models import CategoryTarget
from regions.access import within
from regions.models import User
from regions.region_months import RegionMonths

# A category and the frame in which its target was set.
CategoryFrame = tuple[str, str]


def category_targets_in_force(month: date) -> dict[str, dict[CategoryFrame, CategoryTarget]]:
    """Region code → (category, frame) → the nearest target not before the month's year."""
    return category_targets_by_year(RegionMonths.at(month))[month.year]


def category_targets_by_year(
    asked: RegionMonths,
) -> dict[int, dict[str, dict[CategoryFrame, CategoryTarget]]]:
    """Year → region code → (category, frame) → the nearest target not before it."""
    rows = CategoryTarget.objects.filter(asked.of_regions(), year__gte=asked.first.year).order_by("year")
    targets = list(rows.select_related("region"))
    found: dict[int, dict[str, dict[CategoryFrame, CategoryTarget]]] = {}
    for year in range(asked.first.year, asked.last.year + 1):
        in_force = found.setdefault(year, {})
        for target in targets:
            if target.year >= year:
                cell = (target.category_id, target.frame)
                in_force.setdefault(target.region_id, {}).setdefault(cell, target)
    return found


@dataclass(frozen=True)
class Asked:
    """What a target asks, without the row."""

    category: str
    frame: str
    year: int
    people: int

    @property
    def label(self) -> str:
        return f"{TargetFrame(self.frame).label} {self.year}"


def asked_of_region(month: date) -> ArraySubquery:
    """As a column of a question about regions: their own targets not before the month's year."""
    rows = CategoryTarget.objects.filter(region=OuterRef("pk"), year__gte=month.year).order_by("year")
    columns = {"category": "category_id", "frame": "frame", "year": "year", "people": "people"}
    return ArraySubquery(rows.values(told=JSONObject(**columns)))


def nearest_asked(found: Iterable[dict[str, Any]]) -> list[Asked]:
    """Of each category and frame the nearest year, from what that column holds."""
    nearest: dict[CategoryFrame, Asked] = {}
    for one in found:
        nearest.setdefault((one["category"], one["frame"]), Asked(**one))
    return list(nearest.values())


def list_own_category_targets(region_code: str) -> list[CategoryTarget]:
    """Every one of a region, newest year first."""
    rows = CategoryTarget.objects.filter(region=region_code)
    return list(rows.select_related("region", "category", "entered_by").order_by("-year", "category__name"))


def list_category_targets(user: User, *, region_code: str = "") -> QuerySet[CategoryTarget]:
    rows = CategoryTarget.objects.filter(within(user))
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.select_related("region", "category", "entered_by").order_by(
        "-year", "region_id", "category__name", "frame"
    )
