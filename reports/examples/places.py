"""Invented regencies' sizes and paths of coverage, calibrated so that published percentages come out.

All numbers are made up from the region code, always the same ones; only the anchors are published.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from regions.enums import RegionKind
from regions.models import Region
from reports.examples.span import SMALL, ExampleSpan

# Where something was published; the others of the nation are invented altogether.
PROVINCES = ("36", "17", "32", "33")

_SIZED = 2025
# Workers of that year: known for 36.72, stated for 32.16, set to a likely size for the
# rest of Banten; all others are drawn by lot.
_SIZES = {
    "32.16": 1_500_000,
    "33.17": 243_000,
    "36.01": 480_000,
    "36.02": 560_000,
    "36.03": 1_450_000,
    "36.04": 690_000,
    "36.71": 950_000,
    "36.72": 174_897,
    "36.73": 300_000,
    "36.74": 680_000,
}
# How large the regencies of Bengkulu are beside each other, roughly; together they make its pool.
_BENGKULU = {
    "17.01": 68,
    "17.02": 110,
    "17.03": 115,
    "17.04": 52,
    "17.05": 80,
    "17.06": 80,
    "17.07": 42,
    "17.08": 63,
    "17.09": 50,
    "17.71": 150,
}
_YEARLY_GROWTH = Decimal("0.011")
_BENGKULU_POOL_2025 = 708_000
_BENGKULU_COVERED_2025 = 251_000
_BENGKULU_UCJ_2024 = Decimal(37)
_NOVEMBER_2024, _DECEMBER_2025 = date(2024, 11, 1), date(2025, 12, 1)

# Published percentages (see reports/data/published_figures.csv) that the example paths pass through.
_ANCHORS: dict[str, dict[date, Decimal]] = {
    "36.72": {
        date(2023, 8, 1): Decimal(47),
        date(2024, 8, 1): Decimal(53),
        date(2025, 7, 1): Decimal("43.49"),
        date(2025, 12, 1): Decimal("52.23"),
    },
    "32.16": {date(2024, 12, 1): Decimal(38), date(2025, 2, 1): Decimal(46)},
    "33.17": {date(2023, 12, 1): Decimal("32.28")},
    "17.04": {_NOVEMBER_2024: Decimal(75)},
    "17.07": {_NOVEMBER_2024: Decimal(17)},
}


@dataclass(frozen=True)
class Place:
    """An example regency: eligible workers per year and its coverage in percent per month."""

    code: str
    is_city: bool
    workers: Mapping[int, int]
    percents: Mapping[date, Decimal]
    span: ExampleSpan

    def random(self, purpose: str) -> Random:
        return Random(f"{self.code}:{purpose}")  # noqa: S311


def example_places(
    regencies: Sequence[Region],
    span: ExampleSpan = SMALL,
    *,
    calibrated: bool = True,
    known: Mapping[str, tuple[int, int]] | None = None,
) -> list[Place]:
    """A place per regency, in the order given; calibrating needs all regencies of Bengkulu.

    `known` are years and workers of regions by code, where something real says how many there are.
    """
    sizes = {region.code: _size(region, (known or {}).get(region.code)) for region in regencies}
    if calibrated:
        _share_out(sizes, "17.", _BENGKULU_POOL_2025)
    workers = {code: _workers_by_year(size, span) for code, size in sizes.items()}
    anchors = {code: dict(_ANCHORS.get(code, {})) for code in sizes}
    if calibrated:
        _anchor_bengkulu(anchors, workers)
    return [
        Place(
            region.code,
            region.kind == RegionKind.KOTA,
            workers[region.code],
            _path(region.code, anchors[region.code], span),
            span,
        )
        for region in regencies
    ]


def _size(region: Region, known: tuple[int, int] | None) -> int:
    if region.code in _SIZES:
        return _SIZES[region.code]
    if known is not None:
        year, workers = known
        return int(workers * (1 + _YEARLY_GROWTH) ** (_SIZED - year))
    random = Random(f"{region.code}:size")  # noqa: S311
    low, high = (90_000, 420_000) if region.kind == RegionKind.KOTA else (180_000, 900_000)
    return random.randrange(low, high)


def _share_out(sizes: dict[str, int], prefix: str, total: int) -> None:
    codes = [code for code in sizes if code.startswith(prefix)]
    shares = split(total, [_BENGKULU[code] for code in codes])
    sizes.update(zip(codes, shares, strict=True))


def _workers_by_year(size: int, span: ExampleSpan) -> dict[int, int]:
    """Of the years that a figure needs: those of the span, and those of what was published."""
    years = {*span.years, _NOVEMBER_2024.year, _SIZED}
    return {year: int(size * (1 + _YEARLY_GROWTH) ** (year - _SIZED)) for year in sorted(years)}


def _anchor_bengkulu(
    anchors: dict[str, dict[date, Decimal]], workers: Mapping[str, Mapping[int, int]]
) -> None:
    """Let the province be 37 % in November 2024 and 251,000 people in December 2025."""
    codes = [code for code in anchors if code.startswith("17.")]
    others = [code for code in codes if code not in _ANCHORS]
    base = {code: Decimal(Random(f"{code}:base").randrange(280, 480)) / 10 for code in others}  # noqa: S311
    year = _NOVEMBER_2024.year
    wanted = _BENGKULU_UCJ_2024 * sum(workers[code][year] for code in codes)
    fixed = sum(anchors[code][_NOVEMBER_2024] * workers[code][year] for code in codes if code not in others)
    factor = (wanted - fixed) / sum(base[code] * workers[code][year] for code in others)
    for code in others:
        anchors[code][_NOVEMBER_2024] = base[code] * factor
    then = sum(anchors[code][_NOVEMBER_2024] * workers[code][_DECEMBER_2025.year] for code in codes)
    change = Decimal(_BENGKULU_COVERED_2025 * 100) / then
    for code in codes:
        anchors[code][_DECEMBER_2025] = anchors[code][_NOVEMBER_2024] * change


def _path(code: str, anchors: Mapping[date, Decimal], span: ExampleSpan) -> dict[date, Decimal]:
    """Percent per month: through the anchors exactly, wavering a little between them."""
    random = Random(f"{code}:path")  # noqa: S311
    start = Decimal(random.randrange(180, 430)) / 10
    points = dict(anchors)
    if not points:
        points[span.first] = start
        points[span.last] = start + Decimal(random.randrange(20, 95)) / 10
    if min(points) > span.first:
        points[span.first] = points[min(points)] * Decimal("0.9")
    if max(points) < span.last:
        points[span.last] = points[max(points)] * Decimal("1.04")
    known = sorted(points)
    path = {}
    for month in span.months:
        if month in points:
            path[month] = points[month]
            continue
        before = max(point for point in known if point < month)
        after = min(point for point in known if point > month)
        share = Decimal((month - before).days) / Decimal((after - before).days)
        between = points[before] + (points[after] - points[before]) * share
        path[month] = between + Decimal(random.randrange(-30, 31)) / 100
    return path


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts in proportion to the weights that add up to the total (largest remainder)."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in remainders[: total - sum(parts)]:
        parts[index] += 1
    return parts
