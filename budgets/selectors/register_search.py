"""Employers and construction projects by a word, each once, for the search on every page."""

from django.db.models import QuerySet

from budgets.models import ConstructionProject, Employer
from budgets.selectors.employer import EmployerFilters
from budgets.selectors.project_register import ProjectFilters
from regions.access import within
from regions.models import User
from regions.roles import Permission

# Shorter parts stand in nearly every name.
_LEAST = 3


def search_employers(user: User, text: str) -> QuerySet[Employer]:
    """The newest report of each, where the user may see persons: names of small ones are those of people."""
    if len(text) < _LEAST:
        return Employer.objects.none()
    rows = Employer.objects.filter(within(user, permission=Permission.VIEW_PERSONS))
    rows = rows.filter(EmployerFilters(words=text).as_q()).select_related("region")
    return rows.order_by("region_id", "identity", "-month").distinct("region_id", "identity")


def search_projects(user: User, text: str) -> QuerySet[ConstructionProject]:
    if len(text) < _LEAST:
        return ConstructionProject.objects.none()
    rows = ConstructionProject.objects.filter(within(user, permission=Permission.VIEW_PERSONS))
    rows = rows.filter(ProjectFilters(words=text).as_q()).select_related("region")
    return rows.order_by("-year", "region_id", "package_name", "pk")
