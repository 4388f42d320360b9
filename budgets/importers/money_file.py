"""From a file of money to its rows, read as lists of persons are: by their titles, whatever stands above."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from budgets.importers.money_cells import is_blank, text_of
from participants.importers.closing_rows import is_numbering, is_total
from participants.importers.header import Header
from participants.importers.refusal import ListRefused
from participants.importers.titles import LOOKED_AT, find_header
from participants.importers.workbook import Cell, NumberedRow, Sheet, open_workbook

MOST_ROWS = 5_000
_AT_ONCE = 500
# A title of a column, a total and a signature say less of a row than this many cells.
_LEAST_CELLS = 2


@dataclass(frozen=True)
class Layout:
    """What to look for: titles → field; groups of fields of which one is needed; names of fields.

    A row that is empty in all of `amounts` counts only when it says enough otherwise.
    """

    labels: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]
    amounts: frozenset[str]
    names: Mapping[str, str]


class FileRow(NamedTuple):
    """The cells of a row by field; `number` is the row Excel shows."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]


def send_rows(layout: Layout, path: Path, name: str, connection: Connection) -> None:
    """For the reading process: first the columns of each sheet, then its rows, many at once."""
    count, lacking = 0, ""
    for sheet in open_workbook(path, name):
        if sheet.hidden:
            continue
        found = _opened(sheet, layout)
        if found is None:
            continue
        header, rows = found
        missing = [group for group in layout.needed if not any(one in header.columns for one in group)]
        if missing:
            lacking = lacking or _lacking(layout, sheet, missing)
            continue
        connection.send({sheet.name[:60]: _columns(header)})
        data = (row for row in map(partial(_row, sheet.name[:60], header), rows) if _is_data(row, layout))
        while chunk := list(islice(data, _AT_ONCE)):
            count += len(chunk)
            if count > MOST_ROWS:
                raise ListRefused(
                    _("Berkas lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": MOST_ROWS}
                )
            connection.send(chunk)
    if not count:
        nothing = _("Tidak ada baris berisi uang di berkas ini. Pakai templat sebagai contoh.")
        raise ListRefused(lacking or nothing)


def _opened(sheet: Sheet, layout: Layout) -> tuple[Header, Iterator[NumberedRow]] | None:
    rows = sheet.read()
    first = list(islice(rows, LOOKED_AT))
    header = find_header(first, fields=layout.labels)
    if header is None:
        return None
    below = chain((row for row in first if row[0] > header.last_row), rows)
    return header, (row for row in below if not is_numbering(row[1]))


def _row(sheet: str, header: Header, row: NumberedRow) -> FileRow | None:
    number, cells = row
    named: dict[Any, int] = dict(header.columns)
    told = {str(field): cells[index] for field, index in named.items() if index < len(cells)}
    told = {field: cell for field, cell in told.items() if not is_blank(cell)}
    if is_total(cells) or _repeats_titles(header, told):
        return None
    return FileRow(sheet, number, told)


def _repeats_titles(header: Header, told: Mapping[str, Cell]) -> bool:
    titles: dict[Any, str] = dict(header.titles)
    return bool(told) and all(text_of(cell) == titles[field] for field, cell in told.items())


def _is_data(row: FileRow | None, layout: Layout) -> bool:
    if row is None or not row.cells:
        return False
    if any(field in layout.amounts for field in row.cells):
        return True
    said = [text_of(cell) for field, cell in row.cells.items() if field not in {"order", "note"}]
    return len(said) > _LEAST_CELLS and any(any(map(str.isdigit, text)) for text in said)


def _columns(header: Header) -> list[tuple[str, int, str]]:
    titles: dict[Any, str] = dict(header.titles)
    found = [(str(field), index, titles[field]) for field, index in header.columns.items()]
    found += [("", index, title) for index, title in header.others.items()]
    return sorted(found, key=lambda column: column[1])


def _lacking(layout: Layout, sheet: Sheet, missing: list[tuple[str, ...]]) -> str:
    words = [" / ".join(f'"{_(layout.names[one])}"' for one in group) for group in missing]
    return _(
        'Lembar "%(sheet)s" tidak punya kolom %(missing)s. Beri judul kolom itu seperti di templat, lalu '
        "kirim lagi."
    ) % {"sheet": sheet.name[:60], "missing": ", ".join(words)}
