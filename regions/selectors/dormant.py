"""Accounts that nobody has used for longer than the installation allows."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.timezone import now

from regions.models import User
from regions.models.user import SYSTEM
from regions.selectors.reach import nation_administrators


def is_dormant(user: User) -> bool:
    """Active, and since the last sign-in (or since it began, or began anew) too long unused.

    Programs never sign in: their tokens end by themselves.
    """
    seen = user.last_login or user.date_joined
    if user.reactivated_at:
        seen = max(seen, user.reactivated_at)
    return user.is_active and not user.is_program and now() - seen > timedelta(days=settings.DORMANT_DAYS)


def only_dormant(users: QuerySet[User]) -> QuerySet[User]:
    """The same question to the database."""
    # PostgreSQL's GREATEST leaves NULL out.
    seen = Greatest(Coalesce("last_login", "date_joined"), "reactivated_at")
    since = now() - timedelta(days=settings.DORMANT_DAYS)
    return users.filter(is_active=True, keeper=None).annotate(seen=seen).filter(seen__lt=since)


def must_rest(user: User) -> bool:
    """Whether the account is refused as dormant: never the last one that could open the others again."""
    if not is_dormant(user) or (user.is_example and settings.EXAMPLE_DATA):
        return False
    administrators = nation_administrators()
    if not administrators.filter(pk=user.pk).exists():
        return True
    return any(not is_dormant(other) for other in administrators.exclude(pk=user.pk))


def list_dormant() -> QuerySet[User]:
    return only_dormant(User.objects.exclude(username=SYSTEM)).order_by("pk")
