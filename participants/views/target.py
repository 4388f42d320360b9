from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from participants.enums import TargetFrame
from participants.forms.target import TargetForm
from participants.models import Target
from participants.selectors.target import by_year, get_outlook, list_bound_targets, list_targets
from participants.services.target import correct_target, record_targets
from regions.access import get_region, scope_of
from regions.roles import Permission
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class TargetPages(FactPages):
    name = "target"
    model = Target
    form = TargetForm
    permission = Permission.ENTER_WORKFORCE
    title = _("Target UCJ")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Target]:
        return list_targets(self.request.user, region_code=region_code)

    def record(self, row: Target) -> Target:
        return record_targets([row], by=self.request.user).rows[0]

    def correct(self, **values: Any) -> Target:
        return correct_target(by=self.request.user, **values)


class TargetList(TargetPages, FactListView):
    template = "participants/target_list.html"


class TargetRecord(TargetPages, FactRecordView):
    pass


class TargetCorrect(TargetPages, FactCorrectView):
    pass


@require_safe
def target_page(request: HttpRequest, code: str) -> HttpResponse:
    """The targets that bind a region, side by side, and what they ask of the months that remain."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    targets, scope = list_bound_targets(code), scope_of(request.user)
    context = {
        "region": region,
        "frames": [label for _value, label in TargetFrame.choices],
        "years": by_year(targets),
        "outlook": get_outlook(code, targets),
        "may_record": scope.holds(Permission.ENTER_WORKFORCE, code),
        "correctable": {row.pk for row in targets if scope.holds(Permission.ENTER_WORKFORCE, row.region_id)},
    }
    return render(request, "participants/target_page.html", context)
