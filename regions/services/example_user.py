"""The invented people of the example data."""

from datetime import date

from django.db import transaction

from regions.enums import OfficeKind
from regions.models import Office, OfficeCoverage, User
from regions.services.user import assign_role
from regions.signins import EXAMPLE_PASSWORD, SIGNINS

_SINCE = date(2023, 1, 1)
# An office that serves all of one city and two districts of its neighbour, as real ones do.
_OFFICE = "contoh-cilegon-serang"
_COVERS = ("36.72", "36.73.01", "36.73.06")


@transaction.atomic
def ensure_example_users(*, by: User) -> int:
    """The example people with their roles; nobody is created twice, no password is reset."""
    office, created = Office.objects.get_or_create(
        code=_OFFICE,
        defaults={
            "name": "Kantor Cabang Contoh Cilegon–Serang",
            "kind": OfficeKind.KACAB,
            "note": "data contoh",
        },
    )
    if created:
        OfficeCoverage.objects.bulk_create(
            OfficeCoverage(office=office, region_id=code, valid_from=_SINCE) for code in _COVERS
        )
    made = 0
    for signin in SIGNINS:
        if User.objects.filter(username=signin.username).exists():
            continue
        user = User(username=signin.username, full_name=signin.full_name, is_example=True)
        user.set_password(EXAMPLE_PASSWORD)
        user.save()
        assign_role(
            user=user,
            role=signin.role,
            by=by,
            region_code=signin.region_code,
            office_code=signin.office_code,
            title=signin.title,
            valid_from=_SINCE,
        )
        made += 1
    return made
