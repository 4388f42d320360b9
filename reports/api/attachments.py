"""Documents of facts, lists, reconciliations and months: listed, attached, taken, removed by programs."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from participants.document_type import DocumentRefused, DocumentType
from participants.models import Attachment
from participants.selectors.attachment import get_attachment, list_attachments
from participants.selectors.attachment_subject import find_subject
from participants.services.attachment import attach_document, remove_document, take_document
from participants.views.attachment import document_answer
from regions.models import User
from reports.api.asked import ApiView
from reports.api.fact_description import REMOVAL, refusals
from reports.api.facts import reason_of
from reports.api.once import KEY_PARAMETER, done_once
from reports.api.refusals import refused_in_both
from reports.api.table import told

_KIND = (
    "A kind of fact (`allocation`, `realisation`, `contribution` …), `reconciliation`, `batch` or `month`."
)
_SUBJECT = "The row's id; of a month the region's code and the month, as in `36.72_2025-07`."
ATTACHMENT = inline_serializer(
    "Attachment",
    {
        "id": serializers.IntegerField(),
        "kind": serializers.CharField(help_text=_KIND),
        "subject": serializers.CharField(help_text=_SUBJECT),
        "region": serializers.CharField(),
        "title": serializers.CharField(),
        "file_name": serializers.CharField(),
        "media": serializers.ChoiceField(DocumentType.values),
        "size": serializers.IntegerField(),
        "sha256": serializers.CharField(),
        "added_by": serializers.CharField(),
        "added_at": serializers.DateTimeField(),
    },
)
_PAGE = inline_serializer(
    "AttachmentPage",
    {"data": type(ATTACHMENT)(many=True), "next": serializers.CharField(allow_null=True)},
)


def _told(row: Attachment) -> dict[str, Any]:
    names = ("kind", "subject", "title", "file_name", "media", "size", "sha256", "added_at")
    said = {name: getattr(row, name) for name in names}
    return {"id": row.pk, "region": row.region_id, "added_by": row.added_by.username, **said}


class AttachmentList(ApiView):
    """The documents of one fact, list, reconciliation or month."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="attachments_list",
        parameters=[
            OpenApiParameter("kind", str, required=True, description=_KIND),
            OpenApiParameter("subject", str, required=True, description=_SUBJECT),
        ],
        responses=_PAGE,
    )
    def get(self, request: Request) -> Response:
        kind, subject = (_said(request.query_params, name) for name in ("kind", "subject"))
        found = find_subject(cast(User, request.user), kind, subject)
        return told(map(_told, list_attachments(found)))

    @extend_schema(
        operation_id="attachments_add",
        description="Attach a PDF, JPG, PNG, DOCX or XLSX of at most 10 MB, to locked months too.",
        request={
            "multipart/form-data": inline_serializer(
                "FileOfAttachment",
                {
                    "kind": serializers.CharField(help_text=_KIND),
                    "subject": serializers.CharField(help_text=_SUBJECT),
                    "title": serializers.CharField(max_length=150),
                    "file": serializers.FileField(),
                },
            )
        },
        parameters=[KEY_PARAMETER],
        responses={201: ATTACHMENT, **refusals(409, 413, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        said = {name: _said(request.data, name) for name in ("kind", "subject", "title")}
        file = request.FILES.get("file")
        if file is None:
            raise ValidationError({"file": "…"})
        content, name = file.read(), file.name or ""

        def attach() -> Response:
            user = cast(User, request.user)
            row = _judged(lambda: attach_document(**said, file_name=name, content=content, by=user))
            return Response(_told(row), status=status.HTTP_201_CREATED)

        return done_once(request, attach, said=[said, name, content.hex()])


class _AnyDocument(BaseRenderer):
    """The file is sent past it."""

    media_type = "application/octet-stream"
    format = "document"


class AttachmentFile(ApiView):
    renderer_classes = (_AnyDocument, JSONRenderer)

    @extend_schema(
        operation_id="attachments_file",
        description="The document itself; who took it is noted.",
        responses={(200, one.media_type): OpenApiTypes.BINARY for one in DocumentType},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        row, content = take_document(pk=pk, by=cast(User, request.user))
        return document_answer(row.file_name, row.media, content)


class AttachmentRemoval(ApiView):
    """What it was and why it went stays in the history; in a locked month it cannot go."""

    @extend_schema(
        operation_id="attachments_remove",
        request=REMOVAL,
        parameters=[KEY_PARAMETER],
        responses={204: None, **refusals(409, 413, 415, 422)},
    )
    def post(self, request: Request, pk: int) -> Response:
        user = cast(User, request.user)
        get_attachment(user, pk)

        def remove() -> Response:
            sent = request.data if isinstance(request.data, Mapping) else {}
            reason = reason_of(sent.get("reason", ""))
            _judged(lambda: remove_document(pk=pk, reason=reason, by=user))
            return Response(status=status.HTTP_204_NO_CONTENT)

        return done_once(request, lambda: refused_in_both(remove, in_set=False))


def _said(given: Any, name: str) -> str:
    """Raises ValidationError where it is missing."""
    value = given.get(name, "")
    if not isinstance(value, str) or not value:
        raise ValidationError({name: "…"})
    return value


def _judged(act: Callable[[], Any]) -> Any:
    """Raises ValidationError with the sentence of what was refused."""
    try:
        return act()
    except DocumentRefused as refused:
        raise ValidationError({"file": refused.sentence}) from refused
