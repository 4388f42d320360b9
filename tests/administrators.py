"""Administrators of parts of the country, for tests of what they may and may not reach."""

from regions.enums import OfficeKind
from regions.models import Office, OfficeCoverage, Region, User
from regions.roles import Role
from regions.services.assignment import Grant
from regions.services.invitation import MadeLink, invite
from regions.services.user import assign_role, ensure_system_user
from tests.cast import KOTA_A, PASSWORD, SINCE


def administrator(username: str, code: str) -> User:
    user = User.objects.create_user(username=username, password=PASSWORD, full_name=username.title())
    assign_role(
        user=user, role=Role.ADMINISTRATOR, by=ensure_system_user(), region_code=code, valid_from=SINCE
    )
    return user


def office_of(code: str, *regions: str) -> Office:
    office = Office.objects.create(code=code, name=f"Cabang {code}", kind=OfficeKind.KACAB)
    OfficeCoverage.objects.bulk_create(
        OfficeCoverage(office=office, region_id=region, valid_from=SINCE) for region in regions
    )
    return office


def grant_at(code: str = KOTA_A, role: Role = Role.OPERATOR, **more) -> Grant:
    return Grant(role=role, region=Region.objects.get(code=code), **{"reason": "SK 1/2026", **more})


def invited(by: User, grant: Grant | None = None, **who) -> MadeLink:
    """A link to the role of an operator of Kota A, unless something else is said."""
    asked = {"full_name": "Orang Baru", "email": "", **who}
    return invite(**asked, grant=grant or grant_at(), by=by)
