"""People per category without names, summed by region and month, and the rows behind each sum."""

from datetime import date

from django.db.models import Q, QuerySet

from participants.models import Headcount
from regions.access import within
from regions.models import User
from regions.region_months import RegionMonths

CategoryFunding = tuple[str, str]


def count_funded(asked: RegionMonths) -> dict[date, dict[str, dict[CategoryFunding, int]]]:
    """Month → region code → (category, funding source) → people paid for, as reported without names."""
    found: dict[date, dict[str, dict[CategoryFunding, int]]] = {}
    rows = Headcount.objects.filter(asked.of_regions(), month__range=(asked.first, asked.last))
    columns = ("month", "region_id", "category_id", "funding_id", "people")
    for month, code, category, funding, people in rows.order_by().values_list(*columns):
        found.setdefault(month, {}).setdefault(code, {})[category, funding] = people
    return found


def explain_funded(
    region_code: str, month: date, category: str = "", funding: str = ""
) -> QuerySet[Headcount]:
    """The rows behind one cell of `count_funded`, or behind all cells of a region."""
    rows = Headcount.objects.filter(region_id=region_code, month=month)
    if category:
        rows = rows.filter(category_id=category)
    if funding:
        rows = rows.filter(funding_id=funding)
    return rows.select_related("category", "funding", "entered_by").order_by("category", "funding")


def months_with_headcounts() -> set[date]:
    return set(Headcount.objects.order_by().values_list("month", flat=True).distinct())


def list_headcounts(user: User, *, region_code: str = "", month: date | None = None) -> QuerySet[Headcount]:
    rows = Headcount.objects.filter(within(user, permission=Headcount.fact.listed_with))
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    if month:
        rows = rows.filter(month=month)
    return rows.select_related("region", "category", "funding", "entered_by").order_by(
        "-month", "region_id", "category", "funding"
    )
