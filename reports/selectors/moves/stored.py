"""What two months of a region and of those below it were counted as, as far as a change is made of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regions.enums import Level
from regions.models import Region
from regions.month import last_day
from regions.selectors.region import existing
from reports.measures.frozen import from_json
from reports.measures.quantities import Quantities
from reports.models import Run
from reports.selectors.moves.persons import TwoMonths

_NAMES = ("coverage", "members", "headcounts", "named", "funded", "contributions", "claims", "complete_of")
RegionMonth = tuple[str, date]
Counts = Mapping[RegionMonth, Quantities]


@dataclass(frozen=True)
class RegionMoved:
    """A region in two months: `names` are the regions below, `persons` the lists of a regency, else None."""

    code: str
    names: Mapping[str, str]
    months: tuple[date, date]
    counts: Counts
    persons: TwoMonths | None = None

    def of(self, code: str) -> tuple[Quantities, Quantities]:
        first, last = self.months
        return self.counts.get((code, first), Quantities()), self.counts.get((code, last), Quantities())


def counts_of(codes: Collection[str], months: Sequence[date]) -> Counts:
    """(Region code, month) → what its current run was counted as; only the parts that changes are told of."""
    runs = Run.objects.filter(region__in=codes, period__in=months, is_current=True, quantities__isnull=False)
    columns = [f"quantities__{name}" for name in _NAMES]
    found = {}
    for code, period, *told in runs.values_list("region_id", "period", *columns):
        stored = {name: value for name, value in zip(_NAMES, told, strict=True) if value is not None}
        found[code, period] = from_json(stored)
    return found


def below(region: Region, month: date) -> list[Region]:
    """Provinces of the nation, regencies of a province; whoever sees the region sees their figures in it."""
    if region.level >= Level.REGENCY:
        return []
    return list(Region.objects.filter(existing(last_day(month)), parent=region).order_by("code"))
