"""Invented construction projects of a few example places, and counts without projects."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from budgets.enums import ProjectStanding
from budgets.models import ConstructionProject, ProjectCount
from regions.enums import Origin
from regions.month import last_day
from reports.examples.facts import SOURCE
from reports.examples.places import Place

_PLACES = frozenset({"36.72", "36.73"})
# Projects and how many of them are registered; of one place beside projects listed one by one.
_COUNTS = {"17.71": (148, 31), "36.73": (62, 14)}
_REPORTED = 7
# Name, office, first and last month, value before PPN, contractor, month of registration and the contribution
# by the tariff of that year, where registered.
_PROJECTS: tuple[tuple[str, str, int, int, int | None, str, int | None, int | None], ...] = (
    ("Peningkatan Jalan Contoh", "Dinas PU", 3, 9, 4_800_000_000, "PT Contoh Karya", 3, 6_310_000),
    ("Pembangunan Jembatan Contoh", "Dinas PU", 4, 11, 12_500_000_000, "PT Contoh Beton", 4, 14_050_000),
    (
        "Rehabilitasi Gedung SD Contoh",
        "Dinas Pendidikan",
        5,
        10,
        950_000_000,
        "CV Contoh Gedung",
        6,
        1_675_000,
    ),
    ("Pembangunan Puskesmas Contoh", "Dinas Kesehatan", 6, 12, 3_200_000_000, "CV Contoh Sehat", None, None),
    ("Drainase Permukiman Contoh", "Dinas Perumahan", 6, 9, 180_000_000, "CV Contoh Tirta", None, None),
    ("Pemeliharaan Pasar Contoh", "Dinas Perdagangan", 7, 8, None, "", None, None),
)


def _year(place: Place) -> int:
    """The newest year of which July has passed: by then all of them have begun."""
    last = place.span.last
    return last.year if last.month >= _REPORTED else last.year - 1


def projects(place: Place) -> Iterator[ConstructionProject]:
    if place.code in _PLACES:
        for number, row in enumerate(_PROJECTS):
            yield _project(place, number, row)


def project_counts(place: Place) -> Iterator[ProjectCount]:
    if place.code in _COUNTS:
        packages, registered = _COUNTS[place.code]
        yield ProjectCount(
            region_id=place.code,
            source=SOURCE,
            as_of=last_day(date(_year(place), _REPORTED, 1)),
            origin=Origin.EXAMPLE,
            month=date(_year(place), _REPORTED, 1),
            packages=packages,
            registered=registered,
        )


def _project(place: Place, number: int, row: tuple[Any, ...]) -> ConstructionProject:
    name, office, first, last, value, contractor, registered, paid = row
    code, year = place.code.replace(".", ""), _year(place)
    told: dict[str, Any] = {}
    if registered:
        told = {
            "registration_number": f"XX{code}{number:03}",
            "registered_on": date(year, registered, 15),
            "contribution": paid,
        }
    return ConstructionProject(
        region_id=place.code,
        source=SOURCE,
        as_of=last_day(date(year, _REPORTED, 1)),
        origin=Origin.EXAMPLE,
        year=year,
        package_code=f"XX{code}{number:04}" if value else "",
        package_name=f"{name} (rekaan)",
        office=f"{office} (rekaan)",
        first_month=date(year, first, 1),
        last_month=date(year, last, 1),
        contract_value=value,
        contractor=f"{contractor} (rekaan)" if contractor else "",
        jakon_status=ProjectStanding.REGISTERED if registered else ProjectStanding.UNREGISTERED,
        **told,
    )
