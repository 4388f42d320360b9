from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class PlainTextMiddleware:
    """Refuses addresses with a NUL in them: no name holds one, and the database cannot be asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = [request.path_info, *request.GET.keys(), *request.GET.values()]
        if any("\x00" in text for text in asked):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
