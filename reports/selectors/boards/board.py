"""What one page about one region and month shows, gathered in few queries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from participants.models import Target
from participants.selectors.category_target import Asked, asked_of_region, nearest_asked
from participants.selectors.target import targets_for, targets_in_force
from regions.enums import Level
from regions.models import Change, Region, User
from regions.models.region import NATION
from regions.month import add_months, first_of, fiscal_year_start
from reports.models import MeasureValue, PublishedFigure, Run, StaleMonth
from reports.selectors.boards.money import Money, get_money, year_end_before
from reports.selectors.boards.category_target import CategoryTargetRow, category_target_rows
from reports.selectors.boards.comparison import Comparison, Names, compare, list_names
from reports.selectors.boards.rank import RankRow, rank_below
from reports.selectors.months.since_approval import changes_of
from reports.selectors.value import DIMENSIONS

_TREND_MONTHS = 36


@dataclass(frozen=True)
class Waiting:
    """What is not in the figures yet."""

    changes: int
    months: int

    @property
    def total(self) -> int:
        return self.changes + self.months


@dataclass(frozen=True)
class TargetRow:
    """A target that binds the region, and how many people it still asks for (None: unknown)."""

    target: Target
    value: MeasureValue | None

    @property
    def label(self) -> str:
        return f"{self.target.get_frame_display()} {self.target.year}"


@dataclass(frozen=True)
class CategoryRow:
    """People of one category paid for by one source of funds: what counts, by name, and the difference."""

    category: str
    funding: str
    value: MeasureValue
    named: MeasureValue | None
    difference: MeasureValue | None


@dataclass
class Board:
    region: Region
    period: date
    periods: list[date]
    run: Run | None
    waiting: Waiting
    # Changes of facts that count for the month since it was last verified or closed.
    since_approval: int = 0
    values: dict[str, list[MeasureValue]] = field(default_factory=dict)
    trend: list[MeasureValue] = field(default_factory=list)
    rank: list[RankRow] = field(default_factory=list)
    categories: list[CategoryRow] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    category_targets: list[CategoryTargetRow] = field(default_factory=list)
    money_board: Money = field(default_factory=Money)

    def one(self, measure: str) -> MeasureValue | None:
        """The undivided value of a measure, None where it could not be computed."""
        return next(iter(self.values.get(measure, [])), None)

    @property
    def coverage(self) -> MeasureValue | None:
        return self.one("COV-01")

    @property
    def coverage_rate(self) -> Decimal | None:
        return self.coverage.rate if self.coverage else None

    @property
    def gap(self) -> MeasureValue | None:
        return self.one("COV-03")

    @property
    def funded(self) -> MeasureValue | None:
        return self.one("CAT-02")

    @property
    def persons(self) -> list[MeasureValue]:
        """Distinct persons by name and the vulnerable among them, where lists by name exist."""
        return [value for code in ("CAT-05", "CAT-06") for value in self.values.get(code, [])]

    @property
    def contributions(self) -> MeasureValue | None:
        return self.one("BAL-01")

    @property
    def claims(self) -> MeasureValue | None:
        return self.one("BAL-02")

    @property
    def balance(self) -> MeasureValue | None:
        return self.one("BAL-03")

    @property
    def claim_ratio(self) -> MeasureValue | None:
        return self.one("BAL-04")

    @property
    def completeness(self) -> MeasureValue | None:
        return self.one("CMP-01")

    @property
    def segments(self) -> list[MeasureValue]:
        return self.values.get("COV-02", [])

    @property
    def money(self) -> list[MeasureValue]:
        """Contributions, claims, balance and ratio, those that are known."""
        rows = (self.contributions, self.claims, self.balance, self.claim_ratio)
        return [row for row in rows if row is not None]

    @property
    def year_start(self) -> date:
        return fiscal_year_start(self.period)

    @property
    def computed_at(self) -> datetime | None:
        return self.run.computed_at if self.run else None

    @property
    def previous(self) -> MeasureValue | None:
        return self.trend_at(add_months(self.period, -1))

    @property
    def year_before(self) -> MeasureValue | None:
        return self.trend_at(add_months(self.period, -12))

    @property
    def year_differs(self) -> bool:
        """Whether other regions reported a year before, so that the two rates are of different sets."""
        return _reporters_differ(self.coverage, self.year_before)

    @property
    def month_differs(self) -> bool:
        return _reporters_differ(self.coverage, self.previous)

    def trend_at(self, period: date) -> MeasureValue | None:
        return next((value for value in self.trend if value.run.period == period), None)

    @property
    def spread(self) -> Decimal | None:
        """Points between the highest and the lowest region below."""
        rates = [row.rate for row in self.rank if row.rate is not None]
        return max(rates) - min(rates) if len(rates) > 1 else None


def _reporters_differ(one: MeasureValue | None, other: MeasureValue | None) -> bool:
    return one is not None and other is not None and one.reported != other.reported


def get_board(user: User, region: Region, period: date | None) -> Board:
    """Everything that the dashboard of a region shows; without a period, the newest month known."""
    runs = _current_runs(region)
    shown = period or _newest_told(runs) or first_of(localdate())
    run = runs.get(shown)
    about = _about(region, shown)
    board = Board(region, shown, list(runs), run, about.waiting, about.since_approval)
    published = list(PublishedFigure.objects.filter(region=region).order_by("-as_of", "figure"))
    values = _values(region, shown, {figure.as_of.replace(day=1) for figure in published})
    for value in values:
        if value.run_id == (run.pk if run else None):
            board.values.setdefault(value.measure, []).append(value)
    names = list_names()
    board.trend = [v for v in values if v.measure == "COV-01" and v.run.period <= shown]
    board.comparisons = compare(published, values, names)
    if region.level < Level.REGENCY:
        board.rank = rank_below(user, region, shown)
    board.targets = _targets(region, shown, board.values.get("COV-04", []))
    board.categories = _categories(board, names)
    year_before = [v for v in values if v.measure == "CAT-01" and v.run.period == add_months(shown, -12)]
    board.category_targets = category_target_rows(shown, about.asked, board.values, year_before, names.names)
    before = board.trend_at(year_end_before(shown))
    board.money_board = get_money(board.values, names.names, before, board.coverage)
    return board


def _categories(board: Board, names: Names) -> list[CategoryRow]:
    cells: dict[str, dict[tuple[str, str], MeasureValue]] = {}
    for measure in ("CAT-03", "CAT-04"):
        cells[measure] = {(v.category, v.funding): v for v in board.values.get(measure, [])}
    return [
        CategoryRow(
            names.of(v.category),
            names.of(v.funding),
            v,
            cells["CAT-03"].get((v.category, v.funding)),
            cells["CAT-04"].get((v.category, v.funding)),
        )
        for v in board.values.get("CAT-01", [])
    ]


@dataclass(frozen=True)
class _About:
    """What is asked of the region itself, in one query."""

    waiting: Waiting
    asked: list[Asked]
    since_approval: int


def _about(region: Region, period: date) -> _About:
    columns: tuple[Any, ...] = (*_waiting(region), asked_of_region(period), changes_of(region.code, period))
    changes, months, asked, since_approval = Region.objects.filter(pk=region.pk).values_list(*columns).get()
    return _About(Waiting(changes, months), nearest_asked(asked), since_approval)


def count_waiting(region: Region) -> Waiting:
    """Changes and stale months of the region and all below that no figure holds yet, in one query."""
    return Waiting(*Region.objects.filter(pk=region.pk).values_list(*_waiting(region)).get())


def _waiting(region: Region) -> list[Coalesce]:
    inside = Q() if region.code == NATION else _inside(region.code)
    counted = (Change.objects.filter(inside), StaleMonth.objects.filter(inside))
    return [Coalesce(_count_of(rows), 0) for rows in counted]


def _count_of(rows: QuerySet[Any]) -> Subquery:
    """The number of rows as one value inside another query."""
    grouped = rows.order_by().annotate(one=Value(1)).values("one")
    return Subquery(grouped.annotate(n=Count("pk")).values("n"))


def _inside(code: str) -> Q:
    return Q(region_id=code) | Q(region__code__startswith=f"{code}.")


def _current_runs(region: Region) -> dict[date, Any]:
    """Current runs by month, newest first, each with how many reports it rests on."""
    complete = MeasureValue.objects.filter(run=OuterRef("pk"), measure="CMP-01").values("numerator")
    runs = Run.objects.filter(region=region, is_current=True).annotate(reports=Subquery(complete))
    return {run.period: run for run in runs.order_by("-period")}


def _newest_told(runs: dict[date, Any]) -> date | None:
    """The newest month that most of the usual reports have reached: one early report is no picture."""
    recent = list(runs.items())[:_TREND_MONTHS]
    usual = max((run.reports or 0 for _period, run in recent), default=0)
    # Three fifths: the denominator counts as reported in every month that it serves.
    told = (period for period, run in recent if (run.reports or 0) * 5 >= usual * 3)
    return next(told, None)


def _values(region: Region, period: date, published: set[date]) -> list[MeasureValue]:
    """The month's values, what they are compared with in months before, and what stands beside published."""
    first = add_months(period, 1 - _TREND_MONTHS)
    wanted = (
        Q(run__period=period)
        | Q(measure="COV-01", run__period__range=(first, period))
        | Q(measure="CAT-01", run__period=add_months(period, -12))
        | Q(run__period__in=published)
    )
    rows = MeasureValue.objects.filter(wanted, run__region=region, run__is_current=True)
    return list(rows.select_related("run").order_by("run__period", "measure", *DIMENSIONS))


def _targets(region: Region, period: date, gaps: list[MeasureValue]) -> list[TargetRow]:
    by_frame = {value.target: value for value in gaps}
    bound = targets_for(region.code, targets_in_force(period))
    rows = [TargetRow(target, by_frame.get(frame)) for frame, target in bound.items()]
    return sorted(rows, key=lambda row: (row.target.year, row.target.percent))
