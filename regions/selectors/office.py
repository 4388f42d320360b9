"""BPJS offices and what they serve."""

from django.utils.timezone import localdate

from regions.enums import Level
from regions.models import Office, OfficeCoverage
from regions.models.region import NATION, ancestor_codes, level_of


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


def find_office(code: str) -> Office | None:
    return Office.objects.filter(code=code).first()
