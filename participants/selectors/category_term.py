"""Terms of categories: those that hold in a region, its own or one of a region above, and the register."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from participants.models import CategoryTerm
from regions.access import covers, within
from regions.models import User
from regions.models.region import ancestor_codes, level_of
from regions.month import next_month


def terms_in_force(codes: Iterable[str], month: date) -> dict[tuple[str, str], CategoryTerm]:
    """(region code, category) → the term that reaches into the month or beyond, of the nearest region."""
    asked = sorted(set(codes))
    above = {one for code in asked for one in ancestor_codes(code)}
    rows = CategoryTerm.objects.filter(
        region__in={*above, *asked}, ends_on__gte=month, starts_on__lt=next_month(month)
    )
    found: dict[tuple[str, str], CategoryTerm] = {}
    # Of a region above first, and of one region the one that ends last.
    for row in sorted(
        rows.select_related("category"), key=lambda row: (level_of(row.region_id), row.ends_on)
    ):
        for code in asked:
            if covers(row.region_id, code):
                found[code, row.category_id] = row
    return found


def list_category_terms(user: User, *, region_code: str = "") -> QuerySet[CategoryTerm]:
    """Those of a region and below it; terms of regions above stand on the page of the endings."""
    rows = CategoryTerm.objects.filter(within(user, permission=CategoryTerm.fact.listed_with))
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.select_related("region", "category", "entered_by").order_by(
        "-ends_on", "region_id", "category__name"
    )


def terms_ending(codes: Iterable[str], first: date, last: date) -> QuerySet[CategoryTerm]:
    """Of these regions themselves, those that end between two days and that no other takes up."""
    rows = CategoryTerm.objects.filter(region__in=list(codes), ends_on__range=(first, last))
    goes_on = CategoryTerm.objects.filter(
        region=OuterRef("region"),
        category=OuterRef("category"),
        starts_on__lte=OuterRef("ends_on") + timedelta(days=1),
        ends_on__gt=OuterRef("ends_on"),
    )
    return rows.exclude(Exists(goes_on)).select_related("category").order_by("ends_on", "region_id")
