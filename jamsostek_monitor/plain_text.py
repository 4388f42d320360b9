"""Text as it comes in: without characters that nobody sees, before any view, form or serializer meets it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from rest_framework.parsers import JSONParser

from regions.plain_characters import plain_line, plain_text, plain_value

# What is compared character by character.
_AS_TYPED = ("password", "kata_sandi", "csrfmiddlewaretoken")


class PlainTextMiddleware:
    """Takes invisible characters out of what is sent, and refuses addresses with a NUL in them: no name
    holds one, and the database cannot be asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = [request.path_info, *request.GET.keys(), *request.GET.values()]
        if any("\x00" in text for text in asked):
            raise BadRequest("NUL in the address")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        request.GET = _plain(request.GET)
        if request.method != "POST":
            return
        try:
            request.POST = _plain(request.POST)
        except UnreadablePostError:
            # The sender hung up; the reader of the request says so.
            return
        for _name, files in request.FILES.lists():
            for file in files:
                file.name = plain_line(file.name or "")


def _plain(sent: QueryDict) -> Any:
    """The same values, or a copy where any of them changes."""
    changed = {key: [_kept(key, value) for value in values] for key, values in sent.lists()}
    if all(changed[key] == values for key, values in sent.lists()):
        return sent
    copy = QueryDict(mutable=True, encoding=sent.encoding)
    for key, values in changed.items():
        copy.setlist(plain_text(key), values)
    copy._mutable = False
    return copy


def _kept(key: str, value: str) -> str:
    return value if any(word in key for word in _AS_TYPED) else plain_text(value)


class PlainJSONParser(JSONParser):
    """Takes the same characters out of all text of a JSON document."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        return plain_value(super().parse(*args, **kwargs))
