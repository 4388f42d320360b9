"""Denominators: which count of workers is official for a region and year, and which others exist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from participants.enums import CountedSegment, WorkforceKind
from participants.models import Workforce
from regions.access import within
from regions.enums import Origin
from regions.models import User
from regions.region_months import RegionMonths


@dataclass(frozen=True)
class Eligible:
    """Workers of a segment by the official denominator in force, with the year and kind it comes from."""

    workers: int
    year: int
    kind: str


def count_workforce(asked: RegionMonths, *, kind: str = "") -> dict[int, dict[str, dict[str, Eligible]]]:
    """Year of the asked months → region code → segment → the denominator in force.

    In force is the latest official one, or the latest of the `kind`, whose year is not after the month's; a
    denominator is yearly and published late, so that the newest year often has none yet. Segments that are
    told apart and an undivided count may both stand; they are never added here.
    """
    rows = Workforce.objects.filter(asked.of_regions(), _chosen(kind), year__lte=asked.last.year)
    read = _read(rows)
    years = range(asked.first.year, asked.last.year + 1)
    return {year: _in_force([row for row in read if row[1] <= year]) for year in years}


def _chosen(kind: str) -> Q:
    return Q(kind=kind) if kind else Q(is_official=True)


def explain_workforce(region_code: str, month: date, *, kind: str = "") -> list[Workforce]:
    """The rows that `count_workforce` uses for a region and month, one per segment."""
    rows = Workforce.objects.filter(
        _chosen(kind), region_id=region_code, year__lte=month.year
    ).select_related("entered_by")
    newest = max((row.year for row in rows), default=None)
    return [row for row in rows.order_by("segment") if row.year == newest]


def official_workers(pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """(region code, year) → eligible workers of all segments, for those that have a denominator."""
    wanted = set(pairs)
    rows = Workforce.objects.filter(is_official=True, region_id__in={code for code, _year in wanted})
    read = _read(rows)
    years = {year for _code, year in wanted}
    by_year = {year: _in_force([row for row in read if row[1] <= year]) for year in years}
    return {
        (code, year): total_eligible(by_year[year][code]).workers
        for code, year in wanted
        if code in by_year[year]
    }


def nearest_workers(row: Workforce) -> int | None:
    """Workers of the same region and segment in the nearest year that somebody entered or published."""
    others = Workforce.objects.filter(region_id=row.region_id, segment=row.segment).exclude(
        Q(pk=row.pk) | Q(origin=Origin.EXAMPLE)
    )
    counted = others.exclude(year=row.year, kind=row.kind).values_list("year", "workers")
    nearest = min(counted, key=lambda pair: abs(pair[0] - row.year), default=None)
    return nearest[1] if nearest else None


def total_eligible(segments: dict[str, Eligible]) -> Eligible:
    """The undivided count where one stands, else the sum of the segments."""
    whole = segments.get(CountedSegment.ALL)
    if whole is not None:
        return whole
    parts = list(segments.values())
    return Eligible(sum(part.workers for part in parts), parts[0].year, parts[0].kind)


def list_workforces(user: User, *, region_code: str = "") -> QuerySet[Workforce]:
    rows = Workforce.objects.filter(within(user)).select_related("region", "entered_by")
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.order_by("-year", "region_id", "segment", "kind")


# Region code, year, segment, workers, kind.
_Row = tuple[str, int, str, int, str]


def _read(rows: QuerySet[Workforce]) -> list[_Row]:
    """Newest year first."""
    return list(rows.order_by("-year").values_list("region_id", "year", "segment", "workers", "kind"))


def _in_force(rows: Iterable[_Row]) -> dict[str, dict[str, Eligible]]:
    """The newest year of each region, all segments of that year."""
    found: dict[str, dict[str, Eligible]] = {}
    newest: dict[str, int] = {}
    for code, year, segment, workers, kind in rows:
        if newest.setdefault(code, year) == year:
            found.setdefault(code, {})[segment] = Eligible(workers, year, kind)
    return found


def kinds_known(codes: Iterable[str], month: date) -> list[str]:
    """Kinds of denominators that any of the regions has for the month, in the order of WorkforceKind."""
    rows = Workforce.objects.filter(region_id__in=codes, year__lte=month.year)
    known = set(rows.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in WorkforceKind.values if kind in known]


@dataclass(frozen=True)
class Denominator:
    """One count of workers beside the others of its year."""

    row: Workforce
    # Since when it is official and who made it so; None where it is not.
    since: datetime | None
    made_by: User | None
    reason: str


def list_denominators(region_code: str) -> list[Denominator]:
    """All kinds and sources of a region, newest year first."""
    rows = Workforce.objects.filter(region_id=region_code).select_related("entered_by")
    ordered = list(rows.order_by("-year", "segment", "-is_official", "kind"))
    made = _made_official([row for row in ordered if row.is_official])
    return [Denominator(row, *made.get(row.pk, (None, None, ""))) for row in ordered]


def _made_official(rows: list[Workforce]) -> dict[int, tuple[datetime, User | None, str]]:
    """When each became official, by whom and why: by its history, else with its entry."""
    made: dict[int, tuple[datetime, User | None, str]] = {
        row.pk: (row.entered_at, row.entered_by, "") for row in rows
    }
    events = Workforce.pgh_event_model.objects.filter(pgh_obj__in=made, is_official=False)  # type: ignore[attr-defined]
    found = list(events.select_related("pgh_context").order_by("pgh_id"))
    told = {event.pgh_id: event.pgh_context.metadata if event.pgh_context else {} for event in found}
    people = User.objects.in_bulk({data.get("user") for data in told.values()} - {None})
    for event in found:
        data = told[event.pgh_id]
        made[event.pgh_obj_id] = (event.pgh_created_at, people.get(data.get("user")), data.get("reason", ""))
    return made
