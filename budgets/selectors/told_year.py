"""With which month a page opens that was asked for none: of the newest year of which anything is known."""

from collections.abc import Iterable
from datetime import date

from django.db.models import IntegerField, Q
from django.db.models.functions import Cast, ExtractYear
from django.utils.timezone import localdate

from budgets.models import Allocation, Contribution, Realisation
from participants.models import Enrolment, Headcount
from participants.selectors.persons.enrolment import COUNTED
from regions.access import within
from regions.models import User
from regions.month import first_of
from regions.selectors.region import in_subtree


def budget_month(user: User, region_code: str) -> date:
    """By the budget lines and bills of a region and those below it, as far as the user sees them."""
    where = within(user) & in_subtree("region__code", region_code)
    lines = Allocation.objects.filter(where).order_by().values_list(Cast("year", IntegerField()))
    bills = Realisation.objects.filter(where).order_by().values_list(ExtractYear("first_month"))
    return _opening(year for (year,) in lines.union(bills))


def arrears_month(user: User, region_code: str) -> date:
    """By those who make contributions due and by contributions; a spell without an end reaches to today."""
    where = within(user) & in_subtree("region__code", region_code)
    january = date(localdate().year, 1, 1)
    running = Q(last_month=None) | Q(last_month__gte=january)
    spells = Enrolment.objects.filter(where, state__in=COUNTED).order_by()
    if spells.filter(running, first_month__lte=localdate()).exists():
        return first_of(localdate())
    told = [
        Headcount.objects.filter(where).order_by().values_list(ExtractYear("month")),
        Contribution.objects.filter(where).order_by().values_list(ExtractYear("last_month")),
        spells.values_list(ExtractYear("last_month")),
    ]
    return _opening(year for (year,) in told[0].union(*told[1:]))


def _opening(years: Iterable[int | None]) -> date:
    """The present month where its year is told, or none is; else the last month of the newest year."""
    today, known = first_of(localdate()), {year for year in years if year is not None}
    return today if not known or today.year in known else date(max(known), 12, 1)
