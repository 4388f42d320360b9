from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.headcount import HeadcountForm
from participants.models import Headcount
from participants.selectors.headcount import list_headcounts
from participants.services.headcount import HEADCOUNTS
from regions.month import iso_month
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class HeadcountPages(FactPages):
    store = HEADCOUNTS
    form = HeadcountForm
    title = _("Orang per kategori")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Headcount]:
        return list_headcounts(self.request.user, region_code=region_code, month=month)

    def period_query(self, row: Headcount) -> str:
        return f"?periode={iso_month(row.month)}"


class HeadcountList(HeadcountPages, FactListView):
    template = "participants/headcount_list.html"
    sorted_by = {
        "bulan": ("month",),
        "kategori": ("category__name",),
        "dana": ("funding__name",),
        "orang": ("people",),
    }
    searched = (*FactListView.searched, "category__name", "funding__name")


class HeadcountRecord(HeadcountPages, FactRecordView):
    pass


class HeadcountCorrect(HeadcountPages, FactCorrectView):
    pass
