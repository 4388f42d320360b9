"""Programs with a token each and a regency of their own: python -m tests.faults.callers COUNT > FILE."""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
django.setup()

from regions.enums import Level
from regions.models import Region, User
from regions.roles import Role
from regions.services.api_token import make_api_token
from regions.services.user import assign_role, ensure_system_user
from tests.cast import SINCE


def callers(count: int) -> list[dict[str, str]]:
    """Regencies without example data of their own, so that nothing else changes there."""
    system, told = ensure_system_user(), []
    regions = Region.objects.filter(level=Level.REGENCY, valid_until=None).order_by("-code")[:count]
    for region in regions:
        user = User.objects.create(username=f"gangguan-{region.pk}", full_name=f"Program {region.pk}")
        role = assign_role(
            user=user,
            role=Role.SUPERVISOR,
            by=system,
            region_code=region.pk,
            office_code=None,
            valid_from=SINCE,
        )
        token = make_api_token(by=user, assignment_id=role.pk, name="gangguan", days=1, may_write=True).text
        told.append({"region": region.pk, "token": token})
    return told


if __name__ == "__main__":
    json.dump(callers(int(sys.argv[1])), sys.stdout)
