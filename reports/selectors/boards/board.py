"""What one page about one region and month shows, gathered in few queries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from regions.access import sees_drafts
from regions.addresses import address
from regions.enums import APPROVED_STATES, Level, MonthState
from regions.models import MonthStep, Region, User
from regions.month import add_months, first_of, fiscal_year_start
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, PublishedFigure, Run
from reports.selectors.boards.category_target import CategoryTargetRow, category_target_rows
from reports.selectors.boards.change import why_not_compared
from reports.selectors.boards.comparison import PublishedComparison, compare, list_names
from reports.selectors.boards.money import FLOW_MONTHS, FLOWS, MoneyBoard, get_money, months_of_money
from reports.selectors.boards.rank import LEAST_RANKED, RankRow, rank_below
from reports.selectors.boards.sections import BoardSection, board_sections
from reports.selectors.boards.target import TargetRow, target_rows
from reports.selectors.boards.waiting import AboutRegion, Waiting, about_region
from reports.selectors.standing import require_told, standing
from reports.selectors.value import DIMENSIONS

_TREND_MONTHS = 36


@dataclass
class Board:
    # By which measure the regions below are ranked, and by which the widest gaps are named.
    ranked_by: ClassVar[str] = MeasureCode.COVERAGE
    gaps_by: ClassVar[str] = MeasureCode.UNCOVERED
    least_ranked: ClassVar[int] = LEAST_RANKED

    region: Region
    period: date
    periods: list[date]
    run: Run | None
    waiting: Waiting
    state: MonthState
    # Changes of facts that count for the month since it was last verified or closed.
    since_approval: int = 0
    # The day at whose end the figures were believed; None for now.
    per: date | None = None
    # Whether who looks at it is told of months that are not closed, and so has pages that count them.
    sees_drafts: bool = True
    values: dict[str, list[MeasureValue]] = field(default_factory=dict)
    trend: list[MeasureValue] = field(default_factory=list)
    rank: list[RankRow] = field(default_factory=list)
    comparisons: list[PublishedComparison] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    category_targets: list[CategoryTargetRow] = field(default_factory=list)
    money_board: MoneyBoard = field(default_factory=MoneyBoard)
    # What is asked of the region itself, and the stamp of what the figures rest on.
    about: AboutRegion | None = None
    # By the name of the section, whatever measures declare themselves for it.
    sections: dict[str, BoardSection] = field(default_factory=dict)

    def one(self, measure: str) -> MeasureValue | None:
        """The undivided value of a measure, None where it could not be computed."""
        return next(iter(self.values.get(measure, [])), None)

    @property
    def coverage(self) -> MeasureValue | None:
        return self.one(MeasureCode.COVERAGE)

    @property
    def coverage_rate(self) -> Decimal | None:
        return self.coverage.rate if self.coverage else None

    @property
    def gap(self) -> MeasureValue | None:
        return self.one(MeasureCode.UNCOVERED)

    @property
    def funded(self) -> MeasureValue | None:
        return self.one(MeasureCode.FUNDED)

    @property
    def balance(self) -> MeasureValue | None:
        return self.one(MeasureCode.BALANCE)

    @property
    def claim_ratio(self) -> MeasureValue | None:
        return self.one(MeasureCode.CLAIM_RATIO)

    @property
    def completeness(self) -> MeasureValue | None:
        return self.one(MeasureCode.COMPLETENESS)

    @property
    def segments(self) -> list[MeasureValue]:
        return self.values.get(MeasureCode.SEGMENT_COVERAGE, [])

    @property
    def year_start(self) -> date:
        return fiscal_year_start(self.period)

    @property
    def per_query(self) -> str:
        """What a link adds to stay on the day."""
        return f"&per={self.per:%Y-%m-%d}" if self.per else ""

    @property
    def only_per(self) -> str:
        """The same where the address asks for nothing else."""
        return f"?per={self.per:%Y-%m-%d}" if self.per else ""

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the choice of another month keeps in the address."""
        return [("per", f"{self.per:%Y-%m-%d}")] if self.per else []

    @property
    def now_url(self) -> str:
        return address("region_board", self.region.code, month=self.period)

    @property
    def earlier(self) -> date | None:
        """The nearest month before with figures."""
        return next((month for month in self.periods if month < self.period), None)

    @property
    def later(self) -> date | None:
        return next((month for month in reversed(self.periods) if month > self.period), None)

    @property
    def month_before(self) -> date:
        return add_months(self.period, -1)

    @property
    def year_end(self) -> date:
        return self.period.replace(month=12, day=31)

    @property
    def months_after(self) -> int:
        """Of the fiscal year, after the month shown."""
        return 12 - self.period.month

    @property
    def year_ago(self) -> date:
        return add_months(self.period, -12)

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
    def last_whole(self) -> MeasureValue | None:
        """The newest coverage up to the month that is a whole."""
        return next((value for value in reversed(self.trend) if value.rate is not None), None)

    @property
    def has_trend(self) -> bool:
        """Whether there is a line to draw."""
        return sum(value.rate is not None for value in self.trend) > 1

    @property
    def month_verdict(self) -> str:
        return why_not_compared(self.coverage, self.previous)

    @property
    def year_verdict(self) -> str:
        return why_not_compared(self.coverage, self.year_before)

    def trend_at(self, period: date) -> MeasureValue | None:
        return next((value for value in self.trend if value.run.period == period), None)

    @property
    def has_own_targets(self) -> bool:
        """Whether a region below has set itself a target for the year."""
        return any(row.target for row in self.rank)

    @property
    def has_too_small(self) -> bool:
        return any(row.is_too_small for row in self.rank)

    @property
    def spread(self) -> Decimal | None:
        """Points between the highest and the lowest region below."""
        rates = [row.rate for row in self.rank if row.place is not None and row.rate is not None]
        return max(rates) - min(rates) if len(rates) > 1 else None


def get_board(
    user: User,
    region: Region,
    period: date | None,
    per: date | None = None,
    *,
    prefers_closed: bool = False,
) -> Board:
    """Everything that the dashboard of a region shows; see `board_frame`."""
    return fill_board(board_frame(user, region, period, per, prefers_closed=prefers_closed), user)


def board_frame(
    user: User,
    region: Region,
    period: date | None,
    per: date | None = None,
    *,
    prefers_closed: bool = False,
) -> Board:
    """Which month is shown and how far it is; without a period, the newest one known or closed.

    With `per` as it was believed at the end of that day. Raises MonthNotClosed for who sees closed ones only.
    """
    runs = _runs(user, region, per)
    if period is not None and period not in runs:
        require_told(user, region, period)
    closed = next((month for month, run in runs.items() if run.closing), None) if prefers_closed else None
    shown = period or closed or _newest_told(runs) or first_of(localdate())
    run = runs.get(shown)
    about = about_region(region, shown, was_approved=bool(run and run.was_approved))
    return Board(
        *(region, shown, list(runs), run, about.waiting, about.state, about.since_approval, per),
        about=about,
        sees_drafts=sees_drafts(user, region.code),
    )


def fill_board(board: Board, user: User) -> Board:
    """With the figures, and what they are compared with."""
    region, shown, run, per = board.region, board.period, board.run, board.per
    asked = board.about.asked if board.about else []
    published = list(PublishedFigure.objects.filter(region=region).order_by("-as_of", "figure"))
    values = _values(user, board, {figure.as_of.replace(day=1) for figure in published})
    for value in values:
        if value.run_id == (run.pk if run else None):
            board.values.setdefault(value.measure, []).append(value)
    names = list_names()
    board.trend = [v for v in values if v.measure == MeasureCode.COVERAGE and v.run.period <= shown]
    board.comparisons = compare(published, values, names)
    if region.level < Level.REGENCY:
        board.rank = rank_below(user, region, shown, per)
    board.targets = target_rows(region, shown, board.values.get(MeasureCode.GAP_TO_TARGET, []))
    year_before = [
        v
        for v in values
        if v.measure == MeasureCode.FUNDED_BY_CELL and v.run.period == add_months(shown, -12)
    ]
    board.category_targets = category_target_rows(shown, asked, board.values, year_before, names.names)
    board.sections = board_sections(board.values, names.names)
    board.money_board = get_money(board.values, names.names, shown)
    board.money_board.months = months_of_money(values, shown)
    return board


def _runs(user: User, region: Region, per: date | None) -> dict[date, Any]:
    """Runs that stand, newest month first: on how many reports each rests, whether it was ever approved."""
    complete = MeasureValue.objects.filter(run=OuterRef("pk"), measure=MeasureCode.COMPLETENESS)
    approved = MonthStep.objects.filter(region=region, month=OuterRef("period"), to_state__in=APPROVED_STATES)
    runs = Run.objects.filter(standing(user, per), region=region).annotate(
        reports=Subquery(complete.values("numerator")), was_approved=Exists(approved)
    )
    return {run.period: run for run in runs.order_by("-period")}


def newest_told_of(user: User, region: Region) -> date | None:
    """The month that pages of a region show where none is asked for."""
    return _newest_told(_runs(user, region, None))


def _newest_told(runs: dict[date, Any]) -> date | None:
    """The newest month that most of the usual reports have reached: one early report is no picture."""
    recent = list(runs.items())[:_TREND_MONTHS]
    usual = max((run.reports or 0 for _period, run in recent), default=0)
    # Three fifths: the denominator counts as reported in every month that it serves.
    told = (period for period, run in recent if (run.reports or 0) * 5 >= usual * 3)
    return next(told, None)


def _values(user: User, board: Board, published: set[date]) -> list[MeasureValue]:
    """The month's values, what they are compared with in months before, and what stands beside published."""
    region, period = board.region, board.period
    first = add_months(period, 1 - _TREND_MONTHS)
    wanted = (
        Q(run__period=period)
        | Q(measure=MeasureCode.COVERAGE, run__period__range=(first, period))
        | Q(measure=MeasureCode.FUNDED_BY_CELL, run__period=add_months(period, -12))
        | Q(measure__in=FLOWS, run__period__range=(add_months(period, -FLOW_MONTHS), period))
        | Q(run__period__in=published)
    )
    rows = MeasureValue.objects.filter(wanted, standing(user, board.per, "run__"), run__region=region)
    return list(
        rows.select_related("run").defer("run__quantities").order_by("run__period", "measure", *DIMENSIONS)
    )
