"""Refusals of the API as `application/problem+json` (RFC 9457), in Indonesian and English.

`errors` name what is wrong with which part of the request, by JSON pointer (RFC 6901).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from participants.errors import BatchRefused, PersonRefused
from regions.errors import ChangedMeanwhile, MonthNotClosed, MonthRefused
from regions.roles import PERMISSION_WORDS, Permission
from reports.api.asked import UnknownAsked
from reports.api.refusals import OwnSentence, SetRefused

# The word of a status that programs go by; its sentence is for people.
_TITLES = {
    400: ("unreadable", gettext_noop("Permintaan ini tidak dapat dibaca.")),
    401: ("not-signed-in", gettext_noop("Sertakan token yang masih berlaku.")),
    403: ("not-permitted", gettext_noop("Peran Anda tidak mencakup tindakan ini.")),
    404: ("not-found", gettext_noop("Alamat ini tidak ada, atau di luar wewenang Anda.")),
    405: ("method-not-allowed", gettext_noop("Alamat ini tidak menerima metode itu.")),
    406: ("not-acceptable", gettext_noop("Bentuk jawaban itu tidak disediakan di alamat ini.")),
    409: ("conflict", gettext_noop("Keadaannya sudah berubah. Baca lagi, lalu ulangi.")),
    412: ("changed", gettext_noop("Baris ini sudah diubah orang lain. Baca lagi, lalu ulangi.")),
    413: ("too-large", gettext_noop("Isinya terlalu besar. Bagi menjadi beberapa permintaan.")),
    415: ("unsupported-media-type", gettext_noop("Bentuk isi itu tidak dapat dibaca di alamat ini.")),
    422: ("refused", gettext_noop("Isinya ditolak; sebabnya pada tiap kesalahan.")),
    428: ("revision-needed", gettext_noop("Sertakan If-Match dengan ETag baris itu.")),
    429: ("too-many-requests", gettext_noop("Terlalu banyak permintaan. Tunggu sebentar, lalu ulangi.")),
}
_CLOSED = gettext_noop("Bulan ini belum ditutup; peran Anda membaca bulan yang sudah ditutup.")
_REFUSALS: tuple[tuple[type[Exception], int], ...] = (
    (SetRefused, status.HTTP_422_UNPROCESSABLE_ENTITY),
    (ChangedMeanwhile, status.HTTP_412_PRECONDITION_FAILED),
    (PersonRefused, status.HTTP_422_UNPROCESSABLE_ENTITY),
    (BatchRefused, status.HTTP_409_CONFLICT),
    (MonthRefused, status.HTTP_409_CONFLICT),
)


class ProblemRenderer(JSONRenderer):
    media_type = "application/problem+json"
    format = "problem"


def handle(exception: Exception, context: Mapping[str, Any]) -> Response | None:
    """What Django REST framework shows of an exception; None leaves it to the answer 500."""
    answer = exception_handler(exception, dict(context)) or _of_service(exception)
    if answer is None:
        return None
    answer.data = problem(
        answer.status_code, _sentence(exception), list(_errors_of(exception)), _asked(exception)
    )
    answer.content_type = ProblemRenderer.media_type
    request = context.get("request")
    if request is not None:
        request.accepted_renderer = ProblemRenderer()
        request.accepted_media_type = ProblemRenderer.media_type
    return answer


def _of_service(exception: Exception) -> Response | None:
    """What services refuse, by the status that programs know."""
    for kind, code in _REFUSALS:
        if isinstance(exception, kind):
            headers = {}
            if isinstance(exception, ChangedMeanwhile):
                headers["ETag"] = f'"{getattr(exception.current, "revision", "")}"'
            return Response(status=code, headers=headers)
    return None


def _sentence(exception: Exception) -> str:
    """One that says more than the status does, from the catalogue."""
    if isinstance(exception, MonthNotClosed):
        return _CLOSED
    if isinstance(exception, OwnSentence):
        return str(exception.default_detail)
    return ""


def _errors_of(exception: Exception) -> Iterable[dict[str, str]]:
    if isinstance(exception, SetRefused | UnknownAsked):
        return exception.told
    if isinstance(exception, exceptions.ValidationError):
        return _errors(exception.detail)
    return ()


def problem(
    code: int, sentence: str = "", errors: Sequence[Mapping[str, str]] = (), detail: str = ""
) -> dict[str, Any]:
    """The body of a refusal; `sentence` is a message that stands in the catalogue."""
    name, usual = _TITLES.get(code, ("failed", gettext_noop("Permintaan ini tidak dapat dijalankan.")))
    body: dict[str, Any] = {"type": f"urn:jamsostek-monitor:{name}", "status": code}
    for language, key in (("id", "title"), ("en", "title_en")):
        with translation.override(language):
            body[key] = _(sentence or usual)
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = list(errors)
    return body


def _asked(exception: Exception) -> str:
    """What the service said, or which permission would have opened it, where one is named."""
    if sentence := getattr(exception, "sentence", ""):
        return str(sentence)
    asked = exception.args[0] if exception.args else None
    return str(PERMISSION_WORDS[asked]) if isinstance(asked, Permission) else ""


def _errors(detail: Any, pointer: str = "") -> Iterable[dict[str, str]]:
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            whole = name == "non_field_errors"
            yield from _errors(inner, pointer if whole else f"{pointer}/{_escaped(str(name))}")
    elif isinstance(detail, (list, tuple)):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, (Mapping, list, tuple))
            yield from _errors(inner, f"{pointer}/{place}" if nested else pointer)
    else:
        yield {"pointer": pointer, "code": getattr(detail, "code", "invalid"), "message": str(detail)}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


PROBLEM_STATUSES = (
    status.HTTP_400_BAD_REQUEST,
    status.HTTP_401_UNAUTHORIZED,
    status.HTTP_403_FORBIDDEN,
    status.HTTP_404_NOT_FOUND,
    status.HTTP_406_NOT_ACCEPTABLE,
    status.HTTP_429_TOO_MANY_REQUESTS,
)
