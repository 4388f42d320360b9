"""The register of construction projects of a fiscal year: its rows, their sums, and what is not paid in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from budgets.enums import ProjectStanding
from budgets.models import ConstructionProject
from budgets.price import Price
from budgets.selectors.rate import load_tariff
from regions.access import within
from regions.models import User
from regions.roles import Permission
from regions.selectors.region import in_subtree

_UNREGISTERED = Q(jakon_status=ProjectStanding.UNREGISTERED)


@dataclass(frozen=True)
class ProjectFilters:
    """What the register is asked for; empty words ask for everything."""

    standing: str = ""
    office: str = ""
    words: str = ""

    def as_q(self) -> Q:
        wanted = Q()
        if self.standing:
            wanted &= Q(jakon_status=self.standing)
        if self.office:
            wanted &= Q(office=self.office)
        for word in self.words.split()[:6]:
            wanted &= (
                Q(package_name__icontains=word)
                | Q(package_code__icontains=word)
                | Q(contractor__icontains=word)
            )
        return wanted


@dataclass(frozen=True)
class Potential:
    """What unregistered projects would bring: the sum, of how many, by which laws; `unpriced` are those whose
    value or rate is not known."""

    rupiah: int
    projects: int
    unpriced: int
    laws: tuple[tuple[str, str], ...]


def _seen(user: User, year: int, region_code: str) -> QuerySet[ConstructionProject]:
    rows = ConstructionProject.objects.filter(within(user, permission=Permission.VIEW_PERSONS), year=year)
    return rows.filter(in_subtree("region__code", region_code)) if region_code else rows


def list_projects(
    user: User, *, year: int, region_code: str = "", filters: ProjectFilters | None = None
) -> QuerySet[ConstructionProject]:
    """The register of a year, where the user may see persons."""
    rows = _seen(user, year, region_code).filter((filters or ProjectFilters()).as_q())
    return rows.select_related("region", "entered_by").order_by("region_id", "package_name", "pk")


def project_offices(user: User, *, year: int, region_code: str = "") -> list[str]:
    """The offices that the register of a year names, as they are written."""
    rows = _seen(user, year, region_code).exclude(office="").order_by("office")
    return list(rows.values_list("office", flat=True).distinct())


def newest_project_year(user: User, region_code: str = "") -> int | None:
    rows = ConstructionProject.objects.filter(within(user, permission=Permission.VIEW_PERSONS))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    newest: int | None = rows.aggregate(newest=Max("year"))["newest"]
    return newest


def project_sums(rows: QuerySet[ConstructionProject]) -> Mapping[str, int | None]:
    """What the listed projects come to; None where no row tells it."""
    return rows.order_by().aggregate(
        projects=Count("pk"),
        registered=Count("pk", filter=~_UNREGISTERED),
        value=Sum("contract_value"),
        registered_value=Sum("contract_value", filter=~_UNREGISTERED),
        contribution=Sum("contribution"),
    )


def potential_of(rows: QuerySet[ConstructionProject]) -> Potential:
    """By the tariff in force in the month in which each begins; of many equal values each is priced once."""
    told = rows.filter(_UNREGISTERED).order_by().values_list("contract_value", "first_month")
    groups = told.annotate(projects=Count("pk"))
    tariff, rupiah, priced, unpriced = load_tariff(), 0, 0, 0
    laws: dict[str, str] = {}
    for value, month, projects in groups:
        price = tariff.contract(value=value, month=month) if value else None
        if price is None:
            unpriced += projects
            continue
        rupiah, priced = rupiah + price.rupiah * projects, priced + projects
        laws = {part.law: part.source_url for part in reversed(price.parts)} | laws
    return Potential(rupiah, priced, unpriced, tuple(laws.items()))


def price_of_contract(value: int, month: date) -> Price | None:
    """The contribution of a whole project by the tariff in force in the month in which it begins."""
    return load_tariff().contract(value=value, month=month) if value > 0 else None
