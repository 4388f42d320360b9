"""How many people of each category a region could still cover, and from where that is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Max

from budgets.selectors.expected import DueTerms, load_terms, price_people
from participants.models import CategoryTarget, Headcount
from participants.selectors.category_population import populations_in_force
from participants.selectors.persons.months import count_named
from regions.month import iso_month
from regions.region_months import RegionMonths


class NeedBasis(StrEnum):
    # A register, a census or an estimate says how many there are.
    POPULATION = "population"
    # Nobody counted them; somebody said how many are to be protected.
    TARGET = "target"


@dataclass(frozen=True)
class NeedLine:
    """`wanted` people of a category by the row `fact`, `covered` of them in the month `counted`."""

    region: str
    category: str
    segment: str
    wanted: int
    covered: int
    counted: str
    basis: NeedBasis
    fact: int
    source: str
    origin: str

    @property
    def left(self) -> int:
        return max(0, self.wanted - self.covered)


def list_needs(codes: Sequence[str], year: int) -> list[NeedLine]:
    """By region and category. What nobody counted and nobody set a target for is not there: never guessed."""
    terms = load_terms()
    covered, counted = _covered(codes, year, terms)
    wanted = _wanted(codes, year)
    return [
        NeedLine(
            region=region,
            category=category,
            segment=terms.segments[category],
            wanted=people,
            covered=covered.get((region, category), 0),
            counted=iso_month(counted[region]) if region in counted else "",
            basis=basis,
            fact=fact,
            source=source,
            origin=origin,
        )
        for (region, category), (people, basis, fact, source, origin) in sorted(wanted.items())
        if category in terms.segments
    ]


_Wanted = tuple[int, NeedBasis, int, str, str]


def _wanted(codes: Sequence[str], year: int) -> dict[tuple[str, str], _Wanted]:
    """The highest of several targets: what was set lower is reached on the way."""
    found: dict[tuple[str, str], _Wanted] = {}
    rows = CategoryTarget.objects.filter(region__in=codes, year__lte=year).order_by("year", "people")
    for row in rows:
        found[row.region_id, row.category_id] = (row.people, NeedBasis.TARGET, row.pk, row.source, row.origin)
    for key, population in populations_in_force(codes, year).items():
        found[key] = (
            population.people,
            NeedBasis.POPULATION,
            population.pk,
            population.source,
            population.origin,
        )
    return found


def _covered(
    codes: Sequence[str], year: int, terms: DueTerms
) -> tuple[dict[tuple[str, str], int], dict[str, date]]:
    """People paid for in the newest month that a region reported before the year is over, as boards count."""
    newest = _newest_months(codes, year)
    people: dict[tuple[str, str], int] = {}
    for month in sorted(set(newest.values())):
        asked = RegionMonths(month, month, tuple(code for code in codes if newest.get(code) == month))
        for code, row in price_people(asked, count_named(asked, persons=False), terms):
            people[code, row.category] = people.get((code, row.category), 0) + row.people
    return people, newest


def _newest_months(codes: Iterable[str], year: int) -> dict[str, date]:
    rows = Headcount.objects.filter(region__in=codes, month__lte=date(year, 12, 1))
    return dict(
        rows.order_by().values("region_id").annotate(newest=Max("month")).values_list("region_id", "newest")
    )
