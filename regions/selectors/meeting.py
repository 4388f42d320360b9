"""Meetings, and what was promised there: of a region, of a period, what is overdue."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from regions.access import within
from regions.enums import Acting
from regions.errors import OutsideScope
from regions.meeting import CommitmentState
from regions.models import Assignment, Commitment, Minutes, User
from regions.selectors.region import in_subtree


def list_minutes(user: User, *, region_code: str = "", month: date | None = None) -> QuerySet[Minutes]:
    rows = Minutes.objects.filter(within(user))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        rows = rows.filter(held_on__year=month.year, held_on__month=month.month)
    return rows.select_related("region", "entered_by").order_by("-held_on", "-pk")


def get_minutes(user: User, pk: int) -> Minutes:
    """Raises OutsideScope."""
    row = list_minutes(user).filter(pk=pk).first()
    if row is None:
        raise OutsideScope(pk)
    return row


def commitments_of(minutes: Minutes) -> list[Commitment]:
    return list(Commitment.objects.filter(minutes=minutes).order_by("due_on", "pk"))


def list_commitments(
    user: User,
    *,
    region_code: str = "",
    month: date | None = None,
    state: str = "",
    late_on: date | None = None,
) -> QuerySet[Commitment]:
    """Of a month those filed for it, and those of earlier months that were open when it began."""
    rows = Commitment.objects.filter(within(user))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if month:
        carried = Q(month__lt=month) & (Q(settled_on=None) | Q(settled_on__gte=month))
        rows = rows.filter(Q(month=month) | carried)
    if state:
        rows = rows.filter(state=state)
    if late_on:
        rows = rows.filter(state=CommitmentState.OPEN, due_on__lt=late_on)
    return rows.select_related("region", "minutes", "entered_by").order_by(
        F("due_on").asc(nulls_last=True), "-month", "pk"
    )


def told_in_period(region_code: str, first: date, last: date) -> list[Commitment]:
    """For a pack from the first of one month to the last day of another: what was filed in between, and what
    was open when it began."""
    rows = Commitment.objects.filter(
        Q(month__gte=first) | Q(settled_on=None) | Q(settled_on__gte=first),
        region_id=region_code,
        month__lte=last,
    )
    return list(rows.order_by("month", "pk"))


def open_below(region_code: str, last: date, most: int) -> list[Commitment]:
    """Of the regions below, what was overdue and open on the last day of a period, the longest first."""
    open_then = Q(settled_on=None) | Q(settled_on__gt=last)
    rows = Commitment.objects.filter(
        open_then, in_subtree("region__code", region_code), month__lte=last, due_on__lt=last
    )
    return list(rows.exclude(region=region_code).select_related("region").order_by("due_on", "pk")[:most])


def overdue(codes: Iterable[str], today: date) -> list[Commitment]:
    rows = Commitment.objects.filter(state=CommitmentState.OPEN, due_on__lt=today, region__in=list(codes))
    return list(rows.order_by("due_on", "pk"))


def due_until(held: Collection[str], until: date) -> QuerySet[Commitment]:
    """Open ones that are due until a day, in these regions and below them."""
    places = Q(pk__in=[])
    for code in held:
        places |= in_subtree("region__code", code)
    return Commitment.objects.filter(places, state=CommitmentState.OPEN, due_on__lte=until)


def acting_on(region_code: str, day: date) -> list[Assignment]:
    """Who held a role in the region in somebody's stead on a day, until when and by which decree."""
    rows = Assignment.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day),
        acting__in=Acting.values,
        region_id=region_code,
        valid_from__lte=day,
    )
    return list(rows.select_related("user").order_by("pk"))
