"""Which pages are read from a replica of the database, and who reads the primary all the same."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DataError, Error, IntegrityError, ProgrammingError
from django.http import HttpRequest, HttpResponse

from regions.reading import PRIMARY, REPLICA, reading_alias, reading_from
from regions.selectors.replica import has_replica, note_replica_away, replica_state, written_so_far

# Boards, what lies beneath a figure, and what is taken away as a file. Pages on which several people work at
# the same thing (months, tasks, uploads) stay with the primary.
READING = (
    "reports.views.board_",
    "reports.views.comparison",
    "reports.views.explanation",
    "reports.views.export",
    "reports.views.matrix_file",
    "reports.views.meeting",
    "reports.views.moved_pictures",
    "reports.views.moves",
    "reports.views.paper_files",
    "reports.views.public",
    "reports.views.region_board",
    "reports.views.below_pictures",
)
MARK, _MARK_SECONDS = "written", 600
_SAFE = frozenset({"GET", "HEAD"})
_CANCELLED_FOR_TIME = "57014"
log = logging.getLogger(__name__)


class ReplicaMiddleware:
    """The last of all: what stands before it asks the primary who somebody is and what they may."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in _SAFE and has_replica():
            _mark(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not has_replica() or request.method not in _SAFE or not _is_reading(view):
            return None
        state = replica_state()
        if not state.has(_mark_of(request)):
            return None
        request.replica_lag = state.lag_seconds  # type: ignore[attr-defined]
        try:
            with reading_from(REPLICA):
                response: HttpResponse = _rendered(view(request, *args, **kwargs))
                read = reading_alias()
        except Error as error:
            if not _is_of_replica(error):
                raise
            log.warning("the replica failed in the middle of a page: %s", type(error).__name__)
            note_replica_away()
            del request.replica_lag  # type: ignore[attr-defined]
            return None
        response["X-Read-From"] = f"{read}; lag={state.lag_seconds:.1f}" if read == REPLICA else PRIMARY
        return response


def _is_of_replica(error: Error) -> bool:
    """Away, in the way of what it replays, or asked to write: not our statement, nor the time it took."""
    ours = isinstance(error, DataError | IntegrityError | ProgrammingError)
    return not ours and getattr(error.__cause__, "pgcode", None) != _CANCELLED_FOR_TIME


def _rendered(response: Any) -> HttpResponse:
    """Templates ask, too: they are filled before the block ends."""
    rendered: HttpResponse = response.render() if hasattr(response, "render") else response
    return rendered


def _is_reading(view: Any) -> bool:
    return str(getattr(view, "view_class", view).__module__).startswith(READING)


def _mark(response: HttpResponse) -> None:
    """Who has written reads the primary until the replica has come as far."""
    try:
        written = written_so_far()
    except Error:
        return
    response.set_cookie(
        MARK,
        str(written),
        max_age=_MARK_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark_of(request: HttpRequest) -> int:
    """What somebody made up keeps them at the primary, no more."""
    given = request.COOKIES.get(MARK, "0")
    return int(given) if given.isdecimal() and len(given) < 20 else 2**63
