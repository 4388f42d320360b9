"""A month of a region by name: how many persons each category and payer has, beside what was reported."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from participants.enums import EnrolmentState
from participants.models import Category, Comment, Enrolment, FundingSource, Headcount, LifeEvent
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.endings import ending_of
from participants.selectors.persons.grid import GridCell
from regions.access import require, visible_regions, within
from regions.enums import Level
from regions.models import Region, User
from regions.month import add_months, months_between
from regions.reading import reading_connection
from regions.roles import Permission

CategoryFunding = tuple[str, str]
_BEFORE = 12
_COUNTED = [EnrolmentState.ACTIVE.value, EnrolmentState.ENDED.value]

# One pass: the months of a person in a cell are joined first, so that a merged person counts once; then
# +1 where they begin and -1 after they end. The running sum of that is the number of every month.
_STEPS = """
WITH stays AS (
    SELECT e.category_id, e.funding_id, unnest(range_agg(
        daterange(e.first_month, (e.last_month + interval '1 month')::date)
    )) AS months
    FROM participants_enrolment e JOIN participants_participant p ON p.id = e.participant_id
    WHERE e.region_id = %(region)s AND e.state = ANY(%(states)s)
      AND e.first_month <= %(last)s AND (e.last_month IS NULL OR e.last_month >= %(first)s)
    GROUP BY e.category_id, e.funding_id, coalesce(p.merged_into_id, p.id)
)
SELECT category_id, funding_id, month, sum(step) FROM (
    SELECT category_id, funding_id, greatest(lower(months), %(first)s::date) AS month, 1 AS step FROM stays
    UNION ALL
    SELECT category_id, funding_id, upper(months), -1 FROM stays WHERE upper(months) <= %(last)s
) AS steps
GROUP BY category_id, funding_id, month
"""


@dataclass(frozen=True)
class PastMonth:
    month: date
    people: int


@dataclass(frozen=True)
class MonthRow:
    """One category and payer. `reported` is the number without names, None where none was reported."""

    category: Category
    funding: FundingSource
    people: int
    past: tuple[PastMonth, ...]
    reported: int | None
    comments: int

    @property
    def gap(self) -> int | None:
        return None if self.reported is None else self.reported - self.people

    @property
    def last_month(self) -> int:
        return self.past[0].people

    @property
    def last_year(self) -> int:
        return self.past[-1].people


@dataclass(frozen=True)
class Ending:
    """Who an ending of a category would touch: running spells end, later ones are rejected."""

    running: QuerySet[Enrolment]
    later: QuerySet[Enrolment]


def list_person_regions(user: User) -> QuerySet[Region]:
    """Regencies whose persons the user may see."""
    regions = visible_regions(user, Permission.VIEW_PERSONS)
    return regions.filter(level=Level.REGENCY, valid_until=None).order_by("code")


def list_months(user: User, region_code: str, month: date) -> list[MonthRow]:
    """Every category and payer with a person or a reported number in the month or the twelve before."""
    require(user, Permission.VIEW_PERSONS, region_code)
    first = add_months(month, -_BEFORE)
    people = count_people(region_code, first, month)
    headcounts = Headcount.objects.filter(region_id=region_code, month__range=(first, month))
    told = {(h.category_id, h.funding_id): h for h in headcounts.order_by("month")}
    open_comments = _count_comments(region_code, month)
    categories = Category.objects.in_bulk()
    fundings = FundingSource.objects.in_bulk()
    rows = []
    for cell in people.keys() | told.keys() | open_comments.keys():
        counts = people.get(cell, {})
        past = [add_months(month, -back) for back in range(1, _BEFORE + 1)]
        report = told.get(cell)
        rows.append(
            MonthRow(
                category=categories[cell[0]],
                funding=fundings[cell[1]],
                people=counts.get(month, 0),
                past=tuple(PastMonth(one, counts.get(one, 0)) for one in past),
                reported=report.people if report and report.month == month else None,
                comments=open_comments.get(cell, 0),
            )
        )
    return sorted(rows, key=lambda row: (row.category.name, row.funding.name))


def count_people(region_code: str, first: date, last: date) -> dict[CategoryFunding, dict[date, int]]:
    """Category and payer → month → persons, for every month from `first` to `last`."""
    bounds: dict[str, Any] = {"region": region_code, "states": _COUNTED, "first": first, "last": last}
    steps: dict[CategoryFunding, dict[date, int]] = {}
    with reading_connection().cursor() as cursor:
        cursor.execute(_STEPS, bounds)
        for category, funding, month, step in cursor.fetchall():
            steps.setdefault((category, funding), {})[month] = step
    return {cell: _running(by_month, first, last) for cell, by_month in steps.items()}


def list_repeatable(region_code: str, category: str, funding: str, month: date) -> QuerySet[Enrolment]:
    """Active spells that ended with the month before, of persons to whom nothing happened since.

    A person who is in the month already, by another spell, is left out.
    """
    before = add_months(month, -1)
    spells = Enrolment.objects.filter(
        region_id=region_code,
        category_id=category,
        funding_id=funding,
        state=EnrolmentState.ACTIVE,
        last_month=before,
    )
    here = Enrolment.objects.filter(
        ~Q(state=EnrolmentState.REJECTED),
        Q(last_month=None) | Q(last_month__gte=month),
        participant=OuterRef("participant"),
        category_id=category,
        funding_id=funding,
        first_month__lte=month,
    )
    happened = LifeEvent.objects.filter(
        participant=OuterRef("participant"),
        happened_on__gte=OuterRef("first_month"),
        happened_on__lt=month,
    )
    rows = spells.filter(~Exists(here), ~Exists(happened))
    return rows.select_related("participant__merged_into").order_by("pk")


def headcount_to_repeat(region_code: str, category: str, funding: str, month: date) -> Headcount | None:
    """Last month's number without names, where this month has none yet; less those who ended, with who.

    Unsaved: it says what this month's number would be.
    """
    cell = Headcount.objects.filter(region_id=region_code, category_id=category, funding_id=funding)
    if cell.filter(month=month).exists():
        return None
    before = cell.filter(month=add_months(month, -1)).first()
    if before is None:
        return None
    ended = ending_of(region_code, month, MonthEntryKey.headcount(category, funding))
    fewer = ended is not None and ended.fewer > 0
    people, note = (ended.lowered(before.people), ended.words) if ended and fewer else (before.people, "")
    return Headcount(people=people, note=note)


def list_ending(region_code: str, category: str, funding: str, month: date) -> Ending:
    cell = Enrolment.objects.filter(region_id=region_code, category_id=category, funding_id=funding)
    cell = cell.select_related("participant__merged_into").order_by("pk")
    counted = cell.filter(state__in=_COUNTED, first_month__lte=month)
    still_active = Q(last_month=month, state=EnrolmentState.ACTIVE)
    return Ending(
        running=counted.filter(Q(last_month=None) | Q(last_month__gt=month) | still_active),
        later=cell.filter(first_month__gt=month).exclude(state=EnrolmentState.REJECTED),
    )


def list_cell_comments(user: User, cell: GridCell) -> QuerySet[Comment]:
    """Remarks on the cell, the open ones first."""
    comments = Comment.objects.filter(
        within(user, permission=Permission.VIEW_PERSONS),
        region=cell.region,
        month=cell.month,
        category=cell.category,
        funding=cell.funding,
    )
    return comments.select_related("entered_by", "settled_by").order_by(
        F("settled_at").desc(nulls_first=True), "-pk"
    )


def get_cell_comment(user: User, pk: int) -> Comment | None:
    """A remark somewhere in the user's regions; what they may do with it is asked of the region."""
    return Comment.objects.filter(within(user), pk=pk, month__isnull=False).first()


def newest_month(region_code: str, today: date) -> date:
    """The last month, up to this one, that somebody spoke of; this month where nobody did."""
    months = Headcount.objects.filter(region_id=region_code, month__lte=today)
    found = months.order_by("-month").values_list("month", flat=True).first()
    running = Enrolment.objects.filter(region_id=region_code, first_month__lte=today)
    if running.filter(Q(last_month=None) | Q(last_month__gte=today.replace(day=1))).exists() or found is None:
        return today.replace(day=1)
    last = running.order_by("-last_month").values_list("last_month", flat=True).first()
    return max(found, last) if last else found


def _count_comments(region_code: str, month: date) -> dict[CategoryFunding, int]:
    rows = Comment.objects.filter(region_id=region_code, month=month, settled_at=None, segment=None)
    counted = rows.order_by().values_list("category_id", "funding_id").annotate(count=Count("pk"))
    return {(category, funding): count for category, funding, count in counted}


def _running(steps: dict[date, int], first: date, last: date) -> dict[date, int]:
    people, by_month = 0, {}
    for month in months_between(first, last):
        people += steps.get(month, 0)
        by_month[month] = people
    return by_month


def masked(spells: Iterable[Enrolment]) -> list[tuple[str, str]]:
    """Name and masked NIK of each person."""
    people = (spell.participant.merged_into or spell.participant for spell in spells)
    return [(person.name, str(person.nik)) for person in people]
