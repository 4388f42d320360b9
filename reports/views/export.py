from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from regions.access import get_region
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.csv_file import csv_file
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.boards.board import Board, get_board
from reports.selectors.boards.rank import RankRow
from reports.selectors.value import DIMENSIONS
from reports.views.requests import per_of, period_of

# One column for each of the dimensions, in their order.
DIMENSION_COLUMNS = ("segmen", "kategori", "sumber_dana", "dasar_target", "rincian")
VALUE_HEADER = [
    "kode_wilayah",
    "wilayah",
    "periode",
    "ukuran",
    *DIMENSION_COLUMNS,
    "pembilang",
    "penyebut",
    "persen",
    "kelengkapan",
    "belum_dilaporkan",
    "wilayah_belum_utuh",
]


@require_safe
def region_csv(request: SignedInRequest, code: str, table: str) -> HttpResponse:
    """The rows of one table of the board: `tren`, `peringkat`, `antarwilayah` or `angka`."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    board = get_board(request.user, region, period_of(request), per_of(request))
    rows = {"tren": _trend, "peringkat": _rank, "antarwilayah": _below, "angka": _values}[table](board)
    return csv_file(f"{table}-{code}-{iso_month(board.period)}.csv", VALUE_HEADER, rows)


def _trend(board: Board) -> Iterable[list[object]]:
    for value in board.trend:
        yield value_row(board.region.code, board.region.full_label, value.run.period, value)


def _rank(board: Board) -> Iterable[list[object]]:
    for row in board.rank:
        place = [row.region.code, row.region.full_label, iso_month(board.period)]
        yield [
            *place,
            MeasureCode.COVERAGE,
            *[""] * len(DIMENSIONS),
            row.covered,
            row.eligible,
            row.rate,
            *_wholeness(row),
        ]


def _below(board: Board) -> Iterable[list[object]]:
    """Of each region the months that are drawn, and what is missing to its own target."""
    unknown = ["", "", None]
    for row in board.rank:
        place = [row.region.code, row.region.full_label]
        for month in sorted(row.rates):
            rate = f"{row.rates[month]:.2f}".replace(".", ",")
            told = [iso_month(month), MeasureCode.COVERAGE, *[""] * len(DIMENSIONS), None, None, rate]
            yield [*place, *told, *unknown]
        if row.target is not None:
            frames = [row.target.frame if name == "target" else "" for name in DIMENSIONS]
            gap = [iso_month(board.period), MeasureCode.GAP_TO_TARGET, *frames, row.target.gap, None, None]
            yield [*place, *gap, *unknown]


def _values(board: Board) -> Iterable[list[object]]:
    for values in board.values.values():
        for value in values:
            yield value_row(board.region.code, board.region.full_label, board.period, value)


def value_row(code: str, label: str, period: date, value: MeasureValue) -> list[object]:
    return [
        code,
        label,
        iso_month(period),
        value.measure,
        *(getattr(value, name) for name in DIMENSIONS),
        value.numerator,
        value.denominator,
        value.rate,
        *_wholeness(value),
    ]


def _wholeness(value: MeasureValue | RankRow) -> list[object]:
    return [value.grade, value.missing, value.partial or None]
