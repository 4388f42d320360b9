"""People who come to the sign-in page, from addresses and through proxies, for tests."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from regions.models import User
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, username: str, password: str = PASSWORD, **request):
    return client.post(reverse("account_login"), {"login": username, "password": password}, **request)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def with_totp(user: User) -> Authenticator:
    return totp.TOTP.activate(user, SECRET).instance


def code_now(secret: str = SECRET) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
