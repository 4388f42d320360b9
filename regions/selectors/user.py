"""People who use the application, by name and by what they may do where."""

from django.db.models import QuerySet

from regions.models import User


def find_user(username: str) -> User | None:
    return User.objects.filter(username=username).first()


def list_people() -> QuerySet[User]:
    """Active accounts that hold an assignment."""
    return User.objects.filter(is_active=True, assignments__isnull=False).distinct().order_by("pk")
