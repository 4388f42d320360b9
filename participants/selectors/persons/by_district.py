"""People by name per district and category, where lists tell the district."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from participants.models import Enrolment
from participants.selectors.persons.enrolment import PERSON, covering
from regions.stored_text import shown


@dataclass(frozen=True)
class DistrictPeople:
    """Persons of a category in a district; `district` is empty where the list did not say it."""

    district: str
    category: str
    people: int


def count_by_district(region_code: str, month: date) -> list[DistrictPeople]:
    """Each person once in a district and category; those without a district last. Nobody is named."""
    rows = Enrolment.objects.filter(covering(month), region_id=region_code).order_by()
    counted = rows.values_list("participant__district_name", "category__name").annotate(
        people=Count(PERSON, distinct=True)
    )
    found = [
        DistrictPeople(district.strip(), shown(category), people) for district, category, people in counted
    ]
    return sorted(found, key=lambda one: (not one.district, one.district.lower(), -one.people, one.category))
