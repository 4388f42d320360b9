"""BPJS offices and what they serve."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.timezone import localdate

from regions.access import scope_of, within
from regions.enums import Level, OfficeKind
from regions.models import Office, OfficeCoverage, User
from regions.models.region import NATION, ancestor_codes, level_of
from regions.roles import Permission


def regencies_of_office(code: str) -> list[str]:
    """Regencies that the office serves today, wholly or in part."""
    today = localdate()
    rows = OfficeCoverage.objects.filter(office_id=code, valid_from__lte=today).exclude(
        valid_until__lte=today
    )
    found = {
        step
        for served in rows.values_list("region_id", flat=True)
        for step in (*ancestor_codes(served), served)
        if step != NATION and level_of(step) == Level.REGENCY
    }
    return sorted(found)


def branches_of(codes: Collection[str]) -> dict[str, list[str]]:
    """Region code → names of the branches that serve it today, wholly or by some of its districts."""
    today = localdate()
    served = OfficeCoverage.objects.filter(office__kind=OfficeKind.KACAB, valid_from__lte=today)
    served = served.exclude(valid_until__lte=today)
    found: dict[str, set[str]] = {}
    for code, name in served.values_list("region_id", "office__name"):
        for step in {code, *ancestor_codes(code)} & set(codes):
            found.setdefault(step, set()).add(name)
    return {code: sorted(names) for code, names in found.items()}


def list_offices(user: User) -> QuerySet[Office]:
    """All of them, for whoever sees any region: that an office exists is known to all."""
    return (
        Office.objects.all()
        if scope_of(user).holds_anywhere(Permission.VIEW_COVERAGE)
        else Office.objects.none()
    )


def list_coverages(user: User) -> QuerySet[OfficeCoverage]:
    """From when to when which office serves which of the user's regions."""
    return OfficeCoverage.objects.filter(within(user))


def find_office(code: str) -> Office | None:
    return Office.objects.filter(code=code).first()
