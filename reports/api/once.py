"""Doing what a program asks once: by its key, or only to see what would happen."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from regions.services.kept_answer import (
    KeyedRequest,
    OtherContent,
    StillRunning,
    digest_of_request,
    keep_answer,
    kept_answer,
)
from reports.api.refusals import OwnSentence

KEY = "Idempotency-Key"
_LONGEST_KEY = 255
_LONGEST_REVISION = 9

KEY_PARAMETER = OpenApiParameter(
    KEY,
    str,
    OpenApiParameter.HEADER,
    description="Sent again with the same key within a day, the same request is answered and not done again.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The row's ETag: its revision as it was read.",
)
DRY_RUN = OpenApiParameter(
    "dry_run", bool, description="Everything is judged and answered as if done; nothing is stored."
)


class ReadsOnly(OwnSentence):
    status_code = status.HTTP_403_FORBIDDEN
    default_code = "reads-only"
    default_detail = gettext_noop("Token ini hanya membaca. Buat token yang boleh menulis.")


class RevisionNeeded(OwnSentence):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "revision-needed"
    default_detail = gettext_noop("Sertakan If-Match dengan ETag baris itu.")


class Busy(OwnSentence):
    status_code = status.HTTP_409_CONFLICT
    default_code = "still-running"
    default_detail = gettext_noop("Permintaan dengan kunci ini masih berjalan. Tunggu, lalu ulangi.")


class KeyUsed(OwnSentence):
    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "key-used"
    default_detail = gettext_noop("Kunci ini sudah dipakai untuk isi lain. Pakai kunci baru.")


def is_asked(request: Request, name: str) -> bool:
    """`?dry_run=true`; anything but true, false and nothing is refused."""
    said = request.query_params.get(name, "").lower()
    if said not in {"", "true", "false"}:
        raise ValidationError({name: "true, false"})
    return said == "true"


def demand_writing(request: Request) -> None:
    """Raises ReadsOnly for a token that was made to read."""
    if getattr(request.user, "token_reads_only", False):
        raise ReadsOnly


def seen_revision(request: Request) -> int:
    """The revision that the program saw, from `If-Match`. Raises RevisionNeeded."""
    said = request.headers.get("If-Match", "").removeprefix("W/").strip('"')
    if not said.isdecimal() or len(said) > _LONGEST_REVISION:
        raise RevisionNeeded
    return int(said)


def done_once(request: Request, work: Callable[[], Response], *, said: Any = None) -> Response:
    """The answer of `work`, which is done in one transaction with keeping it.

    With a key that was used before, the kept answer; with `dry_run`, nothing stays of the work. What was
    refused is not kept: mended, it may be sent again with the same key. `said` stands for a body that is
    no JSON.
    """
    demand_writing(request)
    is_dry, asked = is_asked(request, "dry_run"), _asked(request, said)
    with transaction.atomic():
        kept = _kept(asked) if asked and not is_dry else None
        if kept is not None:
            return Response(kept.body, status=kept.status, headers={"Idempotency-Replayed": "true"})
        answer = work()
        if is_dry:
            transaction.set_rollback(True)
        elif asked:
            body = json.loads(JSONRenderer().render(answer.data)) if answer.data is not None else None
            keep_answer(asked, status=answer.status_code, body=body)
    return answer


def _asked(request: Request, said: Any) -> KeyedRequest | None:
    key = request.headers.get(KEY, "")
    if not key:
        return None
    if len(key) > _LONGEST_KEY:
        raise ValidationError({KEY: f"≤ {_LONGEST_KEY}"})
    body = json.dumps(request.data if said is None else said, sort_keys=True, default=str)
    user: Any = request.user
    digest = digest_of_request(str(request.method), request.get_full_path(), body)
    return KeyedRequest(user, key, digest)


def _kept(asked: KeyedRequest) -> Any:
    try:
        return kept_answer(asked)
    except StillRunning as error:
        raise Busy from error
    except OtherContent as error:
        raise KeyUsed from error
