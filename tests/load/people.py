"""Signed-in people of every kind, each with work of their own: python -m tests.load.people COUNT > FILE.

Printed as JSON: kind, key of the session, number of the person, and the place they look at and enter for.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
django.setup()

from django.test import Client

from regions.enums import Level
from regions.models import Region, User
from regions.roles import Role
from regions.services.user import assign_role, ensure_system_user
from tests.cast import SINCE

# Of ten people four enter, three plan, two look over a province, one leads.
KINDS = (Role.OPERATOR, Role.PLANNER, Role.OPERATOR, Role.AUDITOR, Role.OPERATOR)
KINDS += (Role.PLANNER, Role.VIEWER, Role.OPERATOR, Role.AUDITOR, Role.PLANNER)


def people(count: int) -> list[dict[str, str | int]]:
    """Every officer has a regency that nobody else enters for, so that nobody refuses anybody's number."""
    system, told = ensure_system_user(), []
    regencies = Region.objects.filter(level=Level.REGENCY, valid_until=None).order_by("code")
    for number, region in zip(range(count), regencies, strict=False):
        kind = KINDS[number % len(KINDS)]
        place = region.parent_id if kind == Role.AUDITOR else region.pk
        user, is_new = User.objects.get_or_create(
            username=f"beban-{number}", defaults={"full_name": f"Orang {number}"}
        )
        if is_new:
            assign_role(
                user=user, role=kind, by=system, region_code=place, office_code=None, valid_from=SINCE
            )
        client = Client()
        client.force_login(user)
        session = str(client.session.session_key)
        told.append({"kind": str(kind), "session": session, "user": user.pk, "place": str(place)})
    return told


if __name__ == "__main__":
    json.dump(people(int(sys.argv[1])), sys.stdout)
