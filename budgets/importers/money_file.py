"""From a file of money to its rows, read as lists of persons are: by their titles, whatever stands above."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from budgets.importers.money_cells import is_blank, text_of
from budgets.importers.money_row import FileRow, chosen_columns, is_number, settled
from participants.importers.closing_rows import is_numbering, is_total
from participants.importers.header import Header
from participants.importers.ledger import NikLedger
from participants.importers.list_row import table_name
from participants.importers.merged import Spread, SpreadNumber
from participants.importers.refusal import ListRefused
from participants.importers.tables import SheetTable, TableKind, Tables
from participants.importers.unpacked import open_sheets
from participants.importers.workbook import Cell, Sheet

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
    # Fields that count something: what they say of merged cells they say once.
    counted: frozenset[str] = frozenset()
    # Fields one of which every row names, with something beside it; none where amounts decide.
    subjects: frozenset[str] = frozenset()


def send_rows(layout: Layout, path: Path, name: str, connection: Connection) -> None:
    """For the reading process: first the columns of each table, then its rows, many at once; last the account
    of numbers like a NIK, which no file of money is read for.

    A sheet without titles is read like the one before it; what does not fit is refused row by row.
    """
    count, lacking = 0, ""
    before: list[SheetTable] = []
    ledger = NikLedger()
    for sheet in open_sheets(path, name):
        ledger.hidden_rows += sheet.hidden_rows
        if sheet.hidden:
            ledger.leave_sheet(sheet.name, sheet.read())
            continue
        tables, own, most = Tables(_kind(layout)), NikLedger(), MOST_ROWS + 1 - count
        rows = list(islice(_rows(sheet, layout, tables, [], own), most))
        if not rows and not tables.found and not tables.best and before:
            tables, own = Tables(_kind(layout)), NikLedger()
            rows = list(islice(_rows(sheet, layout, tables, before[-1:], own), most))
        if not tables.found and tables.best:
            lacking = lacking or _lacking(layout, sheet, _missing(layout, tables.best[0]))
        count += len(rows)
        if count > MOST_ROWS:
            raise ListRefused(
                _("Berkas lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": MOST_ROWS}
            )
        if rows:
            _send(sheet, tables.found, rows, connection)
        ledger.take(own)
        before = tables.found or before
    connection.send(ledger)
    if not count:
        nothing = _("Tidak ada baris isian di berkas ini. Pakai templat sebagai contoh.")
        raise ListRefused(lacking or nothing)


def _send(sheet: Sheet, tables: Sequence[SheetTable], rows: list[FileRow], connection: Connection) -> None:
    """The columns of each table, then its rows, each from the column that is meant."""
    by_table: dict[str, list[FileRow]] = {}
    for row in rows:
        by_table.setdefault(row.sheet, []).append(row)
    headers = {_name(sheet, table): table.header for table in tables}
    chosen = {name: chosen_columns(by_table.get(name, [])) for name in headers}
    connection.send({name: _columns(header, chosen[name]) for name, header in headers.items()})
    titles = {name: _titles_of_rivals(header) for name, header in headers.items()}
    settled_rows = chain.from_iterable(
        settled(of_one, chosen[name], titles[name]) for name, of_one in by_table.items()
    )
    while chunk := list(islice(settled_rows, _AT_ONCE)):
        connection.send(chunk)


def _titles_of_rivals(header: Header) -> dict[str, tuple[str, ...]]:
    titles: dict[Any, str] = dict(header.titles)
    return {
        str(field): (titles[field], *(header.titles_again[index] for index in again))
        for field, again in header.again.items()
    }


def _kind(layout: Layout) -> TableKind:
    return TableKind(
        known=layout.labels,
        is_complete=lambda header: not _missing(layout, header),
    )


def _missing(layout: Layout, header: Header) -> list[tuple[str, ...]]:
    return [group for group in layout.needed if not any(one in header.columns for one in group)]


def _name(sheet: Sheet, table: SheetTable) -> str:
    return table_name(sheet.name[:50], table.order)


def _rows(
    sheet: Sheet, layout: Layout, tables: Tables, inherited: Sequence[SheetTable], ledger: NikLedger
) -> Iterator[FileRow]:
    for placed, (number, cells), _sure in tables.split(sheet.read(), inherited):
        ledger.leave_unread(sheet.name, number, cells, [table.header for table in placed])
        for table in placed:
            row = _row(_name(sheet, table), table.header, layout, number, cells)
            if _is_data(row, layout):
                yield row


def _row(sheet: str, header: Header, layout: Layout, number: int, cells: list[Cell]) -> FileRow:
    named: dict[Any, int] = dict(header.columns)
    told = {str(field): cells[index] for field, index in named.items() if index < len(cells)}
    told = {field: cell for field, cell in told.items() if not is_blank(cell)}
    if is_total(cells) or is_numbering(cells) or _repeats_titles(header, told):
        return FileRow(sheet, number, {})
    # A sum in merged cells stands once, whatever the number of rows beside it.
    told = {field: cell for field, cell in told.items() if field not in layout.counted or _is_own(cell)}
    rivals = _rivals(header, layout, cells) if header.again else {}
    for field, several in rivals.items():
        first = next((cell for cell in several if is_number(cell)), None)
        if first is not None:
            told.setdefault(field, first)
    return FileRow(sheet, number, told, rivals)


def _is_own(cell: Cell) -> bool:
    return not isinstance(cell, Spread | SpreadNumber)


def _rivals(header: Header, layout: Layout, cells: list[Cell]) -> dict[str, tuple[Cell, ...]]:
    """The cells of columns that could be the same number."""
    found = {}
    for field in header.again:
        if str(field) in layout.counted:
            own = (cells[index] if index < len(cells) else "" for index in header.all_of(field))
            found[str(field)] = tuple(cell if _is_own(cell) else "" for cell in own)
    return found


def _repeats_titles(header: Header, told: Mapping[str, Cell]) -> bool:
    titles: dict[Any, str] = dict(header.titles)
    return bool(told) and all(text_of(cell) == titles[field] for field, cell in told.items())


def _is_data(row: FileRow, layout: Layout) -> bool:
    if not row.cells:
        return False
    if layout.subjects:
        return bool(layout.subjects & row.cells.keys()) and len(row.cells.keys() - {"order"}) > 1
    if any(field in layout.amounts for field in row.cells):
        # A title of a section may stand in any column.
        return len(row.cells) > 1 or any(map(str.isdigit, text_of(next(iter(row.cells.values())))))
    said = [text_of(cell) for field, cell in row.cells.items() if field not in {"order", "note"}]
    return len(said) > _LEAST_CELLS and any(any(map(str.isdigit, text)) for text in said)


def _columns(header: Header, chosen: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Field, place and title of each column; of several for one field that which is meant."""
    named: dict[Any, int] = dict(header.columns)
    titles: dict[int, str] = {index: header.titles[field] for field, index in header.columns.items()}
    titles |= header.titles_again
    found = []
    for field, first in named.items():
        index = header.all_of(field)[chosen[field]] if str(field) in chosen else first
        found.append((str(field), index, titles[index]))
    found += [("", index, title) for index, title in header.others.items()]
    return sorted(found, key=lambda column: column[1])


def _lacking(layout: Layout, sheet: Sheet, missing: list[tuple[str, ...]]) -> str:
    words = [" / ".join(f'"{_(layout.names[one])}"' for one in group) for group in missing]
    return _(
        'Lembar "%(sheet)s" tidak memiliki kolom %(missing)s. Beri judul kolom itu seperti di templat, lalu '
        "kirim lagi."
    ) % {"sheet": sheet.name[:60], "missing": ", ".join(words)}
