"""Until when persons by name are covered: their spells from a month on, alike ones counted together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from participants.selectors.persons.enrolment import COUNTED
from regions.reading import reading_connection

# What a person has from the month on, joined to one text, so that all who have the same are one row.
_HELD = """
WITH held AS (
    SELECT e.region_id, coalesce(p.merged_into_id, p.id) AS person,
        array_agg(DISTINCT concat_ws('|', e.category_id, e.funding_id,
            greatest(e.first_month, %(month)s::date), coalesce(e.last_month::text, ''))) AS spells
    FROM participants_enrolment e JOIN participants_participant p ON p.id = e.participant_id
    WHERE e.region_id = ANY(%(codes)s) AND e.state = ANY(%(states)s)
      AND e.first_month <= %(until)s AND (e.last_month IS NULL OR e.last_month >= %(month)s)
    GROUP BY 1, 2
)
"""
_ALIKE = "{held} SELECT region_id, spells, count(*) FROM held GROUP BY region_id, spells"
_PERSONS = "{held} SELECT person, spells FROM held"


@dataclass(frozen=True)
class HeldSpell:
    """Months for which somebody pays, none before the month asked about; without a last one it goes on."""

    category: str
    funding: str
    first: date
    last: date | None


Held = tuple[HeldSpell, ...]


def count_held(codes: Collection[str], month: date, until: date) -> list[tuple[str, Held, int]]:
    """Region code, what persons have between the two months, how many have just that."""
    return [(code, _read(spells), people) for code, spells, people in _asked(_ALIKE, codes, month, until)]


def list_held(region_code: str, month: date, until: date) -> list[tuple[int, Held]]:
    """The number of each person of a region and what they have; merged rows are one person."""
    return [(person, _read(spells)) for person, spells in _asked(_PERSONS, [region_code], month, until)]


def _asked(sql: str, codes: Collection[str], month: date, until: date) -> list[Any]:
    told = {"codes": sorted(codes), "states": [state.value for state in COUNTED]}
    with reading_connection().cursor() as cursor:
        cursor.execute(sql.format(held=_HELD), {**told, "month": month, "until": until})
        return list(cursor.fetchall())


def _read(spells: Iterable[str]) -> Held:
    found = []
    for text in spells:
        category, funding, first, last = text.split("|")
        end = date.fromisoformat(last) if last else None
        found.append(HeldSpell(category, funding, date.fromisoformat(first), end))
    return tuple(sorted(found, key=lambda one: (one.first, one.category, one.funding)))
