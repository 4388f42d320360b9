from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from regions.access import Scope
from regions.models import Region
from regions.models.region import NATION
from regions.roles import Permission


@dataclass(frozen=True)
class Crumb:
    """A step of the way to a page; without address where the person may not go there."""

    label: str
    url: str


def region_trail(scope: Scope, region: Region) -> list[Crumb]:
    """From the nation down to the region itself."""
    return [*_above(scope, region), Crumb(region.full_label, "")]


def _above(scope: Scope, region: Region) -> Iterator[Crumb]:
    if region.code == NATION:
        return
    yield _crumb(scope, NATION, "Indonesia")
    if region.parent is not None and region.parent.code != NATION:
        yield _crumb(scope, region.parent.code, region.parent.full_label)


def _crumb(scope: Scope, code: str, label: str) -> Crumb:
    allowed = scope.holds(Permission.VIEW_COVERAGE, code)
    return Crumb(label, reverse("region_board", args=[code]) if allowed else "")
