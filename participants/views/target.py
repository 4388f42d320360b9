from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.forms.target import TargetForm
from participants.models import Target
from participants.selectors.category_target import list_category_targets
from participants.selectors.target import list_targets
from participants.services.target import TARGETS
from regions.access import scope_of
from regions.models import SourcedFact
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class TargetPages(FactPages):
    store = TARGETS
    form = TargetForm
    title = _("Target UCJ")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Target]:
        return list_targets(self.request.user, region_code=region_code)


# Beside the targets of coverage; the rest is on the page of their own.
_BESIDE = 20


class TargetList(TargetPages, FactListView):
    template = "participants/target_list.html"
    sorted_by = {"tahun": ("year",), "dasar": ("frame",), "target": ("percent",)}

    def page(self, **context: Any) -> dict[str, Any]:
        """The newest targets of categories in the same regions stand below."""
        region_code = context["region_code"]
        rows = list(list_category_targets(self.request.user, region_code=region_code)[:_BESIDE])
        return super().page(
            **context, category_targets=rows, category_correctable=_correctable(self.request, rows)
        )


class TargetRecord(TargetPages, FactRecordView):
    pass


class TargetCorrect(TargetPages, FactCorrectView):
    pass


def _correctable(request: SignedInRequest, rows: Iterable[SourcedFact]) -> set[int]:
    scope = scope_of(request.user)
    return {row.pk for row in rows if scope.holds(Permission.ENTER_WORKFORCE, row.region_id)}
