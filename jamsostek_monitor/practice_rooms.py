"""Leads addresses below /latihan/12/ into that practice room, where the database is another one."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from regions.models import User
from regions.practice import MARK, PRACTISED, ROOMS, in_room
from regions.services.first_day import note_seen
from reports.selectors.practice import BOARD_SEEN, board_has_figure, find_inside, find_room
from reports.services.practice.rooms import touch_room
from reports.services.practice.world import schema_mark

_ADDRESS = re.compile(rf"{ROOMS}(?P<number>[1-9][0-9]{{0,8}})(?P<rest>/.*)", re.DOTALL)
# Accounts, the language, and proofs that a paper is genuine exist once: these lead out of the room.
_PROOFS = "/verifikasi/"
_OUTSIDE = ("/akun/", "/bahasa/", "/undangan/", _PROOFS)
# Nothing to practise: programs, tables of reference, the public page, other rooms.
_NOWHERE = ("/api/", "/admin/", "/publik/", "/healthz", "/pengguna/")
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FILE_NAME = re.compile(r"""(filename=")|(filename\*=utf-8'')""", re.IGNORECASE)
# How fresh a sign-in is, the room learns from outside at each request.
_SIGN_IN = "account_authentication_methods"


class PracticeRoomsMiddleware:
    """Stands after whoever says who is signed in and for how long, and before everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = _ADDRESS.fullmatch(request.path_info)
        user = request.user if found else None
        if not found:
            return self.get_response(request)
        number, rest = int(found["number"]), found["rest"]
        if rest.startswith(_OUTSIDE):
            return _moved(request, rest)
        # What is left to the urls asks for a sign-in, says that a room is over, or finds nothing.
        if not isinstance(user, User) or "viewing" in request.session or rest.startswith(_NOWHERE):
            return self.get_response(request)
        room = find_room(user, number, schema_mark())
        if room is None:
            return self.get_response(request)
        with in_room(room.room):
            response = self._inside(request, user, rest)
        if request.method not in _SAFE:
            touch_room(room.pk)
        return response

    def _inside(self, request: HttpRequest, user: User, rest: str) -> HttpResponse:
        """The answer of the room: with an account, a session and messages that are of the room alone."""
        outside = request.session, request.user, request.path_info, request._messages  # type: ignore[attr-defined]
        person = _person_inside(user)
        if person is None:
            # A backup was restored, or the account was renamed: only another room helps.
            said = _("Ruang latihan ini tidak dapat dibuka lagi. Mulai ulang untuk berlatih.")
            messages.error(request, said)
            return redirect(ROOMS)
        request.user, request.path_info = person, rest
        request.session = session = _session_in_room(request)
        request._messages = told = SessionStorage(request)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            _note_board(request, person, response)
            told.update(response)
            if session.modified:
                session.save()
            _mark_file(response)
        finally:
            request.session, request.user, request.path_info = outside[:3]
            request._messages = outside[3]  # type: ignore[attr-defined]
        return response


def _person_inside(user: User) -> User | None:
    try:
        return find_inside(user.username)
    except OperationalError:
        return None


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    """To the same page among the real ones, with what was sent."""
    asked = request.META.get("QUERY_STRING", "")
    # Papers of a room have its address in their codes, and whoever holds one may not know what it is.
    query = "&".join(filter(None, (asked, f"{PRACTISED}=1" if path.startswith(_PROOFS) else "")))
    response = redirect(f"{path}?{query}" if query else path)
    response.status_code = 307
    return response


def _session_in_room(request: HttpRequest) -> Any:
    key = request.session.session_key
    session = SessionStore(session_key=key)
    if key and not session.exists(key):
        session._session_key = key
        session.save(must_create=True)
    if session.get(_SIGN_IN) != request.session.get(_SIGN_IN):
        session[_SIGN_IN] = request.session.get(_SIGN_IN)
    return session


def _note_board(request: HttpRequest, person: User, response: HttpResponse) -> None:
    match = request.resolver_match
    seen = match and match.url_name == BOARD_SEEN and response.status_code == 200
    if seen and board_has_figure():
        note_seen(by=person, page=BOARD_SEEN)


def _mark_file(response: HttpResponse) -> None:
    """Files are named as practice; a table of bare lines says so in its last one.

    What is written only while it is sent is written here: afterwards the database is the real one.
    """
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = [b"".join(response)]
    named = response.get("Content-Disposition", "")
    if not named:
        return
    response["Content-Disposition"] = _FILE_NAME.sub(lambda found: f"{found[0]}LATIHAN-", named)
    if response.get("Content-Type", "").startswith("text/csv"):
        line = f"\r\n{_(MARK)}\r\n".encode()
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = [*response, line]
        else:
            response.content += line
