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
    """Region code → (category, frame) → the target of the month's year."""
    return category_targets_by_year(RegionMonths.at(month))[month.year]


def category_targets_by_year(
    asked: RegionMonths,
) -> dict[int, dict[str, dict[CategoryFrame, CategoryTarget]]]:
    """Year → region code → (category, frame) → the target that was set for the end of that year."""
    years = (asked.first.year, asked.last.year)
    rows = CategoryTarget.objects.filter(asked.of_regions(), year__range=years).select_related("region")
    found: dict[int, dict[str, dict[CategoryFrame, CategoryTarget]]] = {
        year: {} for year in range(asked.first.year, asked.last.year + 1)
    }
    for target in rows:
        found[target.year].setdefault(target.region_id, {})[target.category_id, target.frame] = target
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
    """As a column of a question about regions: their own targets of the month's year; see `asked_in`."""
    rows = CategoryTarget.objects.filter(region=OuterRef("pk"), year=month.year)
    columns = {"category": "category_id", "frame": "frame", "year": "year", "people": "people"}
    return ArraySubquery(rows.values(told=JSONObject(**columns)))


def asked_in(found: Iterable[dict[str, Any]]) -> list[Asked]:
    return [Asked(**one) for one in found]


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
