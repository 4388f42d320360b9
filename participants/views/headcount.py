from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.headcount import HeadcountForm
from participants.models import Headcount
from participants.selectors.headcount import list_headcounts
from participants.services.headcount import (
    correct_headcount,
    record_headcounts,
)
from regions.month import iso_month
from regions.roles import Permission
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class HeadcountPages(FactPages):
    name = "headcount"
    model = Headcount
    form = HeadcountForm
    permission = Permission.ENTER_HEADCOUNT
    title = _("Orang per kategori")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Headcount]:
        return list_headcounts(self.request.user, region_code=region_code, month=month)

    def record(self, row: Headcount) -> Headcount:
        return record_headcounts([row], by=self.request.user).rows[0]

    def correct(self, **values: Any) -> Headcount:
        return correct_headcount(by=self.request.user, **values)

    def period_query(self, row: Headcount) -> str:
        return f"?periode={iso_month(row.month)}"


class HeadcountList(HeadcountPages, FactListView):
    template = "participants/headcount_list.html"


class HeadcountRecord(HeadcountPages, FactRecordView):
    pass


class HeadcountCorrect(HeadcountPages, FactCorrectView):
    pass
