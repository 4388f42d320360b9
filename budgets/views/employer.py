"""The register of employers: its list of a month, and the forms."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from budgets.enums import BusinessSector, EmployerSize, EmployerStanding
from budgets.forms.employer import EmployerForm
from budgets.models import Employer
from budgets.selectors.employer import (
    EmployerFilters,
    list_employers,
    newest_employer_month,
    register_sums,
)
from budgets.services.employer import EMPLOYERS
from regions.month import first_of, iso_month
from regions.signed_in import SignedInRequest
from regions.sorting import SortColumns
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView

_MOST_WORDS = 60


def _filters(request: SignedInRequest) -> EmployerFilters:
    """Those in the address; unknown words ask for nothing."""

    def one_of(name: str, known: list[str]) -> str:
        said = request.GET.get(name, "")
        return said if said in known else ""

    return EmployerFilters(
        standing=one_of("kepesertaan", EmployerStanding.values),
        sector=one_of("sektor", BusinessSector.values),
        size=one_of("skala", EmployerSize.values),
        words=request.GET.get("cari", "").strip()[:_MOST_WORDS],
    )


def _month(request: SignedInRequest, region_code: str, asked: date | None) -> date:
    """The one in the address, else the newest that anything was reported of."""
    return asked or newest_employer_month(request.user, region_code) or first_of(localdate())


class EmployerPages(FactPages):
    store = EMPLOYERS
    form = EmployerForm
    title = gettext_lazy("Pemberi kerja")

    def period_query(self, row: Employer) -> str:
        return f"?periode={iso_month(row.month)}"


class EmployerList(EmployerPages, FactListView):
    template: ClassVar[str] = "budgets/employer_list.html"
    sorted_by: ClassVar[SortColumns] = {
        "nama": ("name",),
        "kepesertaan": ("standing",),
        "pekerja": ("workers_registered", "workers_known"),
        "upah": ("wages",),
        "tunggakan": ("arrears", "fine"),
    }
    searched: ClassVar[tuple[str, ...]] = ()

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Employer]:
        self.shown = _month(self.request, region_code, month)
        self.rows = list_employers(
            self.request.user,
            month=self.shown,
            region_code=region_code,
            filters=_filters(self.request),
        )
        return self.rows

    def page(self, **context: Any) -> dict[str, Any]:
        choices = {
            "standings": EmployerStanding.choices,
            "sectors": BusinessSector.choices,
            "sizes": EmployerSize.choices,
            "asked": _filters(self.request),
        }
        more = {**choices, "sums": register_sums(self.rows), "month": self.shown}
        return super().page(**{**context, **more})


class EmployerRecord(EmployerPages, FactRecordView):
    pass


class EmployerCorrect(EmployerPages, FactCorrectView):
    pass
