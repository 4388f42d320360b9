"""A plan over several years as its page shows it: what each year brings, and when the target holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import Scenario
from budgets.planning.answer import PlannedLine
from budgets.planning.asked import PlanAsked
from budgets.planning.staged import first_year_on_target, read_year
from budgets.selectors.planning.formula import formula_of
from regions.formats import percent, rupiah, whole


@dataclass(frozen=True)
class YearLine:
    """`prices` are rupiah of one person in each month paid."""

    region: str
    category: str
    source: str
    people: int
    months: int
    prices: tuple[int, ...]
    rupiah: int
    is_renewed: bool

    @property
    def formula(self) -> str:
        return formula_of(self.people, self.prices)


@dataclass(frozen=True)
class ShownYear:
    """People in December: `renewed` from the year before, `added` in this one; `dropped` are none of them."""

    year: int
    ceiling: int
    share: str
    renewed: int
    added: int
    dropped: int
    rupiah: int
    without: Decimal | None
    rate: Decimal | None
    missing: int | None
    lines: list[YearLine]

    @property
    def people(self) -> int:
        return self.renewed + self.added

    @property
    def left(self) -> int:
        return self.ceiling - self.rupiah


@dataclass(frozen=True)
class ShownYears:
    years: list[ShownYear]
    sentence: str


def shown_years(
    scenario: Scenario,
    asked: PlanAsked,
    regions: Mapping[str, str],
    categories: Mapping[str, str],
    sources: Mapping[str, str],
) -> ShownYears | None:
    """None for a plan of one year."""
    told: Sequence[Mapping[str, Any]] = (scenario.answer or {}).get("years") or ()
    if not told:
        return None
    shares = (asked.capacity or {}).get("shares") or [""] * len(told)
    years = []
    for one, share in zip(told, shares, strict=False):
        year, groups = read_year(one), one["groups"]
        lines = [
            _line(line, groups[line.group], is_renewed, (regions, categories, sources))
            for is_renewed, lines in ((True, year.renewed), (False, year.added))
            for line in lines
        ]
        renewed = sum(line.people for line in year.renewed)
        years.append(
            ShownYear(
                year=one["year"],
                ceiling=one["ceiling"],
                share=percent(Decimal(share), 2) if share else "",
                renewed=renewed,
                added=year.people - renewed,
                dropped=year.dropped,
                rupiah=year.rupiah,
                without=_rate(one["without"]),
                rate=_rate(one["ucj"]),
                missing=one["missing"],
                lines=lines,
            )
        )
    return ShownYears(years, _sentence(asked, years))


def _line(
    line: PlannedLine, group: Mapping[str, Any], is_renewed: bool, names: tuple[Mapping[str, str], ...]
) -> YearLine:
    regions, categories, sources = names
    prices = tuple(group["prices"][line.source][line.first : line.first + line.months])
    return YearLine(
        region=regions.get(group["region"], group["region"]),
        category=categories[group["category"]],
        source=sources.get(line.source, line.source),
        people=line.people,
        months=line.months,
        prices=prices,
        rupiah=line.people * sum(prices),
        is_renewed=is_renewed,
    )


def _rate(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)


def _sentence(asked: PlanAsked, years: Sequence[ShownYear]) -> str:
    last = years[-1]
    if asked.target is None:
        return _(
            "Dalam %(count)s tahun: %(people)s orang terlindungi pada akhir %(year)s, %(rupiah)s seluruhnya."
        ) % {
            "count": len(years),
            "people": whole(last.people),
            "year": last.year,
            "rupiah": rupiah(sum(year.rupiah for year in years)),
        }
    if all(year.rate is None for year in years):
        return _(
            "Cakupan wilayah ini belum diketahui, sehingga tahun tercapainya target belum dapat diperkirakan."
        )
    told = {"target": percent(asked.target, 2), "year": last.year}
    place = first_year_on_target([year.rate for year in years], asked.target)
    if place is not None:
        return _("Target UCJ %(target)s tercapai pada akhir %(reached)s dan bertahan sampai %(year)s.") % {
            **told,
            "reached": years[place].year,
        }
    return _(
        "Target UCJ %(target)s tidak tercapai sampai akhir %(year)s: UCJ %(rate)s, kurang %(missing)s orang."
    ) % {**told, "rate": percent(last.rate, 2), "missing": whole(last.missing)}
