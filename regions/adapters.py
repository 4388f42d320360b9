from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from regions.enums import Verb
from regions.models import User
from regions.selectors.user import find_user
from regions.services.act import record_act


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given out by an administrator; nobody signs up. Coming and going is noted."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        record_act(by=user, verb=Verb.SIGNED_IN, subject="")

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            record_act(by=request.user, verb=Verb.SIGNED_OUT, subject="")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        super().authentication_failed(request, **credentials)
        # What was typed is kept only when it is somebody's name: people type passwords there too.
        user = find_user(str(credentials.get("username", "")))
        record_act(
            by=None,
            verb=Verb.SIGN_IN_FAILED,
            subject="",
            actor_name=user.username if user else "tidak dikenal",
        )

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)
        record_act(by=user, verb=Verb.PASSWORD_CHANGED, subject="")
