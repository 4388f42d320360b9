"""How many regions, and so governors, regents and mayors, there were on a day."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from regions.enums import Level, RegionKind
from regions.formats import day_name
from regions.models import Region
from regions.selectors.region import existing, in_subtree
from reports.selectors.statements.known import KnownValue
from reports.statements.figure import Figure

_KINDS: dict[str, tuple[str, ...]] = {
    "kabupaten": (RegionKind.KABUPATEN, RegionKind.KABUPATEN_ADMINISTRASI),
    "kota": (RegionKind.KOTA, RegionKind.KOTA_ADMINISTRASI),
}
_LEVELS = {
    "provinsi": Level.PROVINCE,
    "kabupaten/kota": Level.REGENCY,
    "kecamatan": Level.DISTRICT,
}
_OFFICERS = (
    (re.compile(r"\bgubernur\b", re.IGNORECASE), "provinsi"),
    (re.compile(r"\bbupati\b", re.IGNORECASE), "kabupaten"),
    (re.compile(r"\bwali ?kota\b", re.IGNORECASE), "kota"),
)


def counted_places(figure: Figure, region: Region, day: date) -> list[KnownValue]:
    """The register's count of what the figure counts, below the region; officers are of the whole nation."""
    officer = next((unit for rule, unit in _OFFICERS if rule.search(figure.text)), "")
    unit, code = (officer, "ID") if officer else (figure.unit, region.code)
    if unit not in _KINDS and unit not in _LEVELS:
        return []
    rows = Region.objects.filter(existing(day), in_subtree("code", code)).exclude(pk=code)
    wanted = {"kind__in": _KINDS[unit]} if unit in _KINDS else {"level": _LEVELS[unit]}
    count = rows.filter(**wanted).count()
    # `5 kecamatan sudah selesai` counts some of them, and a city has no regencies to be counted.
    if not officer and (not count or figure.value < count):
        return []
    label = _("%(unit)s menurut daftar wilayah, %(day)s") % {"unit": unit, "day": day_name(day)}
    return [KnownValue(Decimal(count), label, is_main=True)]
