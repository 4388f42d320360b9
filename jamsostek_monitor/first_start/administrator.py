"""The first person of an installation, who invites all others."""

from collections.abc import Callable
from dataclasses import dataclass
from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from regions.models import User
from regions.models.region import NATION
from regions.personal_numbers import has_personal_number
from regions.roles import Role
from regions.selectors.invitation import find_waiting_administrator
from regions.selectors.people import people_with_role
from regions.selectors.region import find_region
from regions.selectors.user import is_username_taken
from regions.services.assignment import Grant
from regions.services.first_administrator import make_first_administrator
from regions.services.invitation import invite, send_again
from regions.services.user import ensure_system_user

REASON = "pemasangan pertama"


@dataclass(frozen=True)
class Wanted:
    username: str
    full_name: str
    email: str


def administrators() -> list[User]:
    return people_with_role(Role.ADMINISTRATOR, NATION)


def username_problem(username: str) -> str:
    """Why an account cannot be named so; "" where it can."""
    try:
        User.username_validator(username)
    except ValidationError as refused:
        return " ".join(refused.messages)
    if has_personal_number(username):
        return "Jangan memakai NIK sebagai nama pengguna."
    return "Nama pengguna itu sudah dipakai." if is_username_taken(username) else ""


def typed_password(owner: User, say: Callable[[str], object]) -> str:
    """Asked until it is one that the rules allow, typed the same twice."""
    while True:
        password = getpass("Kata sandi administrator (tidak tampil saat diketik): ")
        try:
            validate_password(password, owner)
        except ValidationError as refused:
            say("\n".join(refused.messages))
            continue
        if getpass("Sekali lagi: ") == password:
            return password
        say("Kedua kata sandi tidak sama.")


def make_administrator(wanted: Wanted, password: str) -> User:
    return make_first_administrator(
        username=wanted.username, full_name=wanted.full_name, email=wanted.email, password=password
    )


def invite_administrator(wanted: Wanted) -> str:
    """The token of an invitation; the person chooses name and password in the browser.

    One that still waits from an earlier start is sent again: the link of then opens nothing any more.
    """
    system = ensure_system_user()
    waiting = find_waiting_administrator(system)
    if waiting is not None:
        return send_again(link_id=waiting.pk, by=system).token
    grant = Grant(role=Role.ADMINISTRATOR, region=find_region(NATION), reason=REASON)
    return invite(full_name=wanted.full_name, email=wanted.email, grant=grant, by=system).token
