"""The second factor: its adapter for allauth, and the gate before which those stand who must set one up."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regions.kept_session import keep_in_session
from regions.models import User
from regions.practice import current_room
from regions.selectors.second_factor import count_factors, has_second_factor, needs_second_factor
from regions.viewing import viewing_of

_KEY = "factor"
# What somebody may open who has still to set it up.
_OPEN = frozenset(
    {
        *("account_logout", "account_reauthenticate", "account_change_password"),
        *("set_language", "healthz", "healthz_live", "healthz_ready", "viewing_end"),
    }
)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Peran Anda mewajibkan langkah kedua. Pasang dahulu yang lain, lalu matikan yang ini."
        ),
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_duty(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        return _("Kunci sandi")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Jamsostek Monitor"}


def lacks_second_factor(user: User) -> bool:
    """For steps that a rule gives to a role of which no second factor is asked elsewhere."""
    return settings.REQUIRE_SECOND_FACTOR and not has_second_factor(user)


def is_last_duty(authenticator: Authenticator) -> bool:
    """Whether its owner must have one and has no other."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES or not settings.REQUIRE_SECOND_FACTOR:
        return False
    return needs_second_factor(authenticator.user) and count_factors(authenticator.user) <= 1


class SecondFactorMiddleware:
    """Leads those whose roles demand a second factor to set it up; until then no other page opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        # In a practice room all is invented; the person proves a second factor where real figures are.
        if not settings.REQUIRE_SECOND_FACTOR or _is_for_everybody(view) or current_room() is not None:
            return None
        viewing = viewing_of(request)
        person = viewing.by if viewing else request.user
        if not isinstance(person, User) or _has_what_is_needed(request, person):
            return None
        request.second_factor_due = True  # type: ignore[attr-defined]
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in _OPEN or name.startswith("mfa_") else redirect("mfa_index")


def _has_what_is_needed(request: HttpRequest, person: User) -> bool:
    """Asked of the database once in a session: taking the last factor off ends all sessions of its owner."""
    if not needs_second_factor(person):
        # Now it may be taken off; should a role demand it again, it is asked for anew.
        request.session.pop(_KEY, None)
        return True
    if request.session.get(_KEY) == person.pk:
        return True
    if not has_second_factor(person):
        return False
    keep_in_session(request, _KEY, person.pk)
    return True


def _is_for_everybody(view: Any) -> bool:
    """The API calls its views so too, because it asks by itself who is signed in: they have a `cls`."""
    return not getattr(view, "login_required", True) and not hasattr(view, "cls")
