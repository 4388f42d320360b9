"""Is what a pack says still what the figures say? For anybody who holds a copy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format

from budgets.enums import ReconciliationState
from regions.enums import MonthState
from regions.models import ReportingMonth
from regions.month import iso_month, parse_month
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue, Pack, PackFile, Restatement, Run
from reports.pack.content import Identity, Kind, Number
from reports.pack.reading import number_of, numbers_in
from reports.selectors.boards.comparison import list_names
from reports.selectors.packs.pack import list_versions
from reports.selectors.value import DIMENSIONS
from reports.value_words import dimension_words

_MOST_SHOWN = 50
_PARTS = ("numerator", "denominator", "rate")


@dataclass(frozen=True)
class Changed:
    """A figure that now says something else, in words."""

    region: str
    month: str
    measure: str
    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Verdict:
    """`restated_at`: when months that the pack tells of were closed again with other figures.

    `is_superseded`: another reconciliation took the place of the one that the record is about;
    `is_reopened`: a month that it told of as closed is open now.
    """

    pack: Pack
    changed: list[Changed]
    restated_at: datetime | None
    newer: Pack | None
    is_superseded: bool = False
    is_reopened: bool = False

    @property
    def is_valid(self) -> bool:
        return not self.changed and not self.is_superseded

    @property
    def shown(self) -> list[Changed]:
        return self.changed[:_MOST_SHOWN]

    @property
    def highlights(self) -> list[tuple[str, str]]:
        """What the holder of the paper can compare."""
        return [(label, number_of(number).text) for label, number in self.pack.content["highlights"]]


def verdict_on(pack: Pack, versions: Iterable[Pack] | None = None) -> Verdict:
    """`versions` of it, newest first, where the caller has them already."""
    newest = next(iter(list_versions(pack) if versions is None else versions), pack)
    changed = _changed(pack)
    restated = _restated_at(pack) if changed else None
    about = pack.reconciliation
    superseded = about is not None and about.state == ReconciliationState.SUPERSEDED
    newer = newest if newest.version > pack.version else None
    return Verdict(pack, changed, restated, newer, superseded, _is_reopened(pack))


def _is_reopened(pack: Pack) -> bool:
    closed = {(code, month) for code, month, closing in pack.content["runs"] if closing is not None}
    if not closed:
        return False
    open_now = ReportingMonth.objects.filter(
        region__in={code for code, _month in closed}, month__in={f"{month}-01" for _code, month in closed}
    ).exclude(state=MonthState.CLOSED)
    return any((code, iso_month(at)) in closed for code, at in open_now.values_list("region_id", "month"))


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
        stored = now.get(
            (
                identity.region,
                identity.month,
                identity.measure,
                *(getattr(identity, name) for name in DIMENSIONS),
            )
        )
        value: Any = None if stored is None else stored[_PARTS.index(identity.part)]
        if number.is_size:
            value = None if value is None else abs(value)
        if value != number.value:
            kind = number.kind if number.kind != Kind.CHANGE else Kind.COUNT
            said, says = (Number(one, kind).text for one in (number.value, value))
            found.append((identity, said, says))
    return _in_words(found, _places(pack.content))


def _places(content: dict[str, Any]) -> dict[str, str]:
    """Names of regions by code, as the pack itself tells them."""
    places = {page["code"]: page["label"] for page in content["pages"]}
    for table in content["annex"]:
        places |= {row[0]: row[1] for row in table["rows"]}
    return places | {content["region_code"]: content["region_label"]}


def _in_words(found: list[tuple[Identity, str, str]], places: Mapping[str, str]) -> list[Changed]:
    named = any(identity.category or identity.funding for identity, _said, _says in found)
    names = list_names().names if named else {}
    return [
        Changed(
            places.get(identity.region, identity.region),
            date_format(parse_month(identity.month), "F Y"),
            identity.measure,
            _label(identity, names),
            said,
            says,
        )
        for identity, said, says in found
    ]


def _label(identity: Identity, names: Mapping[str, str]) -> str:
    measure, words = MEASURES.get(identity.measure), dimension_words(identity, names)
    if measure is None:
        return words
    label = str(measure.label)
    if measure.unit.is_quotient and identity.part != "rate":
        label = str(measure.numerator if identity.part == "numerator" else measure.denominator)
    return f"{label}, {words}" if words else label


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
