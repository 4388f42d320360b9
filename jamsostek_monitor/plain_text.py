"""Text as it comes in: without characters that nobody sees, before any view, form or serializer meets it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from regions.personal_numbers import masked_numbers
from regions.plain_characters import is_possible, plain_line, plain_text, plain_value

# What is compared character by character.
_AS_TYPED = ("password", "kata_sandi", "csrfmiddlewaretoken")
# Fields in which people write sentences: a number of a person among them is stored nowhere. Remarks are
# not among them, they are refused with a sentence.
FREE_TEXT = frozenset(
    {
        "alasan",
        "answer",
        "attendance",
        "because",
        "chair",
        "clause",
        "commitment",
        "contractor",
        "decisions",
        "district_name",
        "document",
        "drop_reason",
        "full_name",
        "innovations",
        "issuer",
        "kesepakatan",
        "label",
        "legal_basis",
        "legal_source",
        "materials",
        "note",
        "office",
        "opening",
        "options",
        "organisation",
        "outcome",
        "over_reason",
        "owner",
        "package_name",
        "place",
        "problem",
        "promise",
        "purpose",
        "reason",
        "source",
        "source_url",
        "statement",
        "target_group",
        "title",
        "village_name",
    }
)
LONGEST_VALUE, LONGEST_NAME, LONGEST_FILE_NAME = 200_000, 200, 255
LONGEST_QUERY, LONGEST_HEADER = 8_000, 8_190
_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_URLENCODED = "application/x-www-form-urlencoded"


class PlainTextMiddleware:
    """Refuses what no person can have sent, takes invisible characters out of the rest, and masks numbers of
    persons in sentences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _check_address(request)
        _check_headers(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        request.GET = _plain(request.GET)
        if request.method != "POST":
            return
        try:
            _check_body(request)
            request.POST = _plain(request.POST, masked=FREE_TEXT)
        except UnreadablePostError:
            # The sender hung up; the reader of the request says so.
            return
        for name, files in request.FILES.lists():
            for file in files:
                _demand([name, file.name or ""], LONGEST_FILE_NAME)
                file.name = plain_line(file.name or "")


def _check_address(request: HttpRequest) -> None:
    """Raises BadRequest for broken escapes, bytes that are no UTF-8, and characters that nobody types."""
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    # Bytes of a path that are no UTF-8 come escaped again; no address of ours has an escape in it.
    if "%" in request.path_info or len(query) > LONGEST_QUERY or _BROKEN_ESCAPE.search(query):
        raise BadRequest("broken address")
    _demand([request.path_info, *_texts(request.GET)], LONGEST_QUERY)


def _check_headers(request: HttpRequest) -> None:
    said = [
        value
        for name, value in request.META.items()
        if name.startswith("HTTP_") or name in {"CONTENT_TYPE", "REMOTE_USER"}
    ]
    # A cookie's value may hide a character behind an escape of its own.
    cookies = [*request.COOKIES.keys(), *request.COOKIES.values()]
    if any(_CONTROL.search(text) or len(text) > LONGEST_HEADER for text in (*said, *cookies)):
        raise BadRequest("broken header")


def _check_body(request: HttpRequest) -> None:
    if request.content_type == _URLENCODED:
        try:
            request.body.decode()
        except UnicodeDecodeError as error:
            raise BadRequest("form is no UTF-8") from error
        if _BROKEN_ESCAPE.search(request.body):
            raise BadRequest("broken form")
    _demand(request.POST.keys(), LONGEST_NAME)
    _demand(_texts(request.POST), LONGEST_VALUE)


def _texts(sent: QueryDict) -> Iterable[str]:
    for key, values in sent.lists():
        yield key
        yield from values


def _demand(texts: Iterable[str], longest: int) -> None:
    """Raises BadRequest, which repeats nothing of what was sent."""
    for text in texts:
        if len(text) > longest:
            raise BadRequest("too long")
        if not is_possible(text):
            raise BadRequest("impossible character")


def _plain(sent: QueryDict, masked: Iterable[str] = ()) -> Any:
    """The same values, or a copy where any of them changes."""
    changed = {key: [_kept(key, value, masked) for value in values] for key, values in sent.lists()}
    if all(changed[key] == values for key, values in sent.lists()):
        return sent
    copy = QueryDict(mutable=True, encoding=sent.encoding)
    for key, values in changed.items():
        copy.setlist(plain_text(key), values)
    copy._mutable = False
    return copy


def _kept(key: str, value: str, masked: Iterable[str]) -> str:
    if any(word in key for word in _AS_TYPED):
        return value
    plain = plain_text(value)
    return masked_numbers(plain) if key in masked else plain


class PlainJSONParser(JSONParser):
    """Refuses, takes out and masks the same in all text of a JSON document."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            sent = super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError("nested too deeply") from error
        if not all(map(is_possible, _strings(sent))):
            raise ParseError("impossible character")
        return _masked(plain_value(sent))


def _masked(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _masked(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner, key) for inner in value]
    return masked_numbers(value) if key in FREE_TEXT and isinstance(value, str) else value


def _strings(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *_strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
