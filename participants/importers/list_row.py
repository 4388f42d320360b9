"""One row of a list: its cells, by what they hold."""

from collections.abc import Mapping
from typing import NamedTuple

from participants.importers.header import Field, Header
from participants.importers.standing import SaidOfPerson
from participants.importers.workbook import Cell


class ListRow(NamedTuple):
    """One person as the sheet has it; `number` is the row Excel shows, `header` names the columns.

    `table` tells tables of one sheet apart; `remarks` are cells beside those that were understood;
    `numbered` says whether any cell looks like a NIK; `further` are cells of columns that bear a title again;
    `is_shifted` that a text file gives the row another number of cells than it has columns; `heading` is what
    the title above the row or the name of the sheet says of its people.
    """

    sheet: str
    number: int
    header: Header
    cells: Mapping[Field, Cell]
    texts: dict[Field, str]
    table: int = 0
    remarks: tuple[str, ...] = ()
    numbered: bool = True
    further: Mapping[Field, tuple[Cell, ...]] = {}
    is_shifted: bool = False
    heading: SaidOfPerson | None = None

    def text(self, field: Field) -> str:
        """The cell as one line of text; an empty string where there is none."""
        return self.texts.get(field, "")

    def column(self, field: Field) -> str:
        index = self.header.columns.get(field)
        return "" if index is None else column_letter(index)


def row_of(sheet: str, number: int, header: Header, cells: Mapping[Field, Cell]) -> ListRow:
    return ListRow(sheet, number, header, cells, texts_of(cells))


def texts_of(cells: Mapping[Field, Cell]) -> dict[Field, str]:
    return {
        field: " ".join(cell.split()) if isinstance(cell, str) else text_of_cell(cell)
        for field, cell in cells.items()
    }


def table_name(sheet: str, table: int) -> str:
    """How the columns of a table are filed: under its sheet, further tables with their number."""
    return sheet if table == 0 else f"{sheet} · {table + 1}"


def column_letter(index: int) -> str:
    """0 → `A`, 26 → `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def without_nik(row: ListRow) -> ListRow:
    """A row whose NIK belongs to the person above it."""
    cells = {**row.cells, Field.NIK: ""}
    return row._replace(cells=cells, texts={**row.texts, Field.NIK: ""})


def text_of_cell(cell: object) -> str:
    if not isinstance(cell, str):
        cell = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    # Without an argument every kind of blank separates, the unbreakable too.
    return " ".join(cell.split())
