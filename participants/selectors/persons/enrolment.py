"""Counting people by name: spells that cover a month, each person once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from participants.enums import EnrolmentState
from participants.models import Batch, Enrolment
from participants.selectors.headcount import CategoryFunding
from regions.enums import Origin
from regions.models import User
from regions.month import first_of, months_between
from regions.selectors.region import in_subtree

# Merged rows are one person.
PERSON = Coalesce("participant__merged_into", "participant")
COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.ENDED)


def covering(month: date) -> Q:
    """Spells that count in a month."""
    running = Q(last_month=None) | Q(last_month__gte=month)
    return running & Q(first_month__lte=month, state__in=COUNTED)


def count_by_name(month: date) -> dict[str, dict[CategoryFunding, int]]:
    """Region code → (category, source of funds) → persons listed by name in a month."""
    rows = Enrolment.objects.filter(covering(month)).order_by()
    counted = rows.values_list("region_id", "category_id", "funding_id").annotate(
        n=Count(PERSON, distinct=True)
    )
    found: dict[str, dict[CategoryFunding, int]] = {}
    for code, category, funding, people in counted:
        found.setdefault(code, {})[(category, funding)] = people
    return found


@dataclass(frozen=True)
class Persons:
    """Persons of a region, each counted once however many categories name them."""

    all: int
    vulnerable: int


def count_persons(month: date) -> dict[str, Persons]:
    """Region code → distinct persons of all categories, and of categories of vulnerable workers."""
    rows = Enrolment.objects.filter(covering(month)).order_by().values_list("region_id")
    vulnerable = Case(When(category__is_vulnerable=True, then=PERSON), default=Value(None))
    counted = rows.annotate(all=Count(PERSON, distinct=True), few=Count(vulnerable, distinct=True))
    return {code: Persons(everybody, few) for code, everybody, few in counted}


def months_with_enrolments() -> set[date]:
    """From the first month of any spell to the last, or to this month while one is open."""
    ends = Enrolment.objects.filter(state__in=COUNTED).aggregate(
        first=Min("first_month"), last=Max(Coalesce("last_month", Value(date.max)))
    )
    if ends["first"] is None:
        return set()
    return set(months_between(ends["first"], min(ends["last"], first_of(localdate()))))


def newest_enrolled_month(region_code: str) -> date:
    """The last month up to this one in which anybody of the region's subtree is listed by name."""
    this_month = first_of(localdate())
    rows = Enrolment.objects.filter(in_subtree("region__code", region_code), state__in=COUNTED)
    last = rows.filter(first_month__lte=this_month).aggregate(
        last=Max(Coalesce("last_month", Value(this_month)))
    )["last"]
    return min(last, this_month) if last else this_month


def regions_enrolled(month: date) -> set[str]:
    rows = Enrolment.objects.filter(covering(month)).order_by()
    return set(rows.values_list("region_id", flat=True).distinct())


@dataclass(frozen=True)
class NamedSource:
    """Where the names behind a count came from: one batch, or what was typed by hand, with its people."""

    pk: int | None
    label: str
    people: int
    source: str
    as_of: date
    entered_by: User
    origin: str
    changed_at: datetime
    note: str
    source_url: str = ""
    revision: int = 1

    def get_origin_display(self) -> str:
        return str(Origin(self.origin).label)


def explain_by_name(
    region_code: str, month: date, category: str = "", funding: str = "", *, vulnerable: bool = False
) -> list[NamedSource]:
    """The batches whose rows make up a count by name; no person is named here."""
    rows = Enrolment.objects.filter(covering(month), region_id=region_code).order_by()
    if category:
        rows = rows.filter(category_id=category)
    if funding:
        rows = rows.filter(funding_id=funding)
    if vulnerable:
        rows = rows.filter(category__is_vulnerable=True)
    counted = dict(rows.values_list("batch_id").annotate(n=Count(PERSON, distinct=True)))
    batches = Batch.objects.filter(pk__in=[pk for pk in counted if pk]).select_related(
        "category", "funding", "entered_by"
    )
    return [_named(batch, counted[batch.pk]) for batch in batches.order_by("pk")]


def _named(batch: Batch, people: int) -> NamedSource:
    note = f"#{batch.pk}"
    if batch.file_name:
        note = f"{note} · {batch.file_name} · SHA-256 {batch.sha256[:12]}…"
    return NamedSource(
        pk=batch.pk,
        label=f"{batch.category} · {batch.funding}",
        people=people,
        source=batch.source,
        as_of=batch.as_of,
        entered_by=batch.entered_by,
        origin=batch.origin,
        changed_at=batch.stored_at or batch.entered_at,
        note=note,
    )


def spells_of(persons: Iterable[int]) -> QuerySet[Enrolment]:
    """The spells of persons, newest first, with what a page shows of them."""
    rows = Enrolment.objects.filter(participant__in=persons)
    return rows.select_related("category", "funding", "institution", "batch", "entered_by").order_by(
        F("first_month").desc(), "-pk"
    )
