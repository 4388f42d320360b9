"""Signing in through an office's own identity provider: into accounts that exist already, and no others."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from regions.adapters import turned_away
from regions.enums import Verb
from regions.models import User
from regions.selectors.user import find_by_office_account
from regions.services.account import note_office_account
from regions.services.act import record_act


class OfficeSigninAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Found by the subject that was stored, the first time by the address that the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Of all that the provider tells about a person, only the subject is kept."""
        sociallogin.account.extra_data = {}
        user: User = super().populate_user(request, sociallogin, data)
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if isinstance(request.user, User):
            raise ImmediateHttpResponse(redirect("home"))
        if sociallogin.is_existing:
            return
        # "true" as a text is no promise: the standard has a boolean here.
        vouched = [one.email for one in sociallogin.email_addresses if one.verified is True]
        person = find_by_office_account(vouched, provider=sociallogin.account.provider)
        if person is None:
            raise ImmediateHttpResponse(_refused(request))
        if answer := turned_away(request, person):
            raise ImmediateHttpResponse(answer)
        with transaction.atomic():
            sociallogin.connect(request, person)
            note_office_account(person)

    def on_authentication_error(self, request: HttpRequest, *_provider: Any, **_error: Any) -> None:
        messages.error(
            request, _("Masuk lewat akun kantor tidak berhasil. Coba lagi, atau pakai kata sandi.")
        )
        raise ImmediateHttpResponse(redirect("account_login"))


def _refused(request: HttpRequest) -> HttpResponse:
    """One sentence, whatever the reason: who has an account here is nobody else's business."""
    record_act(
        by=None,
        verb=Verb.SIGN_IN_FAILED,
        subject="",
        actor_name="tidak dikenal",
        detail={"cause": "akun kantor tanpa akun di sini"},
    )
    sentence = _(
        "Akun kantor Anda belum terhubung dengan akun di sini. Minta administrator wilayah Anda "
        "mengundang Anda dengan surel kantor itu, atau masuklah dengan kata sandi."
    )
    messages.error(request, sentence)
    return redirect("account_login")
