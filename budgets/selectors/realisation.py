"""Bills from billed to posted: sums by region and month, their lines, and bills that look the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Greatest

from budgets.models import Realisation
from budgets.models.realisation import STAGES
from budgets.selectors.to_date import Event, sum_to_date
from regions.access import within
from regions.models import User
from regions.month import first_of, fiscal_year_start, last_day
from regions.region_months import RegionMonths
from regions.selectors.region import in_subtree

CategoryFunding = tuple[str, str]


@dataclass(frozen=True)
class Stages:
    """Rupiah of each stage; None where no bill has come so far, which is not zero."""

    billed: int | None
    paid: int | None
    posted: int | None


@dataclass(frozen=True)
class LineStages:
    """The same of budget lines; `claimed` sums the largest stage of each bill, and is 0 without bills."""

    billed: int | None = None
    paid: int | None = None
    posted: int | None = None
    claimed: int = 0


def _to_date(stage: str, month: date) -> Q:
    return Q(**{f"{stage}_on__range": (fiscal_year_start(month), last_day(month))})


def sum_realised(asked: RegionMonths) -> dict[date, dict[str, dict[CategoryFunding, Stages]]]:
    """Month → region code → (category, funding) → rupiah of each stage, to date by the stage's day."""
    summed = sum_to_date(_stage_events(asked), asked)
    return {
        month: {code: _by_cell(sums) for code, sums in by_region.items()}
        for month, by_region in summed.items()
    }


def _stage_events(asked: RegionMonths) -> Iterator[Event[tuple[str, str, str]]]:
    """By (category, funding, stage), in the month of the stage's day."""
    days = [f"{stage}_on" for stage in STAGES]
    since = Q(billed_on__gte=asked.year_start) | Q(paid_on__gte=asked.year_start)
    since |= Q(posted_on__gte=asked.year_start)
    rows = Realisation.objects.filter(asked.of_regions(), since).order_by()
    amounts = [f"{stage}_amount" for stage in STAGES]
    for code, category, funding, *told in rows.values_list(
        "region_id", "category_id", "funding_id", *days, *amounts
    ):
        for stage, day, amount in zip(STAGES, told[:3], told[3:], strict=True):
            if day is not None:
                yield code, (category or "", funding or "", stage), first_of(day), amount


def _by_cell(sums: Mapping[tuple[str, str, str], int]) -> dict[CategoryFunding, Stages]:
    cells = {(category, funding) for category, funding, _stage in sums}
    return {cell: Stages(*(sums.get((*cell, stage)) for stage in STAGES)) for cell in cells}


def explain_realised(region_code: str, month: date) -> QuerySet[Realisation]:
    """The rows that `sum_realised` sums for a region and month."""
    rows = _any_stage(month).filter(region_id=region_code)
    return rows.select_related("category", "funding", "allocation", "entered_by").order_by(
        "first_month", "pk"
    )


def _any_stage(month: date) -> QuerySet[Realisation]:
    touched = Q()
    for stage in STAGES:
        touched |= _to_date(stage, month)
    return Realisation.objects.filter(touched)


def _whole(total: Any) -> int | None:
    return None if total is None else int(total)


def sum_lines(region_code: str, *, year: int, month: date) -> dict[str, LineStages]:
    """Budget line → what was billed, paid and posted of it up to the end of the month."""
    rows = Realisation.objects.filter(
        in_subtree("allocation__region__code", region_code), allocation__year=year
    )
    until = last_day(month)
    sums = {stage: Sum(f"{stage}_amount", filter=Q(**{f"{stage}_on__lte": until})) for stage in STAGES}
    largest = Greatest("billed_amount", "paid_amount", "posted_amount")
    columns = rows.order_by().values_list("allocation__line")
    return {
        line: LineStages(_whole(billed), _whole(paid), _whole(posted), int(claimed))
        for line, billed, paid, posted, claimed in columns.annotate(**sums, claimed=Sum(largest))
    }


def list_realisations(
    user: User, *, region_code: str = "", month: date | None = None
) -> QuerySet[Realisation]:
    """Bills, newest first; `month` is one that a bill is for."""
    rows = Realisation.objects.filter(within(user, permission=Realisation.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        rows = rows.filter(first_month__lte=month, last_month__gte=month)
    return rows.select_related(
        "region", "category", "funding", "institution", "allocation", "entered_by"
    ).order_by("-first_month", "region_id", "pk")


def same_bill(row: Realisation) -> Realisation | None:
    """Another stored bill with the same region, months, amounts, days and payer."""
    columns = ("region_id", "first_month", "last_month", "category_id", "funding_id", "allocation_id")
    money = [f"{stage}_{what}" for stage in STAGES for what in ("amount", "on")]
    same = {column: getattr(row, column) for column in (*columns, *money)}
    found = Realisation.objects.filter(**same).exclude(reference=row.reference)
    return found.select_related("entered_by").first()
