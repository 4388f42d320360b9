"""The workbook that was sent, given back with its bad cells marked and the reason beside each row."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from participants.importers.faults import sentence_of
from participants.importers.unpacked import open_sheets
from participants.importers.workbook import Cell, NumberedRow, Sheet

# What Excel takes; longer names and these signs come from text files.
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
# Indices of the bad columns, one or several or none; and what is wrong.
Mark = tuple[int | Collection[int] | None, list[str]]
# Sheet → number of the row → its mark.
Marks = Mapping[str, Mapping[int, Mark]]
NO_COLUMNS: Mapping[str, Collection[int]] = {}


def write_marked_workbook(
    file_name: str,
    path: Path,
    marks: Marks,
    *,
    words: Callable[[str], str] = sentence_of,
    left_out: Mapping[str, Collection[int]] = NO_COLUMNS,
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
        _write_sheet(target, _without(sheet, left_out.get(sheet.name[:60], ())), own, formats)
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


def _write_sheet(target: Any, sheet: Sheet, marks: Mapping[int, Mark], formats: dict[str, Any]) -> None:
    target.set_column(0, 30, 18)
    widest = 0
    for number, cells in sheet.read():
        widest = max(widest, len(cells))
        marked, reasons = marks.get(number, (None, []))
        bad = {marked} if isinstance(marked, int) else set(marked or ())
        for index, cell in enumerate(cells):
            _write(target, number - 1, index, cell, formats, index in bad)
        if reasons:
            text = f"{_('Perlu diperbaiki:')} {' '.join(reasons)}"
            target.write_string(number - 1, widest, text[:32_000], formats["reason"])


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
