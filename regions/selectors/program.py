"""Accounts of programs, and the people who may answer for them."""

from django.db.models import Q, QuerySet

from regions.errors import OutsideScope
from regions.models import User
from regions.selectors.reach import get_person, manageable_users


def get_program(user: User, pk: int) -> User:
    """One that the user looks after. Raises OutsideScope, for accounts of persons too."""
    account = get_person(user, pk)
    if not account.is_program:
        raise OutsideScope(pk)
    return account


def list_keepers(user: User) -> QuerySet[User]:
    """Persons the user looks after, and the user."""
    own = User.objects.filter(Q(pk__in=manageable_users(user).values("pk")) | Q(pk=user.pk))
    return own.filter(is_active=True, keeper=None).order_by("full_name", "username")
