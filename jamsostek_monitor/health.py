from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from jamsostek_monitor import metrics as numbers
from jamsostek_monitor.deep_health import deep_health
from regions.access import require_anywhere
from regions.models import User
from regions.roles import Permission

_NOT_KEPT = {"Cache-Control": "no-store"}


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve: it answers and its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Whether this process answers at all: who gets no answer starts it anew. Asks nobody else."""
    return JsonResponse({"status": "ok"}, headers=_NOT_KEPT)


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether a balancer may send people here: 503 while the database is away."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "away"}, status=503, headers=_NOT_KEPT)
    return JsonResponse({"status": "ok"}, headers=_NOT_KEPT)


@login_not_required
@require_safe
def deep(request: HttpRequest) -> JsonResponse:
    """Whether the work gets done: for programs with the token, and for those who look after the server."""
    is_program = _require_watcher(request)
    found = deep_health()
    # A person reads the answer; a program goes by its status.
    status = 503 if is_program and found["status"] != "ok" else 200
    return JsonResponse(found, status=status, headers=_NOT_KEPT)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The same and how long requests and jobs took, for Prometheus."""
    _require_watcher(request)
    written = numbers.written(deep_health())
    return HttpResponse(written, content_type=CONTENT_TYPE_LATEST, headers=_NOT_KEPT)


def _require_watcher(request: HttpRequest) -> bool:
    """Whether it is a program with the token; refuses who is neither that nor looks after the server."""
    if _has_token(request):
        return True
    if not isinstance(request.user, User):
        raise PermissionDenied
    require_anywhere(request.user, Permission.VIEW_JOBS)
    return False


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    wanted = settings.MONITOR_TOKEN
    return bool(wanted) and compare_digest(given.encode(), wanted.encode())
