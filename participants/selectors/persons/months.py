"""Persons by name over many months at once: one pass over the spells of some regions.

Each spell is +1 in its first month and -1 after its last; the running sum is the number of every month.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from participants.selectors.persons.enrolment import COUNTED
from participants.selectors.programme_rule import Programmes
from regions.month import next_month
from regions.reading import reading_connection
from regions.region_months import RegionMonths

CategoryFunding = tuple[str, str]
# Category, source of funds, programme.
ProgrammeCell = tuple[str, str, str]
# Region code, category, funding, segment, programmes: alike in all that decides a price.
_Alike = tuple[str, str, str, str, frozenset[str]]


class PricedPeople(NamedTuple):
    """People of a month who are alike in all that decides their price."""

    region_code: str
    month: date
    category: str
    funding: str
    segment: str
    programmes: frozenset[str]
    people: int


@dataclass(frozen=True)
class Persons:
    """Persons of a region, each counted once however many categories name them."""

    all: int
    vulnerable: int


@dataclass
class NamedPeople:
    """What the spells of some regions say: people by price and month, and distinct persons by month."""

    priced: list[PricedPeople] = field(default_factory=list)
    persons: dict[date, dict[str, Persons]] = field(default_factory=dict)

    def covered(self, programmes: Programmes) -> dict[date, dict[str, dict[CategoryFunding, int]]]:
        """As `by_cell`, of spells that have all programmes which count in the month."""
        wanted = {month: frozenset(told) for month, told in programmes.items()}
        return NamedPeople(
            [row for row in self.priced if row.month in wanted and wanted[row.month] <= row.programmes]
        ).by_cell()

    def by_cell(self) -> dict[date, dict[str, dict[CategoryFunding, int]]]:
        """Month → region code → (category, source of funds) → persons listed by name."""
        found: dict[date, dict[str, dict[CategoryFunding, int]]] = {}
        for row in self.priced:
            cells = found.setdefault(row.month, {}).setdefault(row.region_code, {})
            cell = (row.category, row.funding)
            cells[cell] = cells.get(cell, 0) + row.people
        return found

    def by_programme(self) -> dict[date, dict[str, dict[ProgrammeCell, int]]]:
        """The same with each programme of a spell counted by itself: of one person there are several."""
        found: dict[date, dict[str, dict[ProgrammeCell, int]]] = {}
        for row in self.priced:
            cells = found.setdefault(row.month, {}).setdefault(row.region_code, {})
            for programme in row.programmes:
                cell = (row.category, row.funding, programme)
                cells[cell] = cells.get(cell, 0) + row.people
        return found


# Only rows that were merged can overlap in a category and payer, since the database keeps the spells of
# one row apart: `twice` are their months that an earlier spell of the same person has counted already.
_COMMON = """
WITH spells AS MATERIALIZED (
    SELECT e.id, e.region_id, e.category_id, e.funding_id, e.segment, e.programmes, e.first_month AS began,
           greatest(e.first_month, %(first)s::date) AS first_month,
           least(e.last_month, %(last)s::date) AS last_month,
           coalesce(m.merged_into_id, e.participant_id) AS person, m.id IS NOT NULL AS is_merged
    FROM participants_enrolment e
    LEFT JOIN participants_participant m ON m.id = e.participant_id AND m.merged_into_id IS NOT NULL
    WHERE {regions} AND e.state = ANY(%(states)s) AND e.first_month <= %(last)s::date
      AND (e.last_month IS NULL OR e.last_month >= %(first)s::date)
),
twice AS (
    SELECT region_id, category_id, funding_id, segment, programmes, first_month,
           least(last_month, before) AS last_month
    FROM (
        SELECT *, max(last_month) OVER (
            PARTITION BY region_id, person, category_id, funding_id ORDER BY began, id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS before
        FROM spells WHERE person IN (SELECT person FROM spells WHERE is_merged)
    ) AS family
    WHERE before >= first_month
),
counted AS (
    SELECT region_id, category_id, funding_id, segment, programmes, first_month, last_month, 1 AS n
    FROM spells
    UNION ALL
    SELECT region_id, category_id, funding_id, segment, programmes, first_month, last_month, -1 FROM twice
)
"""
_ALIKE = """
SELECT 'alike', region_id, category_id, funding_id, segment, programmes, first_month, last_month, sum(n)
FROM counted
GROUP BY GROUPING SETS (
    (region_id, category_id, funding_id, segment, programmes, first_month),
    (region_id, category_id, funding_id, segment, programmes, last_month)
)
"""
# A spell adds a person from the month after those that the person's earlier spells have counted.
_STAYS = """,
stays AS MATERIALIZED (
    SELECT region_id, first_month, last_month, is_vulnerable, max(last_month) OVER earlier AS before,
           max(last_month) FILTER (WHERE is_vulnerable) OVER earlier AS before_vulnerable
    FROM spells JOIN (SELECT code, is_vulnerable FROM participants_category) c ON c.code = category_id
    WINDOW earlier AS (
        PARTITION BY person, region_id ORDER BY began, id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
"""
_PERSONS = """
UNION ALL
SELECT kind, region_id, NULL, NULL, NULL, NULL, first_month, last_month, count(*)
FROM (
    SELECT kind, region_id, last_month,
           CASE WHEN before >= first_month THEN (before + interval '1 month')::date ELSE first_month END
           AS first_month
    FROM (
        SELECT 'all' AS kind, region_id, first_month, last_month, before FROM stays
        UNION ALL
        SELECT 'vulnerable', region_id, first_month, last_month, before_vulnerable FROM stays
        WHERE is_vulnerable
    ) AS kinds
    WHERE before IS NULL OR before < last_month
) AS pieces
GROUP BY GROUPING SETS ((kind, region_id, first_month), (kind, region_id, last_month))
"""


def count_named(asked: RegionMonths, *, persons: bool = True) -> NamedPeople:
    """People of the spells of these regions, month by month; distinct persons only where they are asked."""
    found = NamedPeople()
    steps: dict[_Alike, dict[date, int]] = {}
    distinct: dict[tuple[str, str], dict[date, int]] = {}
    for kind, code, category, funding, segment, programmes, first, last, n in _rows(asked, persons=persons):
        if kind == "alike":
            by_month = steps.setdefault((code, category, funding, segment, frozenset(programmes)), {})
        else:
            by_month = distinct.setdefault((kind, code), {})
        month, step = (first, int(n)) if last is None else (next_month(last), -int(n))
        by_month[month] = by_month.get(month, 0) + step
    months = asked.months
    for (code, category, funding, segment, covered), by_month in steps.items():
        for month, people in _running(by_month, months):
            found.priced.append(PricedPeople(code, month, category, funding, segment, covered, people))
    _add_persons(found, distinct, months)
    return found


def counting_statement(asked: RegionMonths, *, persons: bool) -> tuple[str, dict[str, Any]]:
    """The one pass over spells, with its parameters."""
    places = "TRUE" if asked.regions is None else "e.region_id = ANY(%(regions)s)"
    values: dict[str, Any] = {"first": asked.first, "last": asked.last}
    values["states"] = [state.value for state in COUNTED]
    if asked.regions is not None:
        values["regions"] = list(asked.regions)
    common = _COMMON.format(regions=places)
    return (common + _STAYS + _ALIKE + _PERSONS if persons else common + _ALIKE), values


def _rows(asked: RegionMonths, *, persons: bool) -> Sequence[Any]:
    with reading_connection().cursor() as cursor:
        cursor.execute(*counting_statement(asked, persons=persons))
        rows: Sequence[Any] = cursor.fetchall()
    return rows


def _add_persons(
    found: NamedPeople, distinct: dict[tuple[str, str], dict[date, int]], months: Sequence[date]
) -> None:
    for (kind, code), by_month in distinct.items():
        if kind == "all":
            few = dict(_running(distinct.get(("vulnerable", code), {}), months))
            for month, people in _running(by_month, months):
                found.persons.setdefault(month, {})[code] = Persons(people, few.get(month, 0))


def _running(steps: dict[date, int], months: Sequence[date]) -> Iterator[tuple[date, int]]:
    """Months in which anybody is counted, and how many."""
    people = 0
    for month in months:
        people += steps.get(month, 0)
        if people:
            yield month, people
