"""Tokens of programs: those of a person, and the one that a program shows."""

from django.db.models import QuerySet
from django.utils.timezone import now

from regions.models import ApiToken, User


def list_api_tokens(user: User) -> QuerySet[ApiToken]:
    """The person's own, those that can be used first."""
    rows = ApiToken.objects.filter(user=user)
    return rows.select_related("assignment__region", "assignment__office").order_by("revoked_at", "-pk")


def find_api_token(prefix: str) -> ApiToken | None:
    """One that is neither revoked nor expired, of whoever it is."""
    rows = ApiToken.objects.filter(prefix=prefix, revoked_at=None, expires_at__gt=now())
    return rows.select_related("user__keeper").first()
