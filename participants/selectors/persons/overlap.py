"""Persons whom several categories claim in one month; rows merged into one person are one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from participants.enums import EnrolmentState
from participants.models import Category, Enrolment, OverlapAllowance, Participant
from regions.access import require
from regions.models import User
from regions.reading import reading_connection
from regions.roles import Permission
from regions.selectors.region import in_subtree

COUNTED = (EnrolmentState.ACTIVE, EnrolmentState.ENDED)

# A person is the row it was merged into, or itself.
PERSON = Coalesce("participant__merged_into_id", "participant_id")

_PAIRS = """
WITH held AS MATERIALIZED ({spells})
SELECT a.category_id, b.category_id, count(*)
FROM held a JOIN held b ON b.person = a.person AND b.category_id > a.category_id
GROUP BY a.category_id, b.category_id
"""

_TOTALS = """
WITH held AS MATERIALIZED ({spells}),
pairs AS (
    SELECT a.person, EXISTS (
        SELECT FROM participants_overlapallowance w
        WHERE (w.first_id = a.category_id AND w.second_id = b.category_id)
           OR (w.first_id = b.category_id AND w.second_id = a.category_id)) AS expected
    FROM held a JOIN held b ON b.person = a.person AND b.category_id > a.category_id
)
SELECT (SELECT count(DISTINCT person) FROM held), count(DISTINCT person),
       count(DISTINCT person) FILTER (WHERE NOT expected)
FROM pairs
"""


@dataclass(frozen=True)
class CategoryPair:
    """Two categories and how many persons are in both; `expected` says why that is right, if it is."""

    first: Category
    second: Category
    persons: int
    expected: str


@dataclass(frozen=True)
class Cell:
    """Where two categories meet; on the diagonal `other` is `category`, and nobody is counted."""

    category: Category
    other: Category
    pair: CategoryPair | None

    @property
    def is_diagonal(self) -> bool:
        return self.category.pk == self.other.pk


@dataclass(frozen=True)
class Overlaps:
    """`persons` active at all, `overlapping` in several categories, `unexpected` of them against the list."""

    persons: int
    overlapping: int
    unexpected: int
    pairs: list[CategoryPair]

    @property
    def matrix(self) -> list[tuple[Category, list[Cell]]]:
        found = {frozenset([pair.first.pk, pair.second.pk]): pair for pair in self.pairs}
        involved = {c.pk: c for pair in self.pairs for c in (pair.first, pair.second)}
        categories = sorted(involved.values(), key=lambda category: category.name)
        return [
            (row, [Cell(row, other, found.get(frozenset([row.pk, other.pk]))) for other in categories])
            for row in categories
        ]


def active_spells(region_code: str, month: date) -> QuerySet[Any]:
    """Spells that count in a month, each with its `person`; the region or one below recorded it."""
    lasting = Q(last_month=None) | Q(last_month__gte=month)
    return Enrolment.objects.filter(
        in_subtree("participant__region__code", region_code),
        lasting,
        state__in=COUNTED,
        first_month__lte=month,
    ).annotate(person=PERSON)


def get_overlaps(user: User, region_code: str, month: date) -> Overlaps:
    require(user, Permission.VIEW_PERSONS, region_code)
    spells = active_spells(region_code, month).order_by().values("person", "category_id").distinct()
    sql, values = spells.query.sql_with_params()
    with reading_connection().cursor() as cursor:
        cursor.execute(_TOTALS.format(spells=sql), values)
        persons, overlapping, unexpected = cursor.fetchone()
        cursor.execute(_PAIRS.format(spells=sql), values)
        counts = cursor.fetchall()
    categories = Category.objects.in_bulk({code for row in counts for code in row[:2]})
    reasons = _expected()
    pairs = [
        CategoryPair(categories[one], categories[two], count, reasons.get(frozenset([one, two]), ""))
        for one, two, count in counts
    ]
    pairs.sort(key=lambda pair: (bool(pair.expected), -pair.persons, pair.first.name, pair.second.name))
    return Overlaps(persons, overlapping, unexpected, pairs)


def list_overlapping(
    user: User, region_code: str, month: date, categories: Iterable[str]
) -> QuerySet[Participant]:
    """The persons behind a cell: active in all these categories in the month."""
    require(user, Permission.VIEW_PERSONS, region_code)
    spells = active_spells(region_code, month).order_by()
    people = Participant.objects.select_related("region")
    for category in categories:
        people = people.filter(pk__in=spells.filter(category=category).values("person"))
    return people.order_by("name", "pk")


def spells_of(people: Iterable[Participant], region_code: str, month: date) -> dict[int, list[Enrolment]]:
    """Person → the spells that count in the month, those of merged rows among them."""
    pks = [person.pk for person in people]
    of_them = Q(participant__in=pks) | Q(participant__merged_into__in=pks)
    rows = active_spells(region_code, month).filter(of_them).select_related("category", "funding")
    found: dict[int, list[Enrolment]] = {pk: [] for pk in pks}
    for spell in rows.order_by(F("category__name"), "first_month", "pk"):
        found[spell.person].append(spell)
    return found


def get_categories(codes: Iterable[str]) -> list[Category]:
    asked = set(codes)
    return [category for category in Category.objects.order_by("name") if category.pk in asked]


def _expected() -> dict[frozenset[str], str]:
    rows = OverlapAllowance.objects.values_list("first_id", "second_id", "reason")
    return {frozenset([first, second]): reason for first, second, reason in rows}
