"""A name for each request, in its answer and in every line of the log about it; and its slow questions."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger(__name__)


def request_id() -> str:
    """Empty outside of requests."""
    return _current.get()


class RequestIdMiddleware:
    """Takes the name that a proxy in front has given, or makes one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        request.META["HTTP_X_REQUEST_ID"] = name
        token = _current.set(name)
        try:
            with connection.execute_wrapper(_note_slow):
                response = self.get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = name
        return response


def _note_slow(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """With placeholders as the code wrote them; values are told nowhere."""
    began = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.monotonic() - began) * 1000
        if 0 < settings.SLOW_QUERY_MS <= took:
            log.warning("slow query, %d ms: %s", took, " ".join(str(sql).split())[:500])
