"""A client's own addresses that are told what happened, and what came of telling them; secrets never."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from regions.enums import AttemptCause, DeliveryState, Happened, HookEnd
from regions.models import Hook, HookAttempt, HookDelivery, User
from regions.selectors.hook import get_hook, list_deliveries, list_hooks
from reports.api.asked import ApiView
from reports.api.pages import CursorPages
from reports.api.table import told

_HOOK = inline_serializer(
    "Webhook",
    {
        "id": serializers.IntegerField(),
        "name": serializers.CharField(),
        "url": serializers.CharField(),
        "events": serializers.ListField(child=serializers.ChoiceField(Happened.choices)),
        "region": serializers.CharField(allow_null=True, help_text="null: wherever the role reaches."),
        "made_at": serializers.DateTimeField(),
        "failing_since": serializers.DateTimeField(allow_null=True),
        "quiet_until": serializers.DateTimeField(allow_null=True),
        "ended_at": serializers.DateTimeField(allow_null=True),
        "end_cause": serializers.ChoiceField(["", *HookEnd.values]),
    },
)
_CALL = inline_serializer(
    "WebhookCall",
    {
        "at": serializers.DateTimeField(),
        "status": serializers.IntegerField(allow_null=True),
        "cause": serializers.ChoiceField(["", *AttemptCause.values]),
    },
    many=True,
)
_DELIVERY = inline_serializer(
    "WebhookDelivery",
    {
        "id": serializers.IntegerField(),
        "message_id": serializers.CharField(help_text="As in the header `webhook-id`."),
        "kind": serializers.CharField(),
        "region": serializers.CharField(),
        "at": serializers.DateTimeField(),
        "state": serializers.ChoiceField(DeliveryState.choices),
        "calls": _CALL,
    },
)


class HookList(ApiView):
    """The caller's own, those that are on first."""

    @extend_schema(
        operation_id="webhooks_list",
        responses=inline_serializer(
            "WebhookPage",
            {"data": type(_HOOK)(many=True), "next": serializers.CharField(allow_null=True)},
        ),
    )
    def get(self, request: Request) -> Response:
        return told(map(_told_hook, list_hooks(cast(User, request.user))))


class HookDetail(ApiView):
    @extend_schema(operation_id="webhooks_read", responses=_HOOK)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_told_hook(get_hook(cast(User, request.user), pk)))


class HookDeliveries(ApiView):
    """What was to be told there, the newest first, each with its calls."""

    ordering = "-pk"

    @extend_schema(
        operation_id="webhooks_deliveries",
        parameters=[OpenApiParameter("limit", int), OpenApiParameter("cursor", str)],
        responses=inline_serializer(
            "WebhookDeliveryPage",
            {"data": type(_DELIVERY)(many=True), "next": serializers.CharField(allow_null=True)},
        ),
    )
    def get(self, request: Request, pk: int) -> Response:
        rows, pages = list_deliveries(get_hook(cast(User, request.user), pk)), CursorPages()
        found: Any = pages.paginate_queryset(rows, request, self) or []
        return pages.get_paginated_response(list(map(_told_delivery, found)))


def _told_hook(hook: Hook) -> dict[str, Any]:
    names = ("name", "url", "events", "made_at", "failing_since", "quiet_until", "ended_at", "end_cause")
    return {"id": hook.pk, "region": hook.region_id, **{name: getattr(hook, name) for name in names}}


def _told_delivery(row: HookDelivery) -> dict[str, Any]:
    message = row.message
    return {
        "id": row.pk,
        **{"message_id": message.message_id, "kind": message.kind, "region": message.region_code},
        **{"at": message.at, "state": row.state},
        "calls": list(map(_told_call, row.calls.all())),
    }


def _told_call(call: HookAttempt) -> dict[str, Any]:
    return {"at": call.at, "status": call.status, "cause": call.cause}
