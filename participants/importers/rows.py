"""From the cells of a sheet to the rows that speak of persons."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from participants.importers.header import LOOKED_AT, Field, Header, find_header, label_of
from participants.importers.refusal import ListRefused, SheetWithoutNik
from participants.importers.workbook import Cell, NumberedRow, Sheet

MOST_ROWS = 250_000
# A list ends here and signatures follow; a row with a NIK is a person all the same.
_TOTAL = re.compile(r"(sub ?total|grand total|total|jumlah|jml|rekapitulasi)\b")
_CLOSING = re.compile(
    r"(mengetahui|menyetujui|kepala|camat|lurah|sekretaris|ditetapkan|catatan|keterangan|nip)\b"
)
_LONG_NUMBER = re.compile(r"\d{12}")
_DIGIT = re.compile(r"\d")
_WEAK = {Field.ORDER, Field.NAME, Field.NOTE}


class ListRow(NamedTuple):
    """One person as the sheet has it; `number` is the row Excel shows, `header` names the columns."""

    sheet: str
    number: int
    header: Header
    cells: Mapping[Field, Cell]
    texts: Mapping[Field, str]

    def text(self, field: Field) -> str:
        """The cell as one line of text; an empty string where there is none."""
        return self.texts.get(field, "")

    def column(self, field: Field) -> str:
        index = self.header.columns.get(field)
        return "" if index is None else column_letter(index)


def row_of(sheet: str, number: int, header: Header, cells: Mapping[Field, Cell]) -> ListRow:
    texts = {
        field: " ".join(cell.split()) if isinstance(cell, str) else _text(cell)
        for field, cell in cells.items()
    }
    return ListRow(sheet, number, header, cells, texts)


def column_letter(index: int) -> str:
    """0 → `A`, 26 → `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheet(sheet: Sheet, synonyms: Mapping[str, Field] | None = None) -> Iterator[ListRow]:
    """The persons of one sheet in order; nothing where no header is found.

    Raises SheetWithoutNik where a header is there but none of its columns is the NIK.
    """
    rows = sheet.read()
    first = list(islice(rows, LOOKED_AT))
    header = find_header(first, synonyms)
    if header is None:
        return
    if Field.NIK not in header.columns:
        raise SheetWithoutNik(
            _('Lembar "%(sheet)s" tidak punya kolom NIK. Tambahkan kolom berjudul "NIK", lalu kirim lagi.')
            % {"sheet": sheet.name[:60]},
            sheet.name[:60],
            {header.columns[field]: title for field, title in header.titles.items()} | dict(header.others),
        )
    rest = [row for row in first if row[0] > header.last_row]
    yield from _persons(sheet.name, header, _chain(rest, rows))


def _chain(first: list[NumberedRow], rest: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    yield from first
    yield from rest


def _persons(sheet: str, header: Header, rows: Iterator[NumberedRow]) -> Iterator[ListRow]:
    """Rows that may be signatures wait: they are persons only when a sure person follows them."""
    waiting: list[ListRow] = []
    count = 0
    title = label_of(header.titles[Field.NIK])
    for number, cells in rows:
        if is_total(cells) or is_numbering(cells):
            continue
        row = row_of(sheet, number, header, _named(header, cells))
        nik = row.texts.get(Field.NIK, "")
        if not _LONG_NUMBER.search(nik) and (not _speaks_of_a_person(row) or label_of(nik) == title):
            continue
        if not _LONG_NUMBER.match(nik) and _may_be_signature(row):
            waiting.append(row)
            continue
        yield from (early for early in waiting if not _closes(early))
        waiting = []
        yield row
        count += 1
        if count > MOST_ROWS:
            raise ListRefused(
                _("Daftar lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": MOST_ROWS}
            )


def _named(header: Header, cells: list[Cell]) -> dict[Field, Cell]:
    return {field: cells[index] for field, index in header.columns.items() if index < len(cells)}


def is_total(cells: list[Cell]) -> bool:
    """The line of a sum under a list; one with a long number is a row all the same."""
    first = cells[0]
    if not isinstance(first, str) or not first.strip():
        first = next((cell for cell in cells if cell != "" and _text(cell)), "")
    if not isinstance(first, str) or not _TOTAL.match(first.strip(" :.").lower()):
        return False
    return not any(isinstance(cell, str) and _LONG_NUMBER.search(cell) for cell in cells)


def is_numbering(cells: list[Cell]) -> bool:
    """The line `1 2 3 4 …` under a header."""
    first = cells[0] if cells[0] != "" else next((cell for cell in cells if cell != ""), "")
    if first != 1 and _text(first).strip("()") != "1":
        return False
    texts = [text.strip("()") for cell in cells if (text := _text(cell))]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _speaks_of_a_person(row: ListRow) -> bool:
    """A NIK or a name makes a person; numbered but empty lines of a template do not."""
    return bool(row.text(Field.NIK) or row.text(Field.NAME))


def _may_be_signature(row: ListRow) -> bool:
    nik = row.text(Field.NIK)
    if _DIGIT.search(nik) and not _closes(row):
        return False
    if nik and not _DIGIT.search(nik) and not row.text(Field.NAME):
        return True
    if row.text(Field.ORDER).rstrip(".").isdigit() and row.text(Field.NAME):
        return _closes(row)
    others = [field for field in row.cells if field not in _WEAK and field != Field.NIK and row.text(field)]
    return not others or _closes(row)


def _closes(row: ListRow) -> bool:
    if sum(map(str.isdigit, row.text(Field.NIK))) >= 10:
        return False
    return any(_CLOSING.match(row.text(field).lower()) for field in (Field.NAME, Field.NIK, Field.ORDER))


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        cell = str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)
    # Without an argument every kind of blank separates, the unbreakable too.
    return " ".join(cell.split())
