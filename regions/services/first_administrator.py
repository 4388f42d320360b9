"""The first administrator of an installation; whoever comes after is invited."""

from django.db import transaction

from regions.models import User
from regions.models.region import NATION
from regions.roles import Role
from regions.services.user import assign_role, ensure_system_user


@transaction.atomic
def make_first_administrator(*, username: str, full_name: str, email: str, password: str) -> User:
    user = User(username=username, full_name=full_name, email=email)
    user.set_password(password)
    user.save(force_insert=True)
    assign_role(
        user=user,
        role=Role.ADMINISTRATOR,
        by=ensure_system_user(),
        region_code=NATION,
        reason="pemasangan pertama",
    )
    return user
