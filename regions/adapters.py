from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regions.enums import Verb
from regions.models import User
from regions.selectors.dormant import must_rest
from regions.selectors.user import find_user
from regions.services.act import record_act

_TOO_OFTEN = gettext_lazy(
    "Terlalu banyak percobaan untuk akun ini dari alamat jaringan Anda. Tunggu satu menit, lalu coba "
    "lagi; setelah dua puluh kali, tunggu satu jam."
)


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are given out by an administrator; nobody signs up. Coming and going is noted."""

    error_messages = {**DefaultAccountAdapter.error_messages, "too_many_login_attempts": _TOO_OFTEN}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As allauth finds it. A header shorter than the row of proxies was written by none of them."""
        sent = request.headers.get("X-Forwarded-For", "").split(",")
        if len(sent) < settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            return str(request.META.get("REMOTE_ADDR", ""))
        return str(super().get_client_ip(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong words count for this account from this address: neither locks others out of either."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Not while the sign-in itself is fresh."""
        return super().is_reauthentication_required(app=app, **options) and not has_signed_in_lately(
            self.request
        )

    def pre_login(self, request: HttpRequest, user: User, **login: Any) -> HttpResponse | None:
        """Where every way of signing in comes by once it has found whose account it is."""
        return turned_away(request, user) or super().pre_login(request, user, **login)

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


def turned_away(request: HttpRequest, user: User) -> HttpResponse | None:
    """The answer to the owner of an account that may not be used here, noted; None where it may."""
    refusal = refusal_of_kind(user) or _refusal_of_dormant(user)
    if refusal is None:
        return None
    _note_refusal(user, cause=refusal[0])
    messages.error(request, refusal[1])
    return redirect("account_login")


def refusal_of_kind(user: User) -> tuple[str, str] | None:
    """A word for the ledger, a sentence for the owner; for sessions that are open as well."""
    if user.is_example and not settings.EXAMPLE_DATA:
        return "akun contoh", _("Akun contoh hanya berlaku pada pemasangan dengan data contoh.")
    if user.is_program:
        return "akun program", _("Ini akun program: ia memakai token API dan tidak membuka halaman.")
    return None


def _refusal_of_dormant(user: User) -> tuple[str, str] | None:
    if must_rest(user):
        sentence = _(
            "Akun ini tidak dipakai lebih dari %(days)s hari. Minta administrator wilayah Anda "
            "mengaktifkannya kembali."
        )
        return "lama tidak masuk", sentence % {"days": settings.DORMANT_DAYS}
    return None


def has_signed_in_lately(request: HttpRequest) -> bool:
    """Proved who they are, in whatever way, within the time in which that counts as fresh."""
    user = request.user
    records = get_authentication_records(request, user) if isinstance(user, User) else []
    fresh = settings.FRESH_SIGN_IN_MINUTES * 60
    return any(now().timestamp() - record["at"] < fresh for record in records)


def _note_refusal(user: User, *, cause: str) -> None:
    record_act(
        by=None,
        verb=Verb.SIGN_IN_FAILED,
        subject="",
        actor_name=user.username,
        detail={"cause": cause},
    )
