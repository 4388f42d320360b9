"""Outlines of regions from GeoJSON: read, checked, mended where lines cross, made small enough for a page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, mapping, shape
from shapely.geometry.base import BaseGeometry

from regions.errors import OutlinesRefused

_PROPERTIES = ("code", "kode")
_POLYGONS = {"Polygon", "MultiPolygon"}


@dataclass
class Outlines:
    """`mended` had lines that crossed; `broken` have no area even so and are not among the shapes."""

    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    mended: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def read_outlines(content: bytes) -> Outlines:
    found = Outlines()
    for at, feature in enumerate(_features(content), start=1):
        code = _code_of(feature, at)
        if code in found.shapes or code in found.broken:
            raise OutlinesRefused(
                _("Kode %s ada lebih dari sekali. Sisakan satu bentuk untuk setiap kode.") % code
            )
        drawn = _shape_of(feature)
        whole = _mended(drawn)
        if whole is None:
            found.broken.append(code)
            continue
        if drawn is None or not drawn.is_valid:
            found.mended.append(code)
        west, south, east, north = whole.bounds
        if west < -180 or east > 180 or south < -90 or north > 90:
            raise OutlinesRefused(
                _("Koordinat %s bukan bujur dan lintang. Ubah dahulu ke WGS 84 (EPSG:4326).") % code
            )
        found.shapes[code] = whole
    return found


def simplified(shapes: Mapping[str, BaseGeometry], tolerance: float) -> dict[str, dict[str, Any]]:
    """Together, so that a line between two neighbours stays one; islands too small to see are left out."""
    codes = list(shapes)
    coarse = shapely.coverage_simplify([shapes[code] for code in codes], tolerance)
    digits = int(np.ceil(-np.log10(tolerance)))
    found = {}
    for code, thin in zip(codes, coarse, strict=True):
        kept = _polygons(thin)
        visible = _visible(kept if kept is not None else shapes[code], tolerance)
        rounded = shapely.transform(visible, lambda points: np.round(points, digits))
        found[code] = json.loads(json.dumps(mapping(rounded)))
    return found


def _features(content: bytes) -> list[Any]:
    try:
        told = json.loads(content)
    except ValueError:
        told = None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise OutlinesRefused(
            _("Berkas ini bukan GeoJSON dengan daftar “features”. Ekspor ulang sebagai GeoJSON.")
        )
    return features


def _code_of(feature: Any, at: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    for name in _PROPERTIES:
        code = properties.get(name) if isinstance(properties, dict) else None
        if isinstance(code, str):
            return code.strip()
    raise OutlinesRefused(
        _("Bentuk ke-%s tanpa kode wilayah. Isi properti “code” dengan kode Kemendagri, contoh: 36.72.") % at
    )


def _shape_of(feature: Any) -> BaseGeometry | None:
    """None where there is no shape with an area."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in _POLYGONS:
        return None
    try:
        drawn = shapely.force_2d(shape(geometry))
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError):
        return None
    return None if drawn.is_empty or not np.isfinite(drawn.bounds).all() else drawn


def _mended(drawn: BaseGeometry | None) -> BaseGeometry | None:
    return drawn if drawn is None or drawn.is_valid else _polygons(shapely.make_valid(drawn))


def _polygons(drawn: BaseGeometry) -> BaseGeometry | None:
    """What has an area; mending leaves lines and points beside it."""
    parts = [part for part in shapely.get_parts(drawn, return_index=False) if part.area > 0]
    areas = [one for part in parts for one in shapely.get_parts(part) if one.geom_type == "Polygon"]
    return MultiPolygon(areas) if areas else None


def _visible(drawn: BaseGeometry, tolerance: float) -> BaseGeometry:
    parts = sorted(shapely.get_parts(drawn), key=lambda part: -part.area)
    return MultiPolygon([parts[0], *(part for part in parts[1:] if part.area > tolerance**2)])
