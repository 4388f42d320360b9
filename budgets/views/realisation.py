from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.forms.realisation import RealisationForm
from budgets.hints import NO_LINE
from budgets.models import Realisation
from budgets.selectors.realisation import list_realisations
from budgets.services.realisation import REALISATIONS
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class RealisationPages(FactPages):
    store = REALISATIONS
    form = RealisationForm
    title = gettext_lazy("Realisasi anggaran")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Realisation]:
        return list_realisations(self.request.user, region_code=region_code, month=month)

    def saved(self, row: Any) -> HttpResponse:
        """Back to the region's bills, where the next stage will be filled in."""
        messages.success(self.request, _("Tersimpan."), extra_tags="stored")
        if row.allocation_id is None:
            messages.warning(self.request, NO_LINE)
        return redirect(f"{reverse('realisation_list')}?wilayah={row.region_id}")


class RealisationList(RealisationPages, FactListView):
    template = "budgets/realisation_list.html"
    sorted_by = {
        "bulan": ("first_month",),
        "kategori": ("category__name", "funding__name"),
        "orang": ("heads",),
        "ditagih": ("billed_amount",),
        "dibayar": ("paid_amount",),
        "dibukukan": ("posted_amount",),
    }
    searched = (
        *(*FactListView.searched, "category__name", "funding__name"),
        *("bill_number", "payment_order", "posting_reference"),
    )


class RealisationRecord(RealisationPages, FactRecordView):
    pass


class RealisationCorrect(RealisationPages, FactCorrectView):
    pass
