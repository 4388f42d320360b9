"""When a session ends before its time: nobody uses it, or its account may not be used here."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from regions.adapters import refusal_of_kind
from regions.enums import Verb
from regions.kept_session import keep_in_session
from regions.models import User
from regions.selectors.second_factor import is_powerful
from regions.services.act import record_act
from regions.services.session import note_use

_KEY, _NOTED_EVERY = "seen", 60


class SessionLimitsMiddleware:
    """Stands before everything that asks who is signed in, for those who come with a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and isinstance(request.user, User):
            self._limit(request, request.user)
        return self.get_response(request)

    def _limit(self, request: HttpRequest, user: User) -> None:
        seen, present = request.session.get(_KEY), time.time()
        if refusal := refusal_of_kind(user):
            _end(request, user, cause=refusal[0], sentence=refusal[1])
        elif seen is not None and _is_idle(user, present - seen):
            sentence = _("Sesi Anda berakhir karena lama tidak ada aktivitas. Silakan masuk lagi.")
            _end(request, user, cause="lama tidak dipakai", sentence=sentence)
        elif _is_use(request) and (seen is None or present - seen > _NOTED_EVERY):
            keep_in_session(request, _KEY, present)
            note_use(request)


def _is_idle(user: User, seconds: float) -> bool:
    """Roles are asked for only where they decide."""
    shorter, longer = sorted((settings.IDLE_MINUTES_POWERFUL * 60, settings.IDLE_MINUTES * 60))
    if seconds <= shorter:
        return False
    if seconds > longer:
        return True
    limit = settings.IDLE_MINUTES_POWERFUL if is_powerful(user) else settings.IDLE_MINUTES
    return seconds > limit * 60


def _is_use(request: HttpRequest) -> bool:
    """Pages that refresh themselves are nobody's click."""
    return request.method == "POST" or "HX-Request" not in request.headers


def _end(request: HttpRequest, user: User, *, cause: str, sentence: str) -> None:
    record_act(by=user, verb=Verb.SIGNED_OUT, subject="", detail={"cause": cause})
    logout(request)
    messages.warning(request, sentence)
