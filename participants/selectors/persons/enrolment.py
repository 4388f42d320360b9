"""Counting people by name: spells that cover a month, each person once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from participants.enums import EnrolmentState
from participants.models import Batch, Enrolment
from regions.enums import Origin
from regions.models import User
from regions.month import first_of, months_between
from regions.reading import reading_connection
from regions.selectors.region import in_subtree

# Merged rows are one person.
PERSON = Coalesce("participant__merged_into", "participant")
COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.ENDED)


def covering(month: date) -> Q:
    """Spells that count in a month."""
    running = Q(last_month=None) | Q(last_month__gte=month)
    return running & Q(first_month__lte=month, state__in=COUNTED)


def months_with_enrolments(codes: Collection[str]) -> set[date]:
    """From the first month of any spell of these regions to the last, or to this month while one is open.

    Each region's own first and last are found by the index of regions; nothing reads the spells of all.
    """
    with reading_connection().cursor() as cursor:
        states = [state.value for state in COUNTED]
        cursor.execute(_BOUNDS, {"codes": sorted(codes), "states": states, "today": localdate()})
        first, last = cursor.fetchone()
    return set(months_between(first, min(last, first_of(localdate())))) if first else set()


_BOUNDS = """
SELECT min(first_month), max(coalesce(last_month, %(today)s::date))
FROM participants_enrolment WHERE region_id = ANY(%(codes)s) AND state = ANY(%(states)s)
"""


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
    region_code: str,
    month: date,
    category: str = "",
    funding: str = "",
    *,
    vulnerable: bool = False,
    programmes: Collection[str] = (),
) -> list[NamedSource]:
    """The batches whose rows make up a count by name; no person is named here."""
    rows = Enrolment.objects.filter(covering(month), region_id=region_code).order_by()
    if category:
        rows = rows.filter(category_id=category)
    if funding:
        rows = rows.filter(funding_id=funding)
    if vulnerable:
        rows = rows.filter(category__is_vulnerable=True)
    if programmes:
        rows = rows.filter(programmes__contains=list(programmes))
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
    return rows.select_related("category", "funding", "institution", "payer", "batch", "entered_by").order_by(
        F("first_month").desc(), "-pk"
    )
