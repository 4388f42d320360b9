"""The same people in every test: Wayan and Siti of Kota A, Budi the stranger of Kota B, and those above."""

from dataclasses import dataclass
from datetime import date

from regions.enums import OfficeKind
from regions.models import Office, OfficeCoverage, User
from regions.roles import Role
from regions.services.user import assign_role, ensure_system_user

KOTA_A, KOTA_B, PROVINCE, NATION = "36.72", "36.73", "36", "ID"
A_DISTRICT_OF_B = "36.73.01"
PASSWORD = "kata-sandi-uji-123"
SINCE = date(2023, 1, 1)


@dataclass(frozen=True)
class Cast:
    wayan: User
    siti: User
    budi: User
    ratna: User
    anton: User
    dewi: User
    lestari: User
    admin: User
    nobody: User

    def __iter__(self):
        return iter(vars(self).values())


def make_cast() -> Cast:
    system = ensure_system_user()
    office = Office.objects.create(code="cabang-a", name="Cabang A", kind=OfficeKind.KACAB)
    OfficeCoverage.objects.bulk_create(
        OfficeCoverage(office=office, region_id=code, valid_from=SINCE) for code in (KOTA_A, A_DISTRICT_OF_B)
    )
    places = {
        "wayan": (Role.OPERATOR, KOTA_A),
        "siti": (Role.SUPERVISOR, KOTA_A),
        "budi": (Role.OPERATOR, KOTA_B),
        "ratna": (Role.VIEWER, PROVINCE),
        "anton": (Role.BRANCH_HEAD, None),
        "dewi": (Role.PLANNER, NATION),
        "lestari": (Role.AUDITOR, PROVINCE),
        "admin": (Role.ADMINISTRATOR, NATION),
    }
    people = {name: User(username=name, full_name=name.title(), is_staff=name == "admin") for name in places}
    people["nobody"] = User(username="nobody")
    for user in people.values():
        user.set_password(PASSWORD)
    User.objects.bulk_create(people.values())
    for name, (role, code) in places.items():
        assign_role(
            user=people[name],
            role=role,
            by=system,
            region_code=code,
            office_code=None if code else office.code,
            valid_from=SINCE,
        )
    return Cast(**people)
