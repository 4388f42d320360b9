from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.category_target import CategoryTargetForm
from participants.models import CategoryTarget
from participants.selectors.category_target import list_category_targets
from participants.services.category_target import CATEGORY_TARGETS
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class CategoryTargetPages(FactPages):
    store = CATEGORY_TARGETS
    form = CategoryTargetForm
    title = _("Target per kategori")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[CategoryTarget]:
        return list_category_targets(self.request.user, region_code=region_code)


class CategoryTargetList(CategoryTargetPages, FactListView):
    template = "participants/category_target_list.html"
    sorted_by = {
        "tahun": ("year",),
        "dasar": ("frame",),
        "kategori": ("category__name",),
        "orang": ("people",),
    }
    searched = (*FactListView.searched, "category__name")


class CategoryTargetRecord(CategoryTargetPages, FactRecordView):
    pass


class CategoryTargetCorrect(CategoryTargetPages, FactCorrectView):
    pass
