"""What waits for the caller, what crossed a threshold in their regions, and who did what."""

from typing import Any, ClassVar, cast

import django_filters as filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import home_codes, require_anywhere
from regions.errors import OutsideScope
from regions.models import Act, User
from regions.roles import Permission
from regions.selectors.act import list_acts
from regions.services.ledger_export import note_ledger_export
from reports.api.asked import ApiView
from reports.api.columns import row_serializer
from reports.api.table import TableView, told
from reports.selectors.tasks.alert import list_alerts
from reports.selectors.tasks.inbox import list_tasks

_NEXT = serializers.CharField(allow_null=True, help_text="Always null.")
_PAGE = serializers.CharField(help_text="The page on which to act.")
_ALERT = inline_serializer(
    "Alert",
    {
        "kind": serializers.CharField(),
        "region": serializers.CharField(),
        "sentence": serializers.CharField(),
        "page": _PAGE,
    },
    many=True,
)
_TASK = inline_serializer(
    "Task",
    {
        "region": serializers.CharField(),
        "title": serializers.CharField(),
        "month": serializers.DateField(allow_null=True),
        "due": serializers.DateField(allow_null=True),
        "is_late": serializers.BooleanField(),
        "page": _PAGE,
    },
    many=True,
)


class AlertList(ApiView):
    @extend_schema(
        operation_id="alerts_list",
        responses=inline_serializer("AlertPage", {"data": _ALERT, "next": _NEXT}),
    )
    def get(self, request: Request) -> Response:
        """Thresholds that were crossed in the caller's regions."""
        found = list_alerts(_somebody(request))
        return told(
            {
                "kind": one.kind.value,
                "region": one.region.code,
                "sentence": str(one.sentence),
                "page": one.url,
            }
            for one in found
        )


class TaskList(ApiView):
    @extend_schema(
        operation_id="tasks_list",
        responses=inline_serializer("TaskPage", {"data": _TASK, "next": _NEXT}),
    )
    def get(self, request: Request) -> Response:
        """What waits for the caller, as on the page of their tasks."""
        found = list_tasks(_somebody(request))
        return told(
            {
                "region": one.region.code,
                "title": str(one.title),
                "month": one.month,
                "due": one.due,
                "is_late": one.is_late,
                "page": one.url,
            }
            for one in found
        )


def _somebody(request: Request) -> User:
    """Raises OutsideScope for whoever has no region."""
    user = cast(User, request.user)
    if not home_codes(user):
        raise OutsideScope("no region")
    return user


class ActFilter(filters.FilterSet):
    region = filters.CharFilter(field_name="region_code")
    person = filters.CharFilter(field_name="actor_name")
    since = filters.DateFilter(field_name="at", lookup_expr="date__gte", help_text="The first day.")
    until = filters.DateFilter(field_name="at", lookup_expr="date__lte", help_text="The last day.")

    class Meta:
        model = Act
        fields: ClassVar[list[str]] = ["verb"]


class ActList(TableView):
    """The ledger of acts, where the caller may read it."""

    ordering = "-pk"
    columns: ClassVar[dict[str, str]] = {
        "id": "id",
        "at": "at",
        "person": "actor_name",
        "verb": "verb",
        "region": "region_code",
        "subject": "subject",
        "detail": "detail",
        "hash": "hash",
    }
    serializer_class = row_serializer("Act", Act, columns)
    filterset_class = ActFilter

    def initial(self, request: Request, *args: Any, **where: Any) -> None:
        super().initial(request, *args, **where)
        require_anywhere(request.user, Permission.VIEW_LEDGER)

    def get(self, request: Request, *args: Any, **where: Any) -> HttpResponseBase:
        """As on its page, taking acts away as a file is an act itself."""
        answer = super().get(request, *args, **where)
        if answer.streaming:
            rows = self.filter_queryset(self.get_queryset())
            asked = {name: str(value) for name, value in request.query_params.items()}
            note_ledger_export(by=cast(User, request.user), filters=asked, count=rows.count())
        return answer

    def rows(self, user: User) -> QuerySet[Act]:
        return list_acts(user)
