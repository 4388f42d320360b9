"""Is what a pack says still what the figures say? For anybody who holds a copy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from budgets.enums import ReconciliationState
from reports.measures import MEASURES
from reports.models import MeasureValue, Pack, PackFile, Restatement, Run
from reports.pack.content import Kind, Number
from reports.pack.reading import numbers_in
from reports.selectors.pack import list_versions
from reports.selectors.value import DIMENSIONS

_MOST_SHOWN = 50
_PARTS = ("numerator", "denominator", "rate")


@dataclass(frozen=True)
class Changed:
    """A figure that now says something else; None where it is no longer told."""

    region: str
    month: str
    measure: str
    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Verdict:
    """`restated_at`: when months that the pack tells of were closed again with other figures.

    `is_superseded`: another reconciliation took the place of the one that the record is about.
    """

    pack: Pack
    changed: list[Changed]
    restated_at: datetime | None
    newer: Pack | None
    is_superseded: bool = False

    @property
    def is_valid(self) -> bool:
        return not self.changed and not self.is_superseded

    @property
    def shown(self) -> list[Changed]:
        return self.changed[:_MOST_SHOWN]


def verdict_on(pack: Pack, versions: Iterable[Pack] | None = None) -> Verdict:
    """`versions` of it, newest first, where the caller has them already."""
    newest = next(iter(list_versions(pack) if versions is None else versions), pack)
    changed = _changed(pack)
    restated = _restated_at(pack) if changed else None
    about = pack.reconciliation
    superseded = about is not None and about.state == ReconciliationState.SUPERSEDED
    return Verdict(pack, changed, restated, newest if newest.version > pack.version else None, superseded)


def find_pack(code: str) -> Pack | None:
    return Pack.objects.filter(code=code).select_related("region", "reconciliation").first()


def find_by_file(sha256: str) -> Pack | None:
    """The pack of which this is a file, byte by byte."""
    file = (
        PackFile.objects.filter(sha256=sha256)
        .defer("content")
        .select_related("pack__region", "pack__reconciliation")
        .first()
    )
    return file.pack if file else None


def _restated_at(pack: Pack) -> datetime | None:
    places = Q(pk__in=[])
    for code, month, _closing in pack.content["runs"]:
        places |= Q(region_id=code, period=f"{month}-01")
    later = Restatement.objects.filter(places, at__gt=pack.made_at)
    return later.order_by("-pk").values_list("at", flat=True).first()


def _changed(pack: Pack) -> list[Changed]:
    """Each single figure once, as it was printed and as it is."""
    told = {number.made_of[0][1]: number for number in numbers_in(pack.content) if len(number.made_of) == 1}
    places = {(identity.region, identity.month) for identity in told}
    now = _current(places, {identity.measure for identity in told})
    found = []
    for identity, number in told.items():
        dimensions = (
            identity.segment,
            identity.category,
            identity.funding,
            identity.target,
            identity.variant,
        )
        stored = now.get((identity.region, identity.month, identity.measure, *dimensions))
        value: Any = (
            None if stored is None else stored[("numerator", "denominator", "rate").index(identity.part)]
        )
        if number.is_size:
            value = None if value is None else abs(value)
        if value != number.value:
            kind = number.kind if number.kind != Kind.CHANGE else Kind.COUNT
            label = str(MEASURES[identity.measure].label) if identity.measure in MEASURES else ""
            words = " ".join(name for name in dimensions if name)
            said, says = (Number(one, kind).text for one in (number.value, value))
            found.append(
                Changed(
                    identity.region, identity.month, identity.measure, f"{label} {words}".strip(), said, says
                )
            )
    return found


def _current(places: set[tuple[str, str]], measures: set[str]) -> dict[tuple[str, ...], tuple[Any, ...]]:
    codes = {code for code, _month in places}
    months = {f"{month}-01" for _code, month in places}
    runs = Run.objects.filter(region__in=codes, period__in=months, is_current=True)
    wanted = [
        pk
        for pk, code, month in runs.values_list("pk", "region_id", "period")
        if (code, f"{month:%Y-%m}") in places
    ]
    rows = MeasureValue.objects.filter(run__in=wanted, measure__in=measures).values_list(
        "run__region_id", "run__period", "measure", *DIMENSIONS, "numerator", "denominator", "rate"
    )
    return {
        (code, f"{month:%Y-%m}", *key): (numerator, denominator, rate)
        for code, month, *key, numerator, denominator, rate in rows
    }
