"""Outlines of regions for maps."""

from collections.abc import Iterable
from typing import Any

from regions.models import Boundary


def outlines_of(codes: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Code → GeoJSON geometry, of those regions whose outline was loaded."""
    return dict(Boundary.objects.filter(region__in=list(codes)).values_list("region_id", "geometry"))
