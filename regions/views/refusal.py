"""Pages that say why something is not shown, in words, and who can change that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regions.access import home_codes
from regions.errors import MonthNotClosed
from regions.models import User
from regions.roles import PERMISSION_WORDS, Permission, roles_with
from regions.selectors.people import administrators_of

_NAMED = 5


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    asked = exception.args[0] if exception.args else None
    context = _standing(request)
    if isinstance(exception, MonthNotClosed):
        return render(request, "month_not_closed.html", context | {"refused": exception}, status=403)
    if isinstance(asked, Permission):
        # Of a step of a month the rule of the region says whose it is.
        said = exception.args[1:] or ([role.label for role in roles_with(asked)],)
        context |= {"asked": PERMISSION_WORDS[asked], "roles": said[0]}
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same for what never was and for what lies elsewhere: it speaks of the person alone."""
    return render(request, "404.html", _standing(request), status=404)


def _standing(request: HttpRequest) -> dict[str, Any]:
    """Which roles the person holds, where and until when, and who gives them."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"standing": None}
    administrators = [one for one in administrators_of(home_codes(user)) if one != user]
    return {"standing": {"roles": user.current_assignments, "administrators": administrators[:_NAMED]}}
