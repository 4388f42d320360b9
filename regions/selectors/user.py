"""People who use the application, by name and by what they may do where."""

from django.db.models import QuerySet

from regions.models import User


def find_user(username: str) -> User | None:
    return User.objects.filter(username=username).first()


def find_account(pk: int) -> User | None:
    return User.objects.filter(pk=pk).first()


def list_people() -> QuerySet[User]:
    """Active accounts that hold an assignment."""
    return User.objects.filter(is_active=True, assignments__isnull=False).distinct().order_by("pk")


def is_username_taken(username: str) -> bool:
    """Whatever the letters' case: nobody tells `Siti` from `siti` when told a name on the telephone."""
    return User.objects.filter(username__iexact=username).exists()


def has_example_people() -> bool:
    return User.objects.filter(is_example=True).exists()
