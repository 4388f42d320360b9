"""Notes that somebody has seen a page of their first days, the first time only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from regions.access import leading_role
from regions.models import User
from regions.services.first_day import note_seen
from reports.handbook.books import NOTED, is_noted

Answer = Callable[[HttpRequest], HttpResponse]


def note_first_visits(get_response: Answer) -> Answer:
    def noting(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match and is_noted(match.url_name) and request.method == "GET" and response.status_code == 200:
            _note(request, str(match.url_name))
        return response

    return noting


def _note(request: HttpRequest, page: str) -> None:
    user = getattr(request, "user", None)
    if not isinstance(user, User) or page in user.first_day.get("seen", ()):
        return
    role = leading_role(user)
    if role is not None and page in NOTED[role]:
        note_seen(by=user, page=page)
