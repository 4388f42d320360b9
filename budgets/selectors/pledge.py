"""Offers to payers with what was paid of them and how far they have come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from budgets.enums import PledgeStage
from budgets.models import Contribution, Pledge, PledgePayment
from regions.access import within
from regions.models import Region, User
from regions.roles import Permission
from regions.selectors.region import in_subtree


def _with_stage(rows: QuerySet[Any]) -> QuerySet[Any]:
    """`paid` rupiah, and `stage`. What was withdrawn stays so, whatever was paid before."""
    payments = PledgePayment.objects.filter(pledge=OuterRef("pk")).order_by()
    paid = payments.values("pledge").annotate(sum=Sum("amount")).values("sum")
    stage = Case(
        When(withdrawn_on__isnull=False, then=Value(PledgeStage.WITHDRAWN)),
        When(paid__gte=F("amount"), then=Value(PledgeStage.PAID)),
        When(paid__gt=0, then=Value(PledgeStage.PART_PAID)),
        When(pledged_on__isnull=False, then=Value(PledgeStage.PLEDGED)),
        default=Value(PledgeStage.OFFERED),
        output_field=CharField(),
    )
    summed = rows.annotate(paid=Coalesce(Subquery(paid, output_field=BigIntegerField()), 0))
    staged: QuerySet[Any] = summed.annotate(stage=stage)
    return staged


def list_pledges(user: User, *, region_code: str = "", year: int | None = None) -> QuerySet[Pledge]:
    rows = Pledge.objects.filter(within(user, permission=Pledge.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if year:
        rows = rows.filter(year=year)
    return _with_stage(
        rows.select_related("region", "category", "funding", "institution", "entered_by")
    ).order_by("-year", "region_id", "category__name", "offered_on", "pk")


def list_pledge_payments(user: User, *, region_code: str = "", pledge: int = 0) -> QuerySet[PledgePayment]:
    rows = PledgePayment.objects.filter(within(user, permission=PledgePayment.fact.listed_with))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if pledge:
        rows = rows.filter(pledge=pledge)
    related = ("region", "pledge__category", "pledge__funding", "pledge__institution", "entered_by")
    return rows.select_related(*related).order_by("-paid_on", "region_id", "pk")


def choosable_pledges(regions: QuerySet[Region]) -> QuerySet[Pledge]:
    """Those of these regions that somebody has pledged."""
    rows = Pledge.objects.filter(region__in=regions, pledged_on__isnull=False)
    return rows.select_related("region", "category", "funding", "institution").order_by("-year", "region_id")


def pledges_due(user: User, until: date) -> QuerySet[Pledge]:
    """Pledged, not paid in full, and due up to a day."""
    rows = Pledge.objects.filter(
        within(user, permission=Pledge.fact.listed_with),
        pledged_on__isnull=False,
        withdrawn_on=None,
        due_on__lte=until,
    )
    related = rows.select_related("region", "category", "funding", "institution")
    return _with_stage(related).filter(paid__lt=F("amount")).order_by("due_on", "pk")


def same_pledge(row: Pledge) -> Pledge | None:
    columns = ("region_id", "year", "category_id", "funding_id", "institution_id", "people", "offered_on")
    found = Pledge.objects.filter(**{column: getattr(row, column) for column in columns})
    return found.exclude(reference=row.reference).select_related("entered_by").first()


def same_payment(row: PledgePayment) -> PledgePayment | None:
    found = PledgePayment.objects.filter(pledge=row.pledge_id, paid_on=row.paid_on, amount=row.amount)
    return found.exclude(reference=row.reference).select_related("entered_by").first()


@dataclass
class PledgedCell:
    """Of a region, category and source of funds: people promised or paid for, and none withdrawn."""

    people: int = 0
    rupiah: int = 0


def promised_by_cell(
    user: User, codes: Collection[str], year: int
) -> dict[tuple[str, str, str], PledgedCell]:
    """(region code, category, source of funds) → what was pledged of the year; offers are no promise."""
    rows = Pledge.objects.filter(
        within(user, permission=Permission.VIEW_DRAFTS),
        Q(withdrawn_on=None),
        region__in=codes,
        year=year,
        pledged_on__isnull=False,
    )
    columns = ("region_id", "category_id", "funding_id")
    return {
        (code, category, funding): PledgedCell(people, rupiah)
        for code, category, funding, people, rupiah in rows.order_by()
        .values_list(*columns)
        .annotate(all_people=Sum("people"), all_rupiah=Sum("amount"))
    }


def received_by_cell(user: User, codes: Collection[str], year: int) -> dict[tuple[str, str, str], int]:
    """(region code, category, source of funds) → contributions booked in the year, whoever paid them."""
    rows = Contribution.objects.filter(
        within(user, permission=Contribution.fact.listed_with),
        region__in=codes,
        paid_on__year=year,
        category__isnull=False,
        funding__isnull=False,
    ).order_by()
    columns = ("region_id", "category_id", "funding_id")
    summed = rows.values_list(*columns).annotate(sum=Sum("amount"))
    return {(code, str(category), str(funding)): int(rupiah) for code, category, funding, rupiah in summed}
