"""Which regions are asked about for which months, so that facts of a whole history are read in one pass."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from regions.month import fiscal_year_start, months_between


@dataclass(frozen=True)
class RegionMonths:
    """Every month from `first` to `last` of these regions; of all regions where none are named."""

    first: date
    last: date
    regions: tuple[str, ...] | None = None

    @classmethod
    def at(cls, month: date, *regions: str) -> "RegionMonths":
        """One month of the regions, or of all."""
        return cls(month, month, regions or None)

    @classmethod
    def around(cls, months: Iterable[date], regions: Iterable[str]) -> "RegionMonths":
        asked = sorted(months)
        return cls(asked[0], asked[-1], tuple(regions))

    @property
    def months(self) -> list[date]:
        return list(months_between(self.first, self.last))

    @property
    def year_start(self) -> date:
        """Where sums of the fiscal year to date begin."""
        return fiscal_year_start(self.first)

    @property
    def since_january(self) -> "RegionMonths":
        return RegionMonths(self.year_start, self.last, self.regions)

    def of_regions(self, column: str = "region_id") -> Q:
        if self.regions is None:
            return Q()
        if len(self.regions) == 1:
            # An equality is estimated by the statistics of the very value.
            return Q(**{column: self.regions[0]})
        return Q(**{f"{column}__in": self.regions})

    def __contains__(self, month: date) -> bool:
        return self.first <= month <= self.last
