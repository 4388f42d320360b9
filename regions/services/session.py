"""Sessions of people: where they are signed in, kept up to date, and ended."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.http import HttpRequest
from django.utils.timezone import now

from regions.models import ApiToken, User


def note_use(request: HttpRequest) -> None:
    """From where, with what and when the session of this request was used last."""
    UserSession.objects.create_from_request(request)


def end_sessions(user: User) -> int:
    """Sign the account out everywhere, its programs too; how many sessions that were."""
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now())
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def clear_sessions() -> None:
    """What has expired goes, and what is told of sessions that are gone."""
    call_command("clearsessions")
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
