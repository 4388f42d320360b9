from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from regions.forms.regulation import RegulationForm
from regions.models import Regulation, SourcedFact
from regions.regulation import RegulationKind, RegulationStanding
from regions.selectors.drafting import late_sentences, stage_now
from regions.selectors.regulation import list_regulations
from regions.services.regulation import REGULATIONS
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class RegulationPages(FactPages):
    store = REGULATIONS
    form = RegulationForm
    title = _("Regulasi")

    def saved(self, row: SourcedFact) -> HttpResponse:
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect("regulation_detail", row.pk)


class RegulationList(RegulationPages, FactListView):
    template = "regions/regulation_list.html"
    sorted_by = {
        "jenis": ("kind", "year", "number"),
        "tahun": ("year", "kind", "number"),
        "status": ("standing",),
    }
    searched = (*FactListView.searched, "title", "number", "issuer")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Regulation]:
        asked = self.request.GET
        return list_regulations(
            self.request.user,
            localdate(),
            kind=asked.get("jenis", ""),
            standing=asked.get("status", ""),
            region_code=region_code,
            late=bool(asked.get("terlambat")),
        )

    def page(self, **context: Any) -> dict[str, Any]:
        asked, today = self.request.GET, localdate()
        rows = context.get("page")
        if rows is not None:
            for row in rows.object_list:
                row.stage, row.late = stage_now(row, today), late_sentences(row, today)
                row.standing_words = RegulationStanding(row.standing).label
        return super().page(
            **context,
            kinds=RegulationKind.choices,
            standings=RegulationStanding.choices,
            asked_kind=asked.get("jenis", ""),
            asked_standing=asked.get("status", ""),
            asked_late=bool(asked.get("terlambat")),
        )


class RegulationRecord(RegulationPages, FactRecordView):
    pass


class RegulationCorrect(RegulationPages, FactCorrectView):
    pass
