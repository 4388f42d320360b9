"""Acts for which a sign-in must be fresh."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def fresh_sign_in(view: View) -> View:
    """Whoever sends this proves first, once more, who they are, unless that was minutes ago.

    What was sent waits in the session meanwhile and is carried out afterwards.
    """
    guarded: View = reauthentication_required(view, allow_get=True, enabled=_is_asked_for)
    return guarded


def _is_asked_for(_request: HttpRequest, *_more: Any) -> bool:
    return settings.FRESH_SIGN_IN_MINUTES > 0
