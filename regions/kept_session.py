"""What middleware keeps in a session, written at once.

A session is stored whole. What is left for the end of a slow request would overwrite what another tab has
stored meanwhile: the end of looking through somebody else's eyes, for one.
"""

from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.http import HttpRequest


def keep_in_session(request: HttpRequest, key: str, value: Any) -> None:
    """Raises SessionInterrupted where it has been ended elsewhere this very moment."""
    request.session[key] = value
    try:
        request.session.save()
    except UpdateError as error:
        raise SessionInterrupted("the session was ended before it could be written") from error
    request.session.modified = False
