"""Invented employers of a few example places: all that a register may say, and what it leaves open."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from budgets.enums import EmployerStanding
from budgets.models import Employer
from regions.enums import Origin
from regions.month import last_day
from reports.examples.facts import SOURCE
from reports.examples.places import Place

_PLACES = frozenset({"36.72", "36.73", "17.71"})
_WAGE = 4_200_000
# Name, sector, size, standing, workers known, of them registered in percent, months in arrears.
_EMPLOYERS: tuple[tuple[str, str, str, EmployerStanding, int, int, int | None], ...] = (
    ("PT Contoh Baja", "C", "besar", EmployerStanding.FULL, 820, 100, 0),
    ("PT Contoh Pelayaran", "H", "menengah", EmployerStanding.PARTIAL_WORKERS, 240, 65, 2),
    ("CV Contoh Dagang", "G", "kecil", EmployerStanding.PARTIAL_WAGES, 36, 100, None),
    ("PT Contoh Hotel", "I", "menengah", EmployerStanding.FULL, 110, 100, 0),
    ("Klinik Contoh", "Q", "kecil", EmployerStanding.PARTIAL, 24, 75, None),
    ("UD Contoh Bangunan", "F", "kecil", EmployerStanding.UNREGISTERED, 18, 0, None),
    ("Warung Contoh", "I", "mikro", EmployerStanding.UNREGISTERED, 3, 0, None),
)


def employers(place: Place) -> Iterator[Employer]:
    """Of January and July of the last year; by July one of those who were not registered has registered."""
    if place.code not in _PLACES:
        return
    year = place.span.last.year
    months = [month for month in (date(year, 1, 1), date(year, 7, 1)) if month <= place.span.last]
    for month in months:
        for number, row in enumerate(_EMPLOYERS):
            yield _employer(place, month, number, row)


def _employer(place: Place, month: date, number: int, row: tuple[Any, ...]) -> Employer:
    name, sector, size, standing, known, percent, months = row
    if number == len(_EMPLOYERS) - 2 and month.month == 7:
        standing, percent = EmployerStanding.FULL, 100
    is_registered = standing != EmployerStanding.UNREGISTERED
    insured = known * percent // 100
    return Employer(
        region_id=place.code,
        source=SOURCE,
        as_of=last_day(month),
        origin=Origin.EXAMPLE,
        month=month,
        npp=f"XX{place.code.replace('.', '')}{number:03}" if is_registered else "",
        name=f"{name} (rekaan)",
        sector=sector,
        size=size,
        standing=standing,
        workers_known=known,
        workers_registered=insured if is_registered else None,
        wages=insured * _WAGE if is_registered else None,
        arrears_months=months if is_registered else None,
        arrears=months * insured * _WAGE * 54 // 10_000 if is_registered and months is not None else None,
    )
