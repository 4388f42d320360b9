from datetime import date

from participants.models import Target
from regions.models.region import ancestor_codes


def targets_in_force(month: date) -> dict[str, dict[str, Target]]:
    """Region code → frame → the nearest target not before the month's year, for regions that have one."""
    found: dict[str, dict[str, Target]] = {}
    rows = Target.objects.filter(year__gte=month.year).order_by("year").select_related("region")
    for target in rows:
        found.setdefault(target.region_id, {}).setdefault(target.frame, target)
    return found


def targets_for(region_code: str, in_force: dict[str, dict[str, Target]]) -> dict[str, Target]:
    """Frame → target that binds a region: its own, else that of the nearest region above."""
    bound: dict[str, Target] = {}
    for code in [*ancestor_codes(region_code), region_code]:
        bound.update(in_force.get(code, {}))
    return bound
