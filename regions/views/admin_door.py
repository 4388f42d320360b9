"""Who comes into Django's admin: by the roles of this application, not by the flags of Django's accounts."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from regions.access import scope_of
from regions.errors import NotPermitted
from regions.models import User
from regions.roles import Permission


def may_enter(request: HttpRequest) -> bool:
    return scope_of(request.user).holds_anywhere(Permission.MANAGE_REFERENCE)


@login_not_required
def admin_login(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """The one sign-in page of the application, and a refusal for those who have signed in already."""
    if may_enter(request):
        return redirect("admin:index")
    if isinstance(request.user, User):
        raise NotPermitted(Permission.MANAGE_REFERENCE)
    return redirect_to_login(request.GET.get("next", request.path))
