from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.forms.wage_base import WageBaseForm
from budgets.models import WageBase
from budgets.selectors.rate import list_wage_bases
from budgets.services.wage_base import WAGE_BASES
from regions.month import iso_month
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class WageBasePages(FactPages):
    store = WAGE_BASES
    form = WageBaseForm
    title = _("Dasar upah")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[WageBase]:
        return list_wage_bases(self.request.user, region_code=region_code, month=month)

    def period_query(self, row: WageBase) -> str:
        return f"?periode={iso_month(row.first_month)}"


class WageBaseList(WageBasePages, FactListView):
    template = "budgets/wage_base_list.html"
    sorted_by = {
        "kategori": ("category__name",),
        "bulan": ("first_month",),
        "upah": ("rupiah",),
        "risiko": ("risk_class",),
    }
    searched = (*FactListView.searched, "category__name")


class WageBaseRecord(WageBasePages, FactRecordView):
    pass


class WageBaseCorrect(WageBasePages, FactCorrectView):
    pass
