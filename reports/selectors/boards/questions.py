"""Questions of a meeting with their answers, from the figures of one board."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from regions.enums import Level
from regions.formats import percent, whole
from reports.measures.catalogue import MEASURES
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.boards.board import Board
from reports.selectors.boards.headline import headline_of
from reports.selectors.boards.rank import RankRow, worst_gaps
from reports.value_words import explain_url, value_short, variant_words

_MOST_ROWS = 5


@dataclass(frozen=True)
class AnswerRow:
    """A line of an answer: what, how much, and where it explains itself."""

    label: str
    text: str
    url: str = ""
    share: Decimal | None = None


@dataclass(frozen=True)
class MeetingQuestion:
    """`figure` is the number that everybody must see from the last row of seats."""

    title: str
    answer: tuple[str, ...]
    figure: AnswerRow | None = None
    rows: tuple[AnswerRow, ...] = ()
    has_chart: bool = False


def questions_of(board: Board, explained: str) -> list[MeetingQuestion]:
    """Those that the figures answer; `explained` is the address of a figure with `%s` for its place."""
    headline = headline_of(board)
    ucj = board.coverage
    shown = AnswerRow("UCJ", percent(ucj.rate, 2), explain_url(ucj)) if ucj and ucj.rate is not None else None
    told = [
        MeetingQuestion(_("Berapa pekerja yang terlindungi?"), (headline.claim,), shown),
        MeetingQuestion(_("Apa yang berubah?"), headline.changes, has_chart=board.has_trend),
        *(_of_rank(board, explained) if board.region.level < Level.REGENCY else _of_categories(board)),
        *_of_money(board),
    ]
    return [one for one in told if one.answer or one.rows or one.has_chart]


def _of_rank(board: Board, explained: str) -> Iterator[MeetingQuestion]:
    known = [row for row in board.rank if row.place is not None]
    if len(known) > 1:
        lowest, highest = known[-1], known[0]
        words = _(
            "UCJ terendah terdapat di %(low)s (%(lowest)s), sedangkan yang tertinggi di %(high)s "
            "(%(highest)s)."
        ) % {
            "low": lowest.region.full_label,
            "lowest": percent(lowest.rate, 2),
            "high": highest.region.full_label,
            "highest": percent(highest.rate, 2),
        }
        rows = [_rated(row, explained) for row in reversed(known[-_MOST_ROWS:])]
        yield MeetingQuestion(_("Wilayah mana yang UCJ-nya terendah?"), (words,), rows=tuple(rows))
    gaps = worst_gaps(board.rank, _MOST_ROWS)
    if gaps:
        rows = [AnswerRow(row.region.full_label, whole(row.gap), explained % row.region.code) for row in gaps]
        yield MeetingQuestion(_("Di mana orang yang belum terlindungi paling banyak?"), (), rows=tuple(rows))


def _rated(row: RankRow, explained: str) -> AnswerRow:
    return AnswerRow(row.region.full_label, percent(row.rate, 2), explained % row.region.code, row.rate)


def _of_categories(board: Board) -> Iterator[MeetingQuestion]:
    missed = [row for row in board.category_targets if row.value is not None and row.value.numerator > 0]
    missed.sort(key=lambda row: -(row.value.numerator if row.value else 0))
    if missed:
        rows = [
            AnswerRow(row.name, whole(row.value.numerator if row.value else None), explain_url(row.value))
            for row in missed[:_MOST_ROWS]
        ]
        yield MeetingQuestion(_("Kategori mana yang paling jauh dari targetnya?"), (), rows=tuple(rows))
    payers = board.money_board.payers
    if payers:
        rows = [
            AnswerRow(variant_words(value), percent(value.rate, 2), explain_url(value), value.rate)
            for value in payers[:_MOST_ROWS]
        ]
        yield MeetingQuestion(_("Siapa yang membayar iurannya?"), (), rows=tuple(rows))


def _of_money(board: Board) -> Iterator[MeetingQuestion]:
    codes = (MeasureCode.ALLOCATED, MeasureCode.REALISED, MeasureCode.ABSORPTION)
    if rows := _rows(board.one(code) for code in codes):
        yield MeetingQuestion(_("Berapa anggaran yang sudah terpakai?"), (), rows=rows)
    balance = board.balance
    if balance is not None:
        codes = (MeasureCode.CONTRIBUTIONS, MeasureCode.CLAIMS, MeasureCode.BALANCE)
        words = _("Klaim melebihi iuran.") if balance.numerator < 0 else _("Iuran melebihi klaim.")
        answer = (words,) if balance.numerator else (_("Iuran sama dengan klaim."),)
        yield MeetingQuestion(
            _("Apakah iuran menutup klaim?"), answer, rows=_rows(board.one(code) for code in codes)
        )


def _rows(values: Iterable[MeasureValue | None]) -> tuple[AnswerRow, ...]:
    return tuple(
        AnswerRow(str(MEASURES[value.measure].label), value_short(value), explain_url(value))
        for value in values
        if value is not None
    )
