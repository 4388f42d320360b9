"""What a board says in the sentences of the monitoring report, so that page and report never differ."""

from collections.abc import Iterable

from regions.month import iso_month
from reports.models import MeasureValue
from reports.pack import narrative
from reports.pack.content import Kind, Number
from reports.pack.figure_book import FigureBook, Key, StoredValue
from reports.pack.period import Period, PeriodKind
from reports.pack.place import PackPlace
from reports.selectors.boards.board import Board


def sentences_of(board: Board) -> list[str]:
    """Coverage and its change, targets, people paid for, budget, contributions and claims."""
    period = Period(PeriodKind.MONTH, board.period)
    book = FigureBook(
        {
            (board.region.code, iso_month(board.period)): _stored(
                value for values in board.values.values() for value in values
            ),
            (board.region.code, iso_month(period.before)): _stored(
                [board.previous] if board.previous is not None else []
            ),
        },
        {},
    )
    place = PackPlace(board.region.code, board.region.full_label, period, book)
    percents = [
        (row.target.frame, row.target.year, Number(row.target.percent, Kind.PERCENT))
        for row in board.targets
        if not row.is_comparison
    ]
    return [sentence.text for sentence in narrative.of_place(place, percents)]


def _stored(values: Iterable[MeasureValue]) -> dict[Key, StoredValue]:
    return {_key(value): _told(value) for value in values}


def _key(value: MeasureValue) -> Key:
    return (value.measure, value.segment, value.category, value.funding, value.target, value.variant)


def _told(value: MeasureValue) -> StoredValue:
    return StoredValue(
        numerator=value.numerator,
        denominator=value.denominator,
        rate=value.rate,
        reported=value.reported,
        expected=value.expected,
        definition=value.definition,
        grade=value.grade,
        missing=value.missing,
        partial=value.partial or 0,
    )
