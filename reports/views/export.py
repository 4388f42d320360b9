import csv
import re
from collections.abc import Iterable
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from regions.access import get_region
from regions.month import iso_month
from regions.plain_characters import plain_text
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue
from reports.selectors.boards.board import Board, get_board
from reports.selectors.boards.rank import RankRow
from reports.views.requests import period_of

_HEADER = [
    "kode_wilayah",
    "wilayah",
    "periode",
    "ukuran",
    "rincian",
    "pembilang",
    "penyebut",
    "persen",
    "kelengkapan",
    "belum_dilaporkan",
    "wilayah_belum_utuh",
]
_LIVE = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-?\d+(,\d+)?")


@require_safe
def region_csv(request: SignedInRequest, code: str, table: str) -> HttpResponse:
    """The rows of one table of the board: `tren`, `peringkat` or `angka`."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    board = get_board(request.user, region, period_of(request))
    rows = {"tren": _trend, "peringkat": _rank, "angka": _values}[table](board)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{table}-{code}-{iso_month(board.period)}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Excel here reads a semicolon as the separator and needs the mark to see UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(_HEADER)
    writer.writerows([[_dead(cell) for cell in row] for row in rows])
    return response


def _dead(cell: object) -> object:
    """Text that a spreadsheet would run is written so that it stays text; numbers stay numbers."""
    cell = plain_text(cell) if isinstance(cell, str) else cell
    if isinstance(cell, str) and cell.startswith(_LIVE) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return "" if cell is None else cell


def _trend(board: Board) -> Iterable[list[object]]:
    for value in board.trend:
        yield _row(board.region.code, board.region.full_label, value.run.period, value)


def _rank(board: Board) -> Iterable[list[object]]:
    for row in board.rank:
        rate = None if row.rate is None else str(row.rate).replace(".", ",")
        place = [row.region.code, row.region.full_label, iso_month(board.period)]
        yield [*place, MeasureCode.COVERAGE, "", row.covered, row.eligible, rate, *_wholeness(row)]


def _values(board: Board) -> Iterable[list[object]]:
    for values in board.values.values():
        for value in values:
            yield _row(board.region.code, board.region.full_label, board.period, value)


def _row(code: str, label: str, period: date, value: MeasureValue) -> list[object]:
    parts = (value.segment, value.category, value.funding, value.target, value.variant)
    return [
        code,
        label,
        iso_month(period),
        value.measure,
        " ".join(part for part in parts if part),
        value.numerator,
        value.denominator,
        None if value.rate is None else str(value.rate).replace(".", ","),
        *_wholeness(value),
    ]


def _wholeness(value: MeasureValue | RankRow) -> list[object]:
    return [value.grade, value.missing, value.partial or None]
