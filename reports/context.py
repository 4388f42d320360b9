from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.access import home_codes, scope_of
from regions.disk import disk_full_since
from regions.formats import day_name
from regions.models import User
from regions.practice import current_room, data_warning
from regions.roles import Permission
from regions.selectors.replica import KEPT_SECONDS
from regions.signins import SIGNINS
from regions.viewing import viewing_of
from reports.models import Heartbeat
from reports.navigation import navigation_of, tasks_of
from reports.page_terms import terms_of_page
from reports.practice_frame import practice_frame
from reports.selectors.backlog import whole_minutes
from reports.selectors.backup import BACKUP, BackupState, backup_state_of
from reports.selectors.run import get_heartbeats
from reports.services.heartbeat import WORKER

# Beat calls every three seconds; a busy worker may answer late, twenty missed calls are no hiccup.
_SILENCE = timedelta(seconds=60)
_STARTED = now()


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What the frame around every page shows."""
    user = getattr(request, "user", None)
    signed_in = isinstance(user, User)
    due = getattr(request, "second_factor_due", False)
    return {
        "frame": {
            "navigation": navigation_of(request.path, user) if isinstance(user, User) and not due else [],
            "tasks": tasks_of(request.path, user) if isinstance(user, User) and not due else None,
            "may_search": isinstance(user, User) and not due and bool(home_codes(user)),
            "search_key": isinstance(user, User) and user.search_key,
            "scope_label": _scope_label(user) if isinstance(user, User) else "",
            "here": request.get_full_path(),
            "user_name": str(user) if signed_in else "",
            # Under it a browser keeps what this person typed.
            "user_key": _user_key(user) if isinstance(user, User) and not user.viewed_by else "",
            "viewing": viewing_of(request),
            "printed_from": _printed_from(request) if signed_in else "",
            "read_seconds_ago": _read_seconds_ago(request),
            "terms": terms_of_page(_page_name(request)) if signed_in and not due else [],
            "second_factor_due": due,
            "office_signin": settings.OIDC.name if settings.OIDC.apps and not signed_in else "",
            "practice": practice_frame() if signed_in else None,
            "example_data": settings.EXAMPLE_DATA and current_room() is None,
            "example_signins": [] if signed_in or not settings.EXAMPLE_DATA else SIGNINS,
            **(_background(sees_jobs=_sees_jobs(user)) if signed_in and current_room() is None else {}),
        }
    }


def _user_key(user: User) -> str:
    """The same person in a practice room is another account; both have numbers of their own."""
    room = current_room()
    return f"{room.number}-{user.pk}" if room else str(user.pk)


def _printed_from(request: HttpRequest) -> str:
    """What paper says at the end of a page: its day and where it stands."""
    stands = f"{day_name(localdate())} · {settings.PUBLIC_URL}{request.get_full_path()}"
    return f"{data_warning()} · {stands}" if current_room() else stands


def _read_seconds_ago(request: HttpRequest) -> int | None:
    """How old at most what this page shows may be, where it was read from a replica."""
    lag = getattr(request, "replica_lag", None)
    return None if lag is None else ceil(lag) + KEPT_SECONDS


def _page_name(request: HttpRequest) -> str | None:
    match = request.resolver_match
    return match.url_name if match else None


def _background(*, sees_jobs: bool) -> dict[str, Any]:
    """When the background worker was last seen, if that is too long ago, and how far behind it is; for those
    who look after it also a backup that is too old or failed."""
    heartbeats = get_heartbeats(WORKER, BACKUP)
    heartbeat = heartbeats.get(WORKER)
    silent = worker_silent_since(heartbeat)
    behind = heartbeat.behind_seconds if heartbeat and not silent else 0
    return {
        "disk_full_since": disk_full_since(),
        "worker_silent_since": silent,
        "behind_minutes": whole_minutes(behind),
        "jobs_url": reverse("jobs") if sees_jobs else "",
        "backup": _bad(backup_state_of(heartbeats.get(BACKUP))) if sees_jobs else None,
    }


def _bad(state: BackupState | None) -> BackupState | None:
    return state if state and state.is_bad else None


def _sees_jobs(user: User | AnonymousUser | None) -> bool:
    return isinstance(user, User) and scope_of(user).holds_anywhere(Permission.VIEW_JOBS)


def worker_silent_since(heartbeat: Heartbeat | None) -> datetime | None:
    """None while it lives."""
    seen = heartbeat.at if heartbeat else _STARTED
    return seen if now() - seen > _SILENCE else None


def _scope_label(user: User) -> str:
    if not user.current_assignments:
        return _("Belum ada penugasan")
    first = user.current_assignments[0]
    if current_room() is not None:
        # One has several roles there, all in the only city, which each page names.
        return f"{first.get_role_display()} · {_('Latihan')}"
    place = first.region.full_label if first.region else str(first.office)
    others = len(user.current_assignments) - 1
    more = _(" dan %(count)s lainnya") % {"count": others} if others else ""
    return f"{first.get_role_display()} · {place}{more}"
