"""How often one may ask, and what each answer says of it."""

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle


class ApiThrottle(UserRateThrottle):
    """By person, over all their tokens; without a cache nothing is counted."""

    scope = "api"

    def allow_request(self, request: Request, view: Any) -> bool:
        allowed = super().allow_request(request, view)
        counted: Any = self
        history, most = getattr(self, "history", []), counted.num_requests
        oldest = history[-1] if history else time.time()
        reset = max(0, int(oldest + counted.duration - time.time()))
        request._request.api_limit = (most, max(most - len(history), 0), reset)  # type: ignore[attr-defined]
        return bool(allowed)


class ApiHeadersMiddleware:
    """How many more requests may be made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith("/api/"):
            limit = getattr(request, "api_limit", None)
            if limit is not None:
                response["RateLimit"] = "limit={}, remaining={}, reset={}".format(*limit)
        return response
