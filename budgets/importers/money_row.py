"""One row of a file of money, and which of several columns is meant that could be the same field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from budgets.importers.money_cells import CellRefused, is_blank, rupiah_of, text_of
from participants.importers.workbook import Cell

_NUMBER = re.compile(r"\(?\s*(?:rp\.?|idr)?\s*-?\d[\d.,\s]*-?\s*\)?|nihil", re.IGNORECASE)


class FileRow(NamedTuple):
    """The cells of a row by field; `number` is the row Excel shows.

    `rivals` are the cells of all columns that could be a field, in their order; blank where a row is silent.
    `disagreeing` are titles of such columns that hold different numbers.
    """

    sheet: str
    number: int
    cells: Mapping[str, Cell]
    rivals: Mapping[str, tuple[Cell, ...]] = {}
    disagreeing: Mapping[str, tuple[str, ...]] = {}


def is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not is_blank(cell) and _NUMBER.fullmatch(cell.strip(" '")) is not None
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def chosen_columns(rows: Sequence[FileRow]) -> dict[str, int]:
    """Field → which of its columns is meant, of rows of one table: the one that has most numbers."""
    counts: dict[str, list[int]] = {}
    for row in rows:
        for field, cells in row.rivals.items():
            count = counts.setdefault(field, [0] * len(cells))
            for place, cell in enumerate(cells):
                count[place] += is_number(cell)
    return {field: count.index(max(count)) for field, count in counts.items()}


def settled(
    rows: Sequence[FileRow], chosen: Mapping[str, int], titles: Mapping[str, Sequence[str]]
) -> Iterator[FileRow]:
    """The rows with the cells of the chosen columns; where these are silent, with the first number."""
    for row in rows:
        if not row.rivals:
            yield row
            continue
        cells = {field: cell for field, cell in row.cells.items() if field not in row.rivals}
        disagreeing = {}
        for field, rivals in row.rivals.items():
            numbers = [place for place, cell in enumerate(rivals) if is_number(cell)]
            meant = rivals[chosen[field]]
            if is_blank(meant) and numbers:
                meant = rivals[numbers[0]]
            if not is_blank(meant):
                cells[field] = meant
            if len({_plain(rivals[place]) for place in numbers}) > 1:
                disagreeing[field] = tuple(titles[field][place] for place in numbers)
        yield FileRow(row.sheet, row.number, cells, {}, disagreeing)


def _plain(cell: Cell) -> int | str:
    try:
        return rupiah_of(cell, comma_groups=True)
    except CellRefused:
        return text_of(cell)
