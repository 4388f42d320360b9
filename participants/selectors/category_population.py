"""How many workers of a category live somewhere: what is in force in a year, and the register."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from participants.models import CategoryPopulation
from regions.access import within
from regions.models import User


def populations_in_force(codes: Iterable[str], year: int) -> dict[tuple[str, str], CategoryPopulation]:
    """(region code, category) → the newest row of that year or an earlier one; absent where none is known."""
    rows = CategoryPopulation.objects.filter(region__in=set(codes), year__lte=year)
    newest = rows.order_by("region_id", "category_id", "-year").distinct("region_id", "category_id")
    return {(row.region_id, row.category_id): row for row in newest.select_related("region", "category")}


def list_category_populations(user: User, *, region_code: str = "") -> QuerySet[CategoryPopulation]:
    rows = CategoryPopulation.objects.filter(within(user, permission=CategoryPopulation.fact.listed_with))
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.select_related("region", "category", "entered_by").order_by(
        "-year", "region_id", "category__name"
    )
