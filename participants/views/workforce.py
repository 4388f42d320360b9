from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.workforce import WorkforceForm
from participants.models import Workforce
from participants.selectors.workforce import list_workforces
from participants.services.workforce import correct_workforce, record_workforces
from regions.roles import Permission
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class WorkforcePages(FactPages):
    name = "workforce"
    model = Workforce
    form = WorkforceForm
    permission = Permission.ENTER_WORKFORCE
    title = _("Jumlah pekerja")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Workforce]:
        return list_workforces(self.request.user, region_code=region_code)

    def record(self, row: Workforce) -> Workforce:
        return record_workforces([row], by=self.request.user).rows[0]

    def correct(self, **values: Any) -> Workforce:
        return correct_workforce(by=self.request.user, **values)


class WorkforceList(WorkforcePages, FactListView):
    template = "participants/workforce_list.html"


class WorkforceRecord(WorkforcePages, FactRecordView):
    pass


class WorkforceCorrect(WorkforcePages, FactCorrectView):
    pass
