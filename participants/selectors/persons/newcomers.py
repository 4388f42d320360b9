"""People whose protection by name began, by place and month; each once, in the month of their first spell."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from participants.enums import PayerKind
from participants.place_names import place_key
from participants.selectors.persons.enrolment import COUNTED
from regions.reading import reading_connection

# District and village by their keys; without a village all of the district, without both the region.
PlaceKey = tuple[str, str]


@dataclass(frozen=True)
class Began:
    """People, and those of them who pay for themselves."""

    people: int = 0
    voluntary: int = 0

    @property
    def paid_by_others(self) -> int:
        return self.people - self.voluntary

    def __add__(self, other: "Began") -> "Began":
        return Began(self.people + other.people, self.voluntary + other.voluntary)


@dataclass
class Newcomers:
    """Of one category, or of all: region, place and month → who began."""

    # Region and village → its district, where one district alone has a village of that name.
    homes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    cells: dict[tuple[str, PlaceKey], dict[date, Began]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(Began))
    )

    def add(self, code: str, district: str, village: str, month: date, began: Began) -> None:
        district, village = place_key(district), place_key(village)
        district = district or self.homes.get((code, village), "")
        places = {("", ""), (district, "")} if district else {("", "")}
        if district and village:
            places.add((district, village))
        for place in places:
            self.cells[code, place][month] += began

    def of(self, code: str, place: PlaceKey, first: date, last: date) -> Began:
        """From one month to another, both counted."""
        found = self.cells.get((code, place), {})
        return sum((one for month, one in found.items() if first <= month <= last), Began())


def newcomers(
    codes: Collection[str],
    first: date,
    last: date,
    category: str = "",
    homes: Mapping[tuple[str, str], str] | None = None,
) -> Newcomers:
    """Of a category those who had no spell in it before; without one, those who had none at all.

    Where somebody lives is what lists say of them last; nobody is named.
    """
    found = Newcomers(homes or {})
    with reading_connection().cursor() as cursor:
        cursor.execute(
            _BEGAN,
            {
                "codes": sorted(codes),
                "states": [state.value for state in COUNTED],
                "category": category,
                "payer": PayerKind.WORKER.value,
                "first": first,
                "last": last,
            },
        )
        for code, district, village, month, people, voluntary in cursor.fetchall():
            found.add(code, district, village, month, Began(people, voluntary))
    return found


# Somebody who paid for themselves from the first month on is a voluntary member, whoever else pays too.
_BEGAN = """
SELECT began.region_id, person.district_name, person.village_name, began.month, count(*),
       count(*) FILTER (WHERE began.own = began.month)
FROM (
  SELECT spell.region_id, coalesce(named.merged_into_id, named.id) AS person,
         min(spell.first_month) AS month,
         min(spell.first_month) FILTER (WHERE source.payer = %(payer)s) AS own
  FROM participants_enrolment AS spell
  JOIN participants_participant AS named ON named.id = spell.participant_id
  JOIN participants_fundingsource AS source ON source.code = spell.funding_id
  WHERE spell.region_id = ANY(%(codes)s) AND spell.state = ANY(%(states)s)
    AND (%(category)s = '' OR spell.category_id = %(category)s)
  GROUP BY 1, 2
) AS began
JOIN participants_participant AS person ON person.id = began.person
WHERE began.month BETWEEN %(first)s AND %(last)s
GROUP BY 1, 2, 3, 4
"""
