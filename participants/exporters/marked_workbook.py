"""The workbook that was sent, given back with its bad cells marked and the reason beside each row."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from participants.importers.faults import sentence_of
from participants.importers.unpacked import open_sheets
from participants.importers.workbook import Cell, NumberedRow, Sheet
from regions.personal_numbers import masked_numbers

# What Excel takes; longer names and these signs come from text files.
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
# Indices of the bad columns, one or several or none; and what is wrong.
Mark = tuple[int | Collection[int] | None, list[str]]
# Sheet → number of the row → its mark.
Marks = Mapping[str, Mapping[int, Mark]]
NO_COLUMNS: Mapping[str, Collection[int]] = {}
# The most a printed header of a worksheet takes.
_HEADER = 255
# Shorter numbers are nobody's.
_LONG = 10**8


@dataclass(frozen=True)
class Guard:
    """What stays readable: `mask` is put on every cell but the `opened` ones (None: a whole row).

    The watermark stands on every printed page and under every sheet.
    """

    mask: Callable[[str], str] = masked_numbers
    opened: Mapping[str, Mapping[int, Collection[int] | None]] = field(default_factory=dict)
    watermark: str = ""

    def shown(self, sheet: Sheet, number: int, cells: Sequence[Cell]) -> list[Cell]:
        opened = self.opened.get(sheet.name[:60], {}).get(number, ())
        if opened is None:
            return list(cells)
        return [cell if index in opened else self._masked(cell) for index, cell in enumerate(cells)]

    def _masked(self, cell: Cell) -> Cell:
        if isinstance(cell, str):
            return self.mask(cell)
        if isinstance(cell, bool) or not isinstance(cell, int | float) or abs(cell) < _LONG:
            return cell
        text = str(int(cell))
        masked = self.mask(text)
        return cell if masked == text else masked


PLAIN = Guard()


def write_marked_workbook(
    file_name: str,
    path: Path,
    marks: Marks,
    *,
    words: Callable[[str], str] = sentence_of,
    left_out: Mapping[str, Collection[int]] = NO_COLUMNS,
    guard: Guard = PLAIN,
) -> bytes:
    """All sheets with their cells where they were, as values: no formula of the file lives on.

    `words` turns a reason into a sentence; `left_out` names columns of a sheet that stay empty.
    """
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False})
    formats = {
        "bad": book.add_format({"bg_color": "#F7C9C4", "num_format": "@"}),
        "bad_number": book.add_format({"bg_color": "#F7C9C4", "num_format": "0"}),
        "number": book.add_format({"num_format": "0"}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "bad_date": book.add_format({"bg_color": "#F7C9C4", "num_format": "dd/mm/yyyy"}),
        "reason": book.add_format({"bold": True}),
    }
    taken: set[str] = set()
    for sheet in open_sheets(path, Path(file_name).stem):
        target = book.add_worksheet(_sheet_name(sheet.name, taken))
        if sheet.hidden and len(taken) > 1:
            target.hide()
        own = {number: (bad, list(map(words, why))) for number, (bad, why) in _of(marks, sheet).items()}
        _write_sheet(target, _without(sheet, left_out.get(sheet.name[:60], ())), own, formats, guard)
    book.close()
    return output.getvalue()


def _of(marks: Marks, sheet: Sheet) -> Mapping[int, Mark]:
    return marks.get(sheet.name[:60], {})


def _without(sheet: Sheet, columns: Collection[int]) -> Sheet:
    """The sheet, these columns empty."""
    if not columns:
        return sheet

    def read() -> Iterator[NumberedRow]:
        for number, cells in sheet.read():
            yield number, ["" if index in columns else cell for index, cell in enumerate(cells)]

    return replace(sheet, read=read)


def _sheet_name(name: str, taken: set[str]) -> str:
    base = name.translate(_FORBIDDEN).strip()[:28] or "Lembar"
    found, number = base, 1
    while found.lower() in taken:
        number += 1
        found = f"{base} {number}"
    taken.add(found.lower())
    return found


def _write_sheet(
    target: Any, sheet: Sheet, marks: Mapping[int, Mark], formats: dict[str, Any], guard: Guard
) -> None:
    target.set_column(0, 30, 18)
    widest = last = 0
    for number, sent in sheet.read():
        cells, last = guard.shown(sheet, number, sent), number
        widest = max(widest, len(cells))
        marked, reasons = marks.get(number, (None, []))
        bad = {marked} if isinstance(marked, int) else set(marked or ())
        for index, cell in enumerate(cells):
            _write(target, number - 1, index, cell, formats, index in bad)
        if reasons:
            text = f"{_('Perlu diperbaiki:')} {' '.join(reasons)}"
            target.write_string(number - 1, widest, text[:32_000], formats["reason"])
    if guard.watermark:
        printed = f"&L{guard.watermark.replace('&', '&&')}"[:_HEADER]
        target.set_header(printed)
        target.set_footer(printed)
        target.write_string(last + 1, 0, guard.watermark, formats["reason"])


def _write(target: Any, row: int, index: int, cell: Cell, formats: dict[str, Any], is_bad: bool) -> None:
    if cell == "" and not is_bad:
        return
    if isinstance(cell, datetime | date):
        target.write_datetime(row, index, cell, formats["bad_date" if is_bad else "date"])
    elif isinstance(cell, bool):
        target.write_boolean(row, index, cell)
    elif isinstance(cell, int | float):
        whole = float(cell).is_integer()
        style = formats["bad_number"] if is_bad else formats["number"] if whole else None
        target.write_number(row, index, cell, style)
    elif isinstance(cell, time | timedelta):
        target.write_string(row, index, str(cell))
    else:
        target.write_string(row, index, str(cell)[:32_000], formats["bad"] if is_bad else None)
