from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.category_target import CategoryTargetForm
from participants.models import CategoryTarget
from participants.selectors.category_target import list_category_targets
from participants.services.category_target import correct_category_target, record_category_targets
from regions.roles import Permission
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class CategoryTargetPages(FactPages):
    name = "category_target"
    model = CategoryTarget
    form = CategoryTargetForm
    permission = Permission.ENTER_WORKFORCE
    title = _("Target per kategori")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[CategoryTarget]:
        return list_category_targets(self.request.user, region_code=region_code)

    def record(self, row: CategoryTarget) -> CategoryTarget:
        return record_category_targets([row], by=self.request.user).rows[0]

    def correct(self, **values: Any) -> CategoryTarget:
        return correct_category_target(by=self.request.user, **values)


class CategoryTargetList(CategoryTargetPages, FactListView):
    template = "participants/category_target_list.html"


class CategoryTargetRecord(CategoryTargetPages, FactRecordView):
    pass


class CategoryTargetCorrect(CategoryTargetPages, FactCorrectView):
    pass
