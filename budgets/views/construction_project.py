"""The register of construction projects: its list of a year, its counts, and the forms of both."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from budgets.enums import ProjectStanding
from budgets.forms.construction_project import ConstructionProjectForm, ProjectCountForm
from budgets.models import ConstructionProject, ProjectCount
from budgets.selectors.construction_project import counts_of_year, list_project_counts
from budgets.selectors.project_register import (
    ProjectFilters,
    list_projects,
    newest_project_year,
    potential_of,
    price_of_contract,
    project_offices,
    project_sums,
)
from budgets.services.construction_project import CONSTRUCTION_PROJECTS
from budgets.services.project_count import PROJECT_COUNTS
from regions.access import require_anywhere
from regions.month import first_of, iso_month
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns
from regions.views.asked import year_of
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView

_MOST_WORDS, _LONGEST_OFFICE = 60, 150
# The page of counts lists them all.
_MOST_COUNTS = 20


def _filters(request: HttpRequest) -> ProjectFilters:
    """Those in the address; unknown words ask for nothing."""
    standing = request.GET.get("status", "")
    return ProjectFilters(
        standing=standing if standing in ProjectStanding.values else "",
        office=request.GET.get("opd", "").strip()[:_LONGEST_OFFICE],
        words=request.GET.get("cari", "").strip()[:_MOST_WORDS],
    )


def _year(request: SignedInRequest, region_code: str) -> int:
    """The one in the address, else the newest of which any project is known."""
    asked = year_of(request.GET.get("tahun", ""))
    return asked or newest_project_year(request.user, region_code) or localdate().year


class ConstructionProjectPages(FactPages):
    store = CONSTRUCTION_PROJECTS
    form = ConstructionProjectForm
    title = gettext_lazy("Proyek jasa konstruksi")

    def period_query(self, row: ConstructionProject) -> str:
        """The newest month in which it counts."""
        return f"?periode={iso_month(min(date(row.year, 12, 1), first_of(localdate())))}"


class ConstructionProjectList(ConstructionProjectPages, FactListView):
    template: ClassVar[str] = "budgets/construction_project_list.html"
    sorted_by: ClassVar[SortColumns] = {
        "paket": ("package_name",),
        "mulai": ("first_month",),
        "nilai": ("contract_value",),
        "status": ("jakon_status",),
        "iuran": ("contribution",),
    }
    searched: ClassVar[tuple[str, ...]] = ()

    def list_rows(self, region_code: str, month: Any) -> QuerySet[ConstructionProject]:
        self.code, self.year = region_code, _year(self.request, region_code)
        self.rows = list_projects(
            self.request.user, year=self.year, region_code=region_code, filters=_filters(self.request)
        )
        return self.rows

    def page(self, **context: Any) -> dict[str, Any]:
        user, asked = self.request.user, _filters(self.request)
        more = {
            "year": self.year,
            "asked": asked,
            "standings": ProjectStanding.choices,
            "offices": project_offices(user, year=self.year, region_code=self.code),
            "sums": project_sums(self.rows),
            "potential": potential_of(self.rows),
            "counts": counts_of_year(user, year=self.year, region_code=self.code)[:_MOST_COUNTS],
        }
        return super().page(**{**context, **more})


class PricedFormPages(ConstructionProjectPages):
    """Beside the form what the project costs by the tariff: as stored, or as it was typed."""

    template: ClassVar[str] = "budgets/construction_project_form.html"

    def page(self, **context: Any) -> dict[str, Any]:
        form = context["form"]
        value, month = (_typed(form, name) for name in ("contract_value", "first_month"))
        price = price_of_contract(value, month) if value and month else None
        return super().page(**context, price=price, contract_value=value)


def _typed(form: ConstructionProjectForm, name: str) -> Any:
    """What stands in a field, where that can be read."""
    given = form.data.get(name) if form.is_bound else form.initial.get(name)
    try:
        return form.fields[name].clean(given)
    except ValidationError:
        return None


class ConstructionProjectRecord(PricedFormPages, FactRecordView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        """With the button that only asks for the price nothing is stored."""
        if "hitung" not in request.POST:
            return super().post(request)
        require_anywhere(request.user, self.kind.permission)
        given = {name: value for name, value in request.POST.items() if name in self.form.base_fields}
        return self._show(self._form(initial=given))


class ConstructionProjectCorrect(PricedFormPages, FactCorrectView):
    pass


class ProjectCountPages(FactPages):
    store = PROJECT_COUNTS
    form = ProjectCountForm
    title = gettext_lazy("Jumlah proyek jasa konstruksi")

    def period_query(self, row: ProjectCount) -> str:
        return f"?periode={iso_month(row.month)}"


class ProjectCountList(ProjectCountPages, FactListView):
    template: ClassVar[str] = "budgets/project_count_list.html"
    sorted_by: ClassVar[SortColumns] = {
        "bulan": ("month",),
        "terdaftar": ("registered", "packages"),
        "nilai": ("registered_value", "total_value"),
    }

    def list_rows(self, region_code: str, month: Any) -> QuerySet[ProjectCount]:
        return list_project_counts(self.request.user, region_code=region_code, month=month)


class ProjectCountRecord(ProjectCountPages, FactRecordView):
    pass


class ProjectCountCorrect(ProjectCountPages, FactCorrectView):
    pass
