"""Storing outlines of regions read from GeoJSON."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from regions.enums import Level, Verb
from regions.errors import OutlinesRefused
from regions.importers.geojson import read_outlines, simplified
from regions.models import Boundary, Region, User
from regions.services.act import record_act

# In degrees, about a pixel of the map on which the level is drawn: nation by province, province by regency.
_TOLERANCES = {Level.PROVINCE: 0.04, Level.REGENCY: 0.005}


@dataclass(frozen=True)
class LoadedBoundaries:
    """`missing` are codes of today without a shape, of the levels that the file tells of."""

    stored: int
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    mended: tuple[str, ...]
    broken: tuple[str, ...]


@transaction.atomic
def load_boundaries(*, content: bytes, source: str, by: User) -> LoadedBoundaries:
    """All outlines of the levels in the file, in place of those loaded before; all or nothing."""
    found = read_outlines(content)
    levels = {
        code: Level(level)
        for code, level in Region.objects.filter(level__in=_TOLERANCES).values_list("code", "level")
    }
    known = {code: shape for code, shape in found.shapes.items() if code in levels}
    if not known:
        raise OutlinesRefused(
            _("Tidak satu pun kode dalam berkas ini dikenal dengan bentuk yang sah. Contoh kode: 36.72.")
        )
    told = {levels[code] for code in known}
    rows = [
        Boundary(region_id=code, geometry=geometry, source=source)
        for level in sorted(told)
        for code, geometry in simplified(
            {code: shape for code, shape in known.items() if levels[code] == level}, _TOLERANCES[level]
        ).items()
    ]
    Boundary.objects.filter(region__level__in=told).delete()
    Boundary.objects.bulk_create(rows, batch_size=500)
    record_act(by=by, verb=Verb.LOADED, subject=_("batas wilayah: %s") % source, detail={"rows": len(rows)})
    today = Region.objects.filter(level__in=told, valid_until=None).order_by("code")
    given = {*found.shapes, *found.broken}
    return LoadedBoundaries(
        stored=len(rows),
        unknown=tuple(sorted(code for code in given if code not in levels)),
        missing=tuple(code for code in today.values_list("code", flat=True) if code not in given),
        mended=tuple(code for code in found.mended if code in known),
        broken=tuple(code for code in found.broken if code in levels),
    )
