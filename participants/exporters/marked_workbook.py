"""The workbook that was sent, given back with its bad cells marked and the reason beside each row."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from participants.importers.faults import reason_sentences
from participants.importers.workbook import Cell, Sheet, open_workbook

# What Excel takes; longer names and these signs come from text files.
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
# Sheet → number of the row → (index of the bad column or None, reasons).
Marks = Mapping[str, Mapping[int, tuple[int | None, list[str]]]]


def write_marked_workbook(file_name: str, path: Path, marks: Marks) -> bytes:
    """All sheets with their cells where they were, as values: no formula of the file lives on."""
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
    for sheet in open_workbook(path, Path(file_name).stem):
        target = book.add_worksheet(_sheet_name(sheet.name, taken))
        if sheet.hidden and len(taken) > 1:
            target.hide()
        _write_sheet(target, sheet, marks.get(sheet.name[:60], {}), formats)
    book.close()
    return output.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    base = name.translate(_FORBIDDEN).strip()[:28] or "Lembar"
    found, number = base, 1
    while found.lower() in taken:
        number += 1
        found = f"{base} {number}"
    taken.add(found.lower())
    return found


def _write_sheet(
    target: Any, sheet: Sheet, marks: Mapping[int, tuple[int | None, list[str]]], formats: dict[str, Any]
) -> None:
    target.set_column(0, 30, 18)
    widest = 0
    for number, cells in sheet.read():
        widest = max(widest, len(cells))
        column, reasons = marks.get(number, (None, []))
        for index, cell in enumerate(cells):
            _write(target, number - 1, index, cell, formats, index == column)
        if reasons:
            words = " ".join(part for reason in reasons for part in reason_sentences(reason))
            text = f"{_('Perlu diperbaiki:')} {words}"
            target.write_string(number - 1, widest, text, formats["reason"])


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
