"""What a proposed definition would change, before anybody decides on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from regions.enums import Level
from regions.models import Region
from regions.models.region import NATION, level_of
from regions.month import last_day
from regions.selectors.region import existing
from reports.enums import DefinitionState
from reports.measures.quantities import CoveragePair
from reports.models import CoverageDefinition, Run
from reports.selectors.definitions.alternatives import AlternativeCoverage, official_segments
from reports.selectors.definitions.definition import coverage_definition_on
from reports.selectors.definitions.tree import OFFICIAL, load_coverage_facts
from reports.selectors.run import closed_quantities


@dataclass(frozen=True)
class PreviewRow:
    """Coverage of a region as it is and as it would be, and how many regencies in it would move."""

    region: Region
    now: AlternativeCoverage
    then: AlternativeCoverage
    moved: int


@dataclass(frozen=True)
class Preview:
    """`month` is the newest computed month from which on the definition would hold; None where there is none.

    `open` months of regencies would be counted anew, `closed` ones stay as they were closed.
    """

    month: date | None
    rows: list[PreviewRow]
    open: int
    closed: int


def preview_of(proposed: CoverageDefinition) -> Preview:
    since = proposed.valid_from
    until = _next_in_force(since)
    runs = Run.objects.filter(is_current=True, period__gte=since, region__level=Level.REGENCY)
    if until is not None:
        runs = runs.filter(period__lt=until)
    month = runs.order_by("-period").values_list("period", flat=True).first()
    if month is None:
        return Preview(None, [], 0, 0)
    closed = runs.filter(closing__isnull=False).count()
    return Preview(month, _rows(month, proposed), runs.count() - closed, closed)


def _next_in_force(since: date) -> date | None:
    later = CoverageDefinition.objects.filter(state=DefinitionState.IN_FORCE, valid_from__gt=since)
    return later.order_by("valid_from").values_list("valid_from", flat=True).first()


def _rows(month: date, proposed: CoverageDefinition) -> list[PreviewRow]:
    closed = closed_quantities(Run.objects.filter(period=month, is_current=True, closing__isnull=False))
    frozen = {code: quantities for (code, _month), quantities in closed.items()}
    current = coverage_definition_on(month)
    before, after = official_segments(current), official_segments(proposed)
    facts = replace(load_coverage_facts(NATION, month, current.programmes, kinds=[]), closed=frozen)
    now = facts.pairs(OFFICIAL, before)
    if current.programmes != proposed.programmes:
        facts = replace(load_coverage_facts(NATION, month, proposed.programmes, kinds=[]), closed=frozen)
    then = facts.pairs(OFFICIAL, after)
    moved = {code for code in now.keys() | then.keys() if now.get(code) != then.get(code)}
    known = [code for code in now.keys() | then.keys() if level_of(code) < Level.REGENCY]
    regions = Region.objects.filter(existing(last_day(month)), code__in=known).order_by("level", "code")
    return [
        PreviewRow(
            region,
            _coverage(before, now, region.code),
            _coverage(after, then, region.code),
            sum(1 for code in moved if level_of(code) == Level.REGENCY and _is_in(code, region.code)),
        )
        for region in regions
    ]


def _coverage(segments: tuple[str, ...], pairs: Mapping[str, CoveragePair], code: str) -> AlternativeCoverage:
    return AlternativeCoverage(OFFICIAL, segments, pairs.get(code), is_official=True)


def _is_in(code: str, place: str) -> bool:
    return place == NATION or code.startswith(f"{place}.")
