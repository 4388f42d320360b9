"""Looking through the eyes of another person: for a while, without changing or taking away anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from regions.models import User
from regions.selectors.reach import manageable_users
from regions.selectors.user import find_account
from regions.services.account import note_viewing

LASTS = timedelta(minutes=30)
_KEY = "viewing"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# What may be sent all the same: ending it, choosing a language, and words to look for; no NIK is looked up.
_MAY_BE_SENT = frozenset({"viewing_end", "set_language", "search", "search_suggest"})
# The person's own password, second factor and sessions are nobody else's to see.
_OWN = ("account_", "mfa_", "usersessions_", "openid_connect_", "api_token_", "hook_")


@dataclass(frozen=True)
class Viewing:
    person: User
    by: User
    until: datetime

    @property
    def minutes_left(self) -> int:
        return max(1, round((self.until - now()).total_seconds() / 60))


def begin_viewing(request: HttpRequest, person: User) -> None:
    """From the next request on, the pages are those of `person`, whom the caller has found permitted."""
    if isinstance(request.user, User):
        note_viewing(person=person, by=request.user, begins=True)
        request.session[_KEY] = {"person": person.pk, "since": now().isoformat()}


def end_viewing(request: HttpRequest, viewing: Viewing, cause: str = "") -> None:
    request.session.pop(_KEY, None)
    note_viewing(person=viewing.person, by=viewing.by, begins=False, cause=cause)


def viewing_of(request: HttpRequest) -> Viewing | None:
    viewing = getattr(request, "viewing", None)
    return viewing if isinstance(viewing, Viewing) else None


class ViewingMiddleware:
    """Stands before everything that asks who is signed in, so that every check judges the person viewed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewing = self._running(request)
        if viewing is None:
            return self.get_response(request)
        request.user = viewing.person
        request.viewing = viewing  # type: ignore[attr-defined]
        response = self.get_response(request)
        if response.get("Content-Disposition", "").startswith("attachment"):
            response = _refused(request)
        response["Cache-Control"] = "no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if viewing_of(request) is None:
            return None
        match = request.resolver_match
        name, route = (match.url_name or "", match.route) if match else ("", "")
        if request.method not in _SAFE:
            return None if name in _MAY_BE_SENT else _refused(request)
        takes_away = route.endswith((".csv", "\\.csv$")) or name in _FILES
        return _refused(request) if takes_away or name.startswith(_OWN) else None

    def _running(self, request: HttpRequest) -> Viewing | None:
        """What the session says, as long as it may go on; what may not is ended here."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or _KEY not in request.session:
            return None
        by, stored = request.user, request.session[_KEY]
        person = find_account(stored["person"])
        if not isinstance(by, User) or person is None:
            del request.session[_KEY]
            return None
        viewing = Viewing(person, by, datetime.fromisoformat(stored["since"]) + LASTS)
        person.viewed_by = by
        if cause := _over(request, viewing):
            end_viewing(request, viewing, cause)
            return None
        return viewing


# Addresses that answer with a file; whatever else answers with one is refused after the fact.
_FILES = frozenset(
    {
        *("batch_marked", "list_template", "money_batch_marked", "money_template"),
        *("pack_download", "pack_zip", "pack_template_preview", "pack_template_house"),
        *("reconciliation_csv", "person_export", "double_funding_export"),
    }
)


def _over(request: HttpRequest, viewing: Viewing) -> str:
    """Why it cannot go on, in a word for the ledger; "" while it can."""
    if now() >= viewing.until:
        return "waktu habis"
    if request.method == "POST" and request.path == reverse("account_logout"):
        return "keluar"
    allowed = manageable_users(viewing.by).filter(pk=viewing.person.pk, is_active=True)
    return "" if allowed.exists() else "tidak lagi berwenang"


def _refused(request: HttpRequest) -> HttpResponse:
    return render(request, "regions/viewing_refused.html", status=403)
