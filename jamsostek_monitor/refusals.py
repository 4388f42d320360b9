"""Answers where nothing else can answer: a request nobody can read, an error of ours, a database away.

They rely on nothing that may be broken: no database, no session, no context.
"""

import logging
import secrets
import sys
from collections.abc import Mapping

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from regions.disk import is_disk_full, note_disk_full
from reports.api.problem import ProblemRenderer, problem

log = logging.getLogger(__name__)
# Classes of PostgreSQL: the connection, its resources, an operator's stop; a lock somebody held too long.
_AWAY = ("08", "53", "57P", "55P03")
RETRY_AFTER = 30
API = "/api/v1/"
_PAGES = {400: "400.html", 500: "500.html", 503: "503.html"}
_FULL_PAGE = "503_disk.html"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    sentence = _("Permintaan ini tidak dapat dibaca, jadi tidak ada yang disimpan. Muat ulang halamannya.")
    return _answer(request, 400, sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    if is_disk_full(error):
        return disk_full(request)
    if is_away(error):
        return unavailable(request)
    sentence = _("Kesalahan di pihak kami. Yang sudah tersimpan tetap aman. Coba lagi.")
    return _answer(request, 500, sentence)


def unavailable(request: HttpRequest) -> HttpResponse:
    sentence = _("Basis data sedang tidak dapat dihubungi. Tidak ada yang hilang. Coba lagi sebentar lagi.")
    return _answer(request, 503, sentence, {"Retry-After": str(RETRY_AFTER)})


def disk_full(request: HttpRequest) -> HttpResponse:
    note_disk_full()
    sentence = _("Disk server penuh, jadi tidak tersimpan. Beri tahu administrator, lalu kirim lagi.")
    return _answer(request, 503, sentence, {"Retry-After": str(RETRY_AFTER)}, page=_FULL_PAGE)


def is_away(error: BaseException | None) -> bool:
    """Whether the database could not be reached, or told everybody to leave: trying again will help."""
    while error is not None and not isinstance(error, Error):
        error = error.__cause__
    if error is None:
        return False
    code = getattr(error.__cause__, "pgcode", None)
    if isinstance(error, InterfaceError):
        return code is None
    return isinstance(error, OperationalError) and (code is None or code.startswith(_AWAY))


def _answer(
    request: HttpRequest,
    status: int,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    page: str = "",
) -> HttpResponse:
    """With a number under which the log tells more; of the request only the path stands there."""
    number = secrets.token_hex(4)
    log.warning("answered %s, number %s: %s %s", status, number, request.method, ascii(request.path)[:200])
    response: HttpResponse
    if request.path.startswith(API):
        body = {**problem(status), "detail": sentence, "number": number}
        response = JsonResponse(body, status=status, content_type=ProblemRenderer.media_type)
    elif _wants_json(request):
        response = JsonResponse({"sentence": sentence, "number": number}, status=status)
    else:
        text = render_to_string(page or _PAGES[status], {"number": number})
        response = HttpResponse(text, status=status)
    response["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def _wants_json(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT", "")
    return accepted.startswith("application/json") or request.path.startswith("/api/")
