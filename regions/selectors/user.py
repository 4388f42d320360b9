"""People who use the application, by name and by what they may do where."""

from collections.abc import Sequence

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.db.models.functions import Lower

from regions.models import User
from regions.models.user import SYSTEM


def find_user(username: str) -> User | None:
    return User.objects.filter(username=username).first()


def find_account(pk: int) -> User | None:
    return User.objects.filter(pk=pk).first()


def list_people() -> QuerySet[User]:
    """Active accounts of persons that hold an assignment."""
    return (
        User.objects.filter(is_active=True, keeper=None, assignments__isnull=False).distinct().order_by("pk")
    )


def is_username_taken(username: str) -> bool:
    """Whatever the letters' case: nobody tells `Siti` from `siti` when told a name on the telephone."""
    return User.objects.filter(username__iexact=username).exists()


def has_example_people() -> bool:
    return User.objects.filter(is_example=True).exists()


def real_accounts() -> list[str]:
    """User names that are no examples and not our own; programs of example people are examples."""
    rows = User.objects.filter(is_example=False).exclude(username=SYSTEM).exclude(keeper__is_example=True)
    return list(rows.order_by("pk").values_list("username", flat=True))


def has_office_account(user: User) -> bool:
    """Whether an account of the office's own provider opens this one."""
    return bool(SocialAccount.objects.filter(user=user).exists())


def find_by_office_account(addresses: Sequence[str], *, provider: str) -> User | None:
    """The one active account with such an address to which no account of the provider is tied yet.

    An address that passes from one officer to the next brings another subject: that is not the same person.
    """
    wanted = [address.lower() for address in addresses]
    found = User.objects.annotate(address=Lower("email")).filter(
        address__in=wanted, is_active=True, keeper=None
    )
    accounts = list(found[:2])
    if len(accounts) != 1 or SocialAccount.objects.filter(provider=provider, user=accounts[0]).exists():
        return None
    return accounts[0]
