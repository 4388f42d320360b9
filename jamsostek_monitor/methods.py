"""TRACE answers with what was sent, cookies and all: nothing here does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

_ANSWERED = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


class MethodsMiddleware:
    """Before any view, so that none has to remember it; views name what they take of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _ANSWERED:
            return HttpResponseNotAllowed(_ANSWERED)
        return self.get_response(request)
