"""Rows of any number as a workbook: written to disk one by one, on as many sheets as they need."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import xlsxwriter

from regions.practice import current_room, data_warning

# Rows of one sheet without the line of titles; letters of one cell.
SHEET, _CELL = 1_048_575, 32_000


def write_workbook(file: IO[bytes], header: Sequence[object], rows: Iterable[Sequence[object]]) -> None:
    """Numbers stay numbers, all else is text as it stands: whoever calls sees that none of it runs."""
    left = _PeekedRows(iter(rows))
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        while True:
            sheet = book.add_worksheet()
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [str(title) for title in header], bold)
            for place, row in enumerate(islice(left, SHEET), start=1):
                for column, value in enumerate(row):
                    _write_cell(sheet, place, column, value)
            if left.is_done:
                break
        add_practice_sheet(book)


def add_practice_sheet(book: xlsxwriter.Workbook) -> None:
    """Of a practice room: a last sheet that says so, on a red tab that is seen from all others."""
    if current_room() is not None:
        sheet = book.add_worksheet("LATIHAN")
        sheet.set_tab_color("#B3261E")
        sheet.write_string(0, 0, data_warning())


class _PeekedRows:
    """Knows whether anything is left before it is asked for."""

    def __init__(self, rows: Any) -> None:
        self._rows, self._next = rows, next(rows, None)

    @property
    def is_done(self) -> bool:
        return self._next is None

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        if self._next is None:
            raise StopIteration
        row, self._next = self._next, next(self._rows, None)
        return row


def _write_cell(sheet: Any, place: int, column: int, value: object) -> None:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(place, column, float(value))
    elif value not in ("", None):
        sheet.write_string(place, column, str(value)[:_CELL])
