from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.workforce import WorkforceForm
from participants.models import Workforce
from participants.selectors.workforce import list_workforces
from participants.services.workforce import WORKFORCES
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class WorkforcePages(FactPages):
    store = WORKFORCES
    form = WorkforceForm
    title = _("Jumlah pekerja")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Workforce]:
        return list_workforces(self.request.user, region_code=region_code)


class WorkforceList(WorkforcePages, FactListView):
    template = "participants/workforce_list.html"
    sorted_by = {
        "tahun": ("year",),
        "jenis": ("kind",),
        "segmen": ("segment",),
        "pekerja": ("workers",),
    }


class WorkforceRecord(WorkforcePages, FactRecordView):
    pass


class WorkforceCorrect(WorkforcePages, FactCorrectView):
    pass
