"""Rows of a table that are no persons: totals, the numbering of columns, signatures."""

import re
from collections.abc import Sequence

from participants.importers.header import Field
from participants.importers.ledger import looks_like_nik
from participants.importers.list_row import ListRow, text_of_cell
from participants.importers.merged import Spread
from participants.importers.workbook import Cell

# A list ends here and signatures follow; a row with a NIK is a person all the same.
_TOTAL = re.compile(r"((sub|grand)[ -]?)?(total|jumlah|jml)\b|rekapitulasi\b|rata[ -]rata\b")
_CLOSING = re.compile(
    r"(mengetahui|menyetujui|kepala|camat|lurah|sekretaris|ditetapkan|catatan|keterangan|nip)\b"
)
# The number of a civil servant who signs.
_SERVANT = re.compile(r"\W*(nip|nrp|nipppk|nip3k)\b", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{12}")
_DIGIT = re.compile(r"\d")
_WEAK = {Field.ORDER, Field.NAME, Field.NOTE}


def is_total(cells: Sequence[Cell]) -> bool:
    """The line of a sum under a list; one with a long number is a row all the same."""
    first = next(
        (cell for cell in cells if cell != "" and not isinstance(cell, Spread) and text_of_cell(cell)), ""
    )
    if not isinstance(first, str) or not _TOTAL.match(first.strip(" :.").lower()):
        return False
    return not any(
        _LONG_NUMBER.search(cell) if isinstance(cell, str) else looks_like_nik(cell) for cell in cells
    )


def is_numbering(cells: Sequence[Cell]) -> bool:
    """The line `1 2 3 4 …` under a header."""
    first = cells[0] if cells[0] != "" else next((cell for cell in cells if cell != ""), "")
    if first != 1 and text_of_cell(first).strip("()") != "1":
        return False
    texts = [text.strip("()") for cell in cells if (text := text_of_cell(cell))]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def speaks_of_a_person(row: ListRow) -> bool:
    return bool(row.text(Field.NIK) or row.text(Field.NAME))


def may_be_signature(row: ListRow) -> bool:
    nik = row.text(Field.NIK)
    if _DIGIT.search(nik) and not closes(row):
        return False
    if nik and not _DIGIT.search(nik) and not row.text(Field.NAME):
        return True
    if row.text(Field.ORDER).rstrip(".").isdigit() and row.text(Field.NAME):
        return closes(row)
    others = [
        known for known, cell in row.cells.items() if known not in _WEAK and known != Field.NIK and _own(cell)
    ]
    return not others or closes(row)


def _own(cell: Cell) -> bool:
    """Whether a row says something itself; what reaches down from a merged cell it does not say."""
    return cell != "" and not isinstance(cell, Spread) and bool(text_of_cell(cell))


def closes(row: ListRow) -> bool:
    if any(_SERVANT.match(row.text(known)) for known in (Field.NIK, Field.NAME)):
        return True
    if sum(map(str.isdigit, row.text(Field.NIK))) >= 10:
        return False
    return any(_CLOSING.match(row.text(known).lower()) for known in (Field.NAME, Field.NIK, Field.ORDER))
