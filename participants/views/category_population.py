from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from participants.forms.category_population import CategoryPopulationForm
from participants.models import CategoryPopulation
from participants.selectors.category_population import list_category_populations
from participants.services.category_population import CATEGORY_POPULATIONS
from regions.models import SourcedFact
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class CategoryPopulationPages(FactPages):
    store = CATEGORY_POPULATIONS
    form = CategoryPopulationForm
    title = _("Jumlah pekerja per kategori")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[CategoryPopulation]:
        return list_category_populations(self.request.user, region_code=region_code)

    def saved(self, row: SourcedFact) -> HttpResponse:
        """No figure is computed anew; what the row says is seen on the page of the need."""
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect("category_need", row.region_id)


class CategoryPopulationList(CategoryPopulationPages, FactListView):
    template = "participants/category_population_list.html"
    sorted_by = {
        "tahun": ("year",),
        "kategori": ("category__name",),
        "orang": ("people",),
        "jenis": ("kind",),
    }
    searched = (*FactListView.searched, "category__name")


class CategoryPopulationRecord(CategoryPopulationPages, FactRecordView):
    pass


class CategoryPopulationCorrect(CategoryPopulationPages, FactCorrectView):
    pass
