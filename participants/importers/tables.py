"""Splitting a sheet into its tables: one below another, blocks side by side, each under its own titles."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from participants.importers.header import Header
from participants.importers.titles import LOOKED_AT, headers_at, may_hold_titles, worth
from participants.importers.workbook import Cell, NumberedRow

# What a row has to name to end a table without beginning another.
_LEAST_TITLES = 3


@dataclass(frozen=True, eq=False)
class SheetTable:
    """Columns under one header; `order` tells the tables of a sheet apart, from 0."""

    header: Header
    order: int


@dataclass(frozen=True)
class TableKind:
    """What tables to look for: their titles; whether a header has what is needed; whether a row is surely
    one of a table, so that it need not be looked at for titles."""

    known: Mapping[str, Any]
    is_complete: Callable[[Header], bool]
    is_surely_data: Callable[[Sequence[Cell], Header], bool] = field(default=lambda _cells, _header: False)


# A row with the tables it belongs to: several for blocks side by side, none above and between tables; and
# whether it is surely a row of the first of them.
Placed = tuple[tuple[SheetTable, ...], NumberedRow, bool]


@dataclass
class Tables:
    """The tables of one sheet; `best` is the header that came nearest where none was complete."""

    kind: TableKind
    found: list[SheetTable] = field(default_factory=list)
    best: list[Header] = field(default_factory=list)

    def split(self, rows: Iterator[NumberedRow], inherited: Sequence[SheetTable] = ()) -> Iterator[Placed]:
        """Every row of the sheet. `inherited` are tables of another, for one that goes on without titles."""
        ahead, looked = _Ahead(rows), 0
        current: tuple[SheetTable, ...] = tuple(self._known(table.header) for table in inherited)
        while (row := ahead.take()) is not None:
            cells = row[1]
            if current and (sure := self._sure(cells, current)) is not None:
                yield current, row, sure
                continue
            looked += 1
            if (not current and looked <= LOOKED_AT) or self._begins_here(cells, ahead):
                headers = self._headers(row, ahead)
                complete = [one for one in headers if self.kind.is_complete(one)]
                if complete:
                    current = tuple(self._known(one) for one in complete)
                    ahead.skip_to(complete[0].last_row)
                    yield (), row, False
                    continue
                if worth(headers) > worth(self.best):
                    self.best = headers
                if current and headers and len(headers[0].columns) >= _LEAST_TITLES:
                    yield (), row, False
                    current = ()
                    continue
            yield current, row, False

    def _sure(self, cells: Sequence[Cell], tables: tuple[SheetTable, ...]) -> bool | None:
        """True where the first table surely has the row, False where another has; else None."""
        if self.kind.is_surely_data(cells, tables[0].header):
            return True
        others = (self.kind.is_surely_data(cells, table.header) for table in tables[1:])
        return False if any(others) else None

    def _headers(self, row: NumberedRow, ahead: "_Ahead") -> list[Header]:
        """The titles that begin in a row, unless those of the next row say more."""
        following = ahead.look(2)
        here = headers_at([row, *following[:1]], self.kind.known)
        if not here or not following or not may_hold_titles(following[0][1], self.kind.known):
            return here
        below = headers_at(following, self.kind.known)
        spans_both = here[0].last_row != row[0]
        if spans_both and any(header.unsure for header in here) and not any(map(_has_digit, row[1])):
            # Whose columns they are is asked, not passed over by reading the lower titles alone.
            return here
        says_more = worth(below) >= worth(here) if spans_both else worth(below) > worth(here)
        return [] if says_more else here

    def _begins_here(self, cells: Sequence[Cell], ahead: "_Ahead") -> bool:
        """Whether a row below the first ones is worth a closer look: it or the next may hold titles."""
        following = ahead.look(1)
        return may_hold_titles(cells, self.kind.known) or (
            bool(following) and may_hold_titles(following[0][1], self.kind.known)
        )

    def _known(self, header: Header) -> SheetTable:
        """The table of a header, the same where titles are repeated on each page."""
        for table in self.found:
            if _told(table.header) == _told(header):
                return table
        table = SheetTable(header, len(self.found))
        self.found.append(table)
        return table


def _has_digit(cell: Cell) -> bool:
    return not isinstance(cell, str) or any(map(str.isdigit, cell))


def _told(header: Header) -> tuple[object, ...]:
    return (header.columns, header.again, header.left_out, header.unsure)


class _Ahead:
    """Rows, with a look at those to come."""

    def __init__(self, rows: Iterator[NumberedRow]) -> None:
        self._rows = rows
        self._waiting: list[NumberedRow] = []

    def take(self) -> NumberedRow | None:
        return self._waiting.pop(0) if self._waiting else next(self._rows, None)

    def look(self, count: int) -> list[NumberedRow]:
        while len(self._waiting) < count and (row := next(self._rows, None)) is not None:
            self._waiting.append(row)
        return self._waiting[:count]

    def skip_to(self, number: int) -> None:
        """Leave out the rows up to this one."""
        while self.look(1) and self._waiting[0][0] <= number:
            self._waiting.pop(0)
