"""Programs sign in with a token, people with their session."""

from django.utils.translation import gettext_noop
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from regions.models import User
from regions.services.api_token import open_api_token

_SCHEME = "bearer"
_DEAD = gettext_noop("Token ini tidak berlaku: salah tulis, dicabut, habis masanya, atau perannya berakhir.")


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer jm_…`; what the token opens is what its person's one role opens."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        scheme, _sign, text = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != _SCHEME:
            return None
        user = open_api_token(text.strip())
        if user is None:
            raise AuthenticationFailed(_DEAD)
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": _SCHEME}
