"""Monitoring packs by program: asked for, watched, taken byte for byte as they were issued."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from regions.access import require_anywhere
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from reports.api.asked import ApiView
from reports.api.fact_description import refusals
from reports.api.once import KEY_PARAMETER, done_once
from reports.models import Document, PackJob
from reports.pack.period import parse_period
from reports.selectors.packs.pack import get_file, get_job, get_pack
from reports.services.pack import ask_pack, note_download
from reports.views.pack import TYPES, file_name_of

_PERIODS = "month-2026-07, quarter-2026-07, semester-2026-07, year-2026-01"
JOB = inline_serializer(
    "PackJob",
    {
        "id": serializers.IntegerField(),
        "document": serializers.CharField(),
        "region": serializers.CharField(),
        "period": serializers.CharField(),
        "state": serializers.CharField(),
        "phase": serializers.CharField(),
        "failure": serializers.CharField(),
        "pack": serializers.CharField(allow_null=True, help_text="The code of the pack that was issued."),
    },
)


def _told(job: PackJob) -> dict[str, Any]:
    return {
        "id": job.pk,
        "document": job.document,
        "region": job.region_id,
        "period": job.period.key,
        "state": job.state,
        "phase": job.phase,
        "failure": job.failure,
        "pack": job.pack.code if job.pack else None,
    }


class PackJobs(ApiView):
    @extend_schema(
        operation_id="pack_jobs_ask",
        request=inline_serializer(
            "PackAsking",
            {
                "region": serializers.CharField(),
                "period": serializers.CharField(help_text=_PERIODS),
            },
        ),
        parameters=[KEY_PARAMETER],
        responses={202: JOB, **refusals(409, 413, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        user = cast(User, request.user)
        require_anywhere(user, Permission.MAKE_PACK)
        sent = request.data if isinstance(request.data, Mapping) else {}
        code, said = sent.get("region"), sent.get("period")
        if not isinstance(code, str):
            raise ValidationError({"region": "…"})
        try:
            period = parse_period(said if isinstance(said, str) else "")
        except ValueError as error:
            raise ValidationError({"period": _PERIODS}) from error

        def work() -> Response:
            job = ask_pack(region_code=code, period=period, by=user, document=Document.PACK)
            return Response(_told(job), status=status.HTTP_202_ACCEPTED)

        return done_once(request, work)


class PackJobDetail(ApiView):
    @extend_schema(operation_id="pack_jobs_read", responses=JOB)
    def get(self, request: Request, pk: int) -> Response:
        job = get_job(cast(User, request.user), pk)
        if job is None:
            raise OutsideScope(pk)
        return Response(_told(job))


class _AnyFile(BaseRenderer):
    """The file is sent past it."""

    media_type = "application/octet-stream"
    format = "file"


class PackFileView(ApiView):
    renderer_classes = (_AnyFile, JSONRenderer)

    @extend_schema(
        operation_id="packs_file",
        description="One file of a pack; who took it is noted.",
        parameters=[OpenApiParameter("face", str, OpenApiParameter.PATH, enum=list(TYPES))],
        responses={(200, media): OpenApiTypes.BINARY for media in TYPES.values()},
    )
    def get(self, request: Request, code: str, face: str) -> HttpResponse:
        user = cast(User, request.user)
        pack = get_pack(user, code)
        file = get_file(pack, face) if pack else None
        if file is None:
            raise OutsideScope(code)
        note_download(file, by=user)
        answer = HttpResponse(bytes(file.content), content_type=TYPES[file.face])
        answer["Content-Disposition"] = f'attachment; filename="{file_name_of(file.pack, file.face)}"'
        return answer
