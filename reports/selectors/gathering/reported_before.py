"""Months that owe other segments than they were computed with, because a month before changed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from participants.enums import CountedSegment
from participants.selectors.membership_count import reported_before
from participants.selectors.programme_rule import covering_programmes_of
from regions.month import add_months, months_between
from regions.region_months import RegionMonths
from reports.models import Run

RegionMonth = tuple[str, date]


def owing_otherwise(changed: Collection[RegionMonth]) -> set[RegionMonth]:
    """Of the twelve months after the changed ones, those whose current runs rest on another history."""
    later = {
        (code, month)
        for code, first in changed
        for month in months_between(add_months(first, 1), add_months(first, 12))
    }
    codes, months = {code for code, _month in later}, {month for _code, month in later}
    runs = Run.objects.filter(region__in=codes, period__in=months, is_current=True, quantities__isnull=False)
    stored = [
        (code, period, set(before or ()))
        for code, period, members, before in runs.values_list(
            "region_id", "period", "quantities__members", "quantities__reported_before"
        )
        if (code, period) in later and _is_own_by_segment(members)
    ]
    if not stored:
        return set()
    programmes = covering_programmes_of({period for _code, period, _before in stored})
    told = reported_before(RegionMonths.around(programmes, sorted(codes)), programmes)
    return {
        (code, period)
        for code, period, before in stored
        if told.get(period, {}).get(code, frozenset()) != before
    }


def _is_own_by_segment(members: Any) -> bool:
    """Sums of regions below are kept as lists, what a region reported itself as numbers."""
    own = {segment for segment, amount in members.items() if isinstance(amount, int)}
    return bool(own) and CountedSegment.ALL not in own
