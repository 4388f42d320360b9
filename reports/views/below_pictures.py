"""The regions below one, held against each other: upon one axis, in rows and as small lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from regions.month import iso_month
from reports.drawing.axis import Axis, axis_of
from reports.drawing.small_line import SmallLine, level_of, small_line
from reports.measures.codes import MeasureCode
from reports.selectors.boards.board import Board
from reports.selectors.boards.rank import RankRow, gaps_to_targets, half_of, trend_months, worst_gaps


@dataclass(frozen=True)
class SmallRegion:
    """`level` is the height of its own target, empty where it has none."""

    row: RankRow
    line: SmallLine
    level: str

    @property
    def newest_month(self) -> date | None:
        return max(self.row.rates, default=None)

    @property
    def newest(self) -> Decimal | None:
        return self.row.rates[self.newest_month] if self.newest_month else None


@dataclass(frozen=True)
class GapRow:
    """People who are missing in a region, and where that number explains itself."""

    row: RankRow
    people: int
    url: str


@dataclass(frozen=True)
class BelowPictures:
    """`gaps` are the people missing to targets of their own; where no region has one, the unprotected.

    `half` is how few of the regions make up half of them.
    """

    months: list[date]
    axis: Axis
    small: list[SmallRegion]
    gaps: list[GapRow]
    gap_axis: Axis
    with_target: int
    half: int


def rank_axis(board: Board) -> Axis:
    """Of what the dots of the rank show."""
    targets = [row.target.percent for row in board.rank if row.target is not None]
    return axis_of([*(row.rate for row in board.rank), *(row.year_before for row in board.rank), *targets])


def below_pictures(board: Board) -> BelowPictures:
    months = trend_months(board.period)
    targets = [row.target.percent for row in board.rank if row.target is not None]
    axis = axis_of([*(rate for row in board.rank for rate in row.rates.values()), *targets])
    small = [
        SmallRegion(
            row,
            small_line(row.rates, row.open_months, months, axis),
            level_of(row.target.percent, axis) if row.target else "",
        )
        for row in board.rank
    ]
    gaps = _to_targets(board) if targets else _unprotected(board)
    people = [gap.people for gap in gaps]
    return BelowPictures(months, axis, small, gaps, axis_of(people), len(targets), half_of(people))


def _to_targets(board: Board) -> list[GapRow]:
    return [
        GapRow(row, row.target.gap, f"{_explained(board, row, MeasureCode.GAP_TO_TARGET)}{query}")
        for row in gaps_to_targets(board.rank)
        if row.target is not None
        for query in [f"?target={row.target.frame}{board.per_query}"]
    ]


def _unprotected(board: Board) -> list[GapRow]:
    return [
        GapRow(row, row.gap, f"{_explained(board, row, MeasureCode.UNCOVERED)}{board.only_per}")
        for row in worst_gaps(board.rank, len(board.rank))
        if row.gap is not None
    ]


def _explained(board: Board, row: RankRow, measure: str) -> str:
    return reverse("explanation", args=[row.region.code, iso_month(board.period), measure])
