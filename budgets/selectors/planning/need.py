"""How many people of each category a region could still cover, and from where that is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from participants.models import Category, CategoryTarget
from participants.selectors.category_population import populations_in_force

# Region code and category.
CategoryOf = tuple[str, str]


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


@dataclass(frozen=True)
class Covered:
    """Whom regions reported as paid for, as far as it is told: `months` are those of each region, ISO."""

    months: Mapping[str, str]
    people: Mapping[CategoryOf, int]


def list_needs(codes: Sequence[str], year: int, covered: Covered) -> list[NeedLine]:
    """By region and category. What nobody counted and nobody set a target for is not there: never guessed.

    A category that a region's report does not name covers nobody, as far as anybody knows.
    """
    segments = dict(Category.objects.values_list("code", "segment"))
    return [
        NeedLine(
            region=region,
            category=category,
            segment=segments[category],
            wanted=people,
            covered=covered.people.get((region, category), 0),
            counted=covered.months.get(region, ""),
            basis=basis,
            fact=fact,
            source=source,
            origin=origin,
        )
        for (region, category), (people, basis, fact, source, origin) in sorted(_wanted(codes, year).items())
    ]


_Wanted = tuple[int, NeedBasis, int, str, str]


def _wanted(codes: Sequence[str], year: int) -> dict[CategoryOf, _Wanted]:
    """The highest of several targets: what was set lower is reached on the way."""
    found: dict[CategoryOf, _Wanted] = {}
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
