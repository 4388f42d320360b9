"""Who must have a second factor, and who has one."""

from allauth.mfa.models import Authenticator

from regions.access import scope_of
from regions.models import User
from regions.roles import Permission

# Whoever may close months, see whole numbers of persons, or change tables and accounts.
NEEDS_SECOND_FACTOR = frozenset(
    {
        Permission.VERIFY_MONTH,
        Permission.UNMASK,
        Permission.MANAGE_REFERENCE,
        Permission.MANAGE_USERS,
    }
)
POWERFUL = frozenset({Permission.UNMASK, Permission.MANAGE_REFERENCE, Permission.MANAGE_USERS})
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(user: User) -> bool:
    scope = scope_of(user)
    return any(scope.holds_anywhere(permission) for permission in NEEDS_SECOND_FACTOR)


def is_powerful(user: User) -> bool:
    """May unmask or administer: an unattended screen of theirs is worth most."""
    scope = scope_of(user)
    return any(scope.holds_anywhere(permission) for permission in POWERFUL)


def count_factors(user: User) -> int:
    """Recovery codes alone are none."""
    return int(Authenticator.objects.filter(user=user, type__in=_FACTORS).count())


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=_FACTORS).exists())
