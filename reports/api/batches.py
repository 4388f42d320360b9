"""Lists of persons sent by programs: a file, or rows as JSON; read by a worker, decided on, undone."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from participants.enums import ReadPage, RowState
from participants.models import Batch
from participants.selectors.batches.batch import (
    get_batch,
    list_batches,
    list_rows,
    progress_of,
    reasons_of,
    show_rows,
)
from participants.services.batches.batch import cancel_batch, confirm_batch, send_file
from participants.services.batches.undo import undo_batch
from participants.services.persons.reading import note_reading
from regions.access import require_of_some
from regions.enums import Origin
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from reports.api.asked import ApiView
from reports.api.fact_description import refusals
from reports.api.list_rows import list_of_rows
from reports.api.once import KEY_PARAMETER, done_once
from reports.api.pages import CursorPages
from reports.api.persons import PERSON_ROW
from reports.api.terms import TERM_FIELDS, TERMS, read_terms

_TOLD: dict[str, Any] = {
    "id": serializers.IntegerField(),
    "region": serializers.CharField(),
    "category": serializers.CharField(),
    "funding": serializers.CharField(),
    "first_month": serializers.DateField(),
    "last_month": serializers.DateField(allow_null=True),
    "file_name": serializers.CharField(),
    "origin": serializers.CharField(),
    "state": serializers.CharField(),
    "percent": serializers.IntegerField(allow_null=True, help_text="Of reading, while it lasts."),
    "refusal": serializers.CharField(help_text="Why the file as a whole was refused."),
    "counts": serializers.DictField(child=serializers.IntegerField(), help_text="Rows by their state."),
    "entered_at": serializers.DateTimeField(),
    "stored_at": serializers.DateTimeField(allow_null=True),
}
BATCH = inline_serializer("Batch", dict(_TOLD))
_REASON = inline_serializer(
    "BatchFault",
    {
        "reason": serializers.CharField(),
        "rows": serializers.IntegerField(),
        "sentence": serializers.CharField(),
        "remedy": serializers.CharField(),
    },
    many=True,
)
_ROW = inline_serializer(
    "BatchRow",
    {
        "id": serializers.IntegerField(),
        "sheet": serializers.CharField(),
        "number": serializers.IntegerField(),
        "state": serializers.CharField(),
        "nik": serializers.CharField(help_text="Masked."),
        "name": serializers.CharField(),
        "faults": serializers.ListField(child=serializers.CharField()),
        "doubts": serializers.ListField(child=serializers.CharField()),
    },
    many=True,
)
_NEXT = serializers.CharField(allow_null=True)
_DONE = {200: BATCH, **refusals(409, 413, 415, 422)}


def told_batch(batch: Batch) -> dict[str, Any]:
    return {
        "id": batch.pk,
        "region": batch.region_id,
        "category": batch.category_id,
        "funding": batch.funding_id,
        "first_month": batch.first_month,
        "last_month": batch.last_month,
        "file_name": batch.file_name,
        "origin": batch.origin,
        "state": batch.state,
        "percent": progress_of(batch).percent,
        "refusal": batch.refusal,
        "counts": batch.counts.get("state", {}),
        "entered_at": batch.entered_at,
        "stored_at": batch.stored_at,
    }


class BatchList(ApiView):
    """Lists that were sent, newest first."""

    ordering = "-pk"
    parser_classes = (*ApiView.parser_classes, MultiPartParser)

    @extend_schema(
        operation_id="batches_list",
        parameters=[
            OpenApiParameter("region", str),
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses=inline_serializer("BatchPage", {"data": type(BATCH)(many=True), "next": _NEXT}),
    )
    def get(self, request: Request) -> Response:
        user = cast(User, request.user)
        require_of_some(user, Permission.VIEW_PERSONS)
        pages = CursorPages()
        rows = list_batches(user, region_code=request.query_params.get("region", ""))
        found = pages.paginate_queryset(rows.order_by("-pk"), request, self) or []
        return pages.get_paginated_response([told_batch(batch) for batch in found])

    @extend_schema(
        operation_id="batches_send",
        description="Send a list. A worker reads it; ask until the batch is `checked`, then confirm it.",
        request={
            "application/json": inline_serializer("RowsOfBatch", {"terms": TERMS, "rows": PERSON_ROW}),
            "multipart/form-data": inline_serializer(
                "FileOfBatch", {**TERM_FIELDS, "file": serializers.FileField()}
            ),
        },
        parameters=[KEY_PARAMETER],
        responses={202: BATCH, **refusals(409, 413, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        user = cast(User, request.user)

        def send(name: str, content: bytes, terms: Any, within: str) -> Response:
            read = read_terms(terms, user, within=within)
            batch = send_file(terms=read, file_name=name, content=content, by=user, origin=Origin.API)
            return Response(told_batch(batch), status=status.HTTP_202_ACCEPTED)

        if isinstance(request.data, QueryDict):
            file = request.FILES.get("file")
            if file is None:
                raise ValidationError({"file": "…"})
            content, terms = file.read(), _terms_of_form(request.data)
            said = [terms, file.name, content.hex()]
            return done_once(request, lambda: send(file.name or "", content, terms, ""), said=said)
        sent = request.data if isinstance(request.data, Mapping) else {}
        content = list_of_rows(sent.get("rows"), sent.get("terms"), user)
        return done_once(request, lambda: send("API.csv", content, sent.get("terms"), "terms"))


class BatchDetail(ApiView):
    @extend_schema(
        operation_id="batches_read",
        responses=inline_serializer("BatchWithFaults", {**_TOLD, "faults": _REASON}),
    )
    def get(self, request: Request, pk: int) -> Response:
        batch = _batch(request, pk)
        faults = [
            {"reason": one.value, "rows": one.count, "sentence": one.sentence, "remedy": one.remedy}
            for one in reasons_of(batch)
        ]
        return Response({**told_batch(batch), "faults": faults})


class BatchRows(ApiView):
    """Rows as they were read, with what is wrong with each; numbers masked, the reading noted."""

    ordering = "pk"

    @extend_schema(
        operation_id="batches_rows",
        parameters=[
            OpenApiParameter("state", str, enum=RowState.values),
            OpenApiParameter("limit", int),
            OpenApiParameter("cursor", str),
        ],
        responses=inline_serializer("BatchRowPage", {"data": _ROW, "next": _NEXT}),
    )
    def get(self, request: Request, pk: int) -> Response:
        batch, pages = _batch(request, pk), CursorPages()
        rows = list_rows(batch, request.query_params.get("state", "")).order_by("pk")
        found = list(pages.paginate_queryset(rows, request, self) or [])
        note_reading(
            by=cast(User, request.user),
            page=ReadPage.BATCH,
            region_code=batch.region_id,
            document=batch.pk,
            rows=len(found),
        )
        told = [
            {
                "id": one.row.pk,
                "sheet": one.row.sheet,
                "number": one.row.number,
                "state": one.row.state,
                "nik": one.nik,
                "name": one.row.name,
                "faults": one.faults,
                "doubts": one.doubts,
            }
            for one in show_rows(batch, found)
        ]
        answer = pages.get_paginated_response(told)
        answer["Cache-Control"] = "no-store"
        return answer


class BatchConfirmation(ApiView):
    @extend_schema(operation_id="batches_confirm", request=None, parameters=[KEY_PARAMETER], responses=_DONE)
    def post(self, request: Request, pk: int) -> Response:
        return _act(request, pk, lambda user: confirm_batch(pk=pk, by=user))


class BatchCancellation(ApiView):
    @extend_schema(operation_id="batches_cancel", request=None, parameters=[KEY_PARAMETER], responses=_DONE)
    def post(self, request: Request, pk: int) -> Response:
        return _act(request, pk, lambda user: cancel_batch(pk=pk, by=user))


class BatchUndo(ApiView):
    """What the list brought is taken back, as far as nobody has built on it since."""

    @extend_schema(
        operation_id="batches_undo",
        request=inline_serializer("BatchUndoing", {"reason": serializers.CharField(max_length=250)}),
        parameters=[KEY_PARAMETER],
        responses=_DONE,
    )
    def post(self, request: Request, pk: int) -> Response:
        said = request.data.get("reason", "") if isinstance(request.data, Mapping) else ""
        reason = said[:250] if isinstance(said, str) else ""
        return _act(request, pk, lambda user: undo_batch(pk=pk, by=user, reason=reason))


def _act(request: Request, pk: int, act: Callable[[User], object]) -> Response:
    _batch(request, pk)

    def work() -> Response:
        act(cast(User, request.user))
        return Response(told_batch(_batch(request, pk)))

    return done_once(request, work)


def _batch(request: Request, pk: int) -> Batch:
    user = cast(User, request.user)
    require_of_some(user, Permission.VIEW_PERSONS)
    batch = get_batch(user, pk)
    if batch is None:
        raise OutsideScope(pk)
    return batch


def _terms_of_form(data: QueryDict) -> dict[str, Any]:
    """`programmes` may come several times, or once with commas."""
    told: dict[str, Any] = {name: data[name] for name in data if name not in {"file", "programmes"}}
    if programmes := [one for text in data.getlist("programmes") for one in text.split(",") if one]:
        told["programmes"] = programmes
    return told
