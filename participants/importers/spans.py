"""How far the cells of a sheet reach, and which rows it hides, told from its XML as it is unpacked."""

import re
from typing import Protocol

# Anything that names a cell, found fast; and a cell that holds something, found surely.
_COLUMN_OF_CELL = re.compile(rb'r="([A-Za-z]+)\d')
_ROW_OF_CELL = re.compile(rb'r="[A-Za-z]+(\d+)"')
_NAMED_OTHERWISE = re.compile(rb"r\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_XLSX_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'](?:[^<>]*[^<>/])?><(?:\w+:)?[vif]"
)
_ODS_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(\s[^<>]*)?>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})")
# A row that is not shown and has cells; those of ods that are repeated are empty ones.
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^<>]*\bhidden=[\"'](?:1|true)[\"'])[^<>]*[^<>/]>"
    rb"|<table:table-row\s(?![^<>]*-repeated)(?=[^<>]*table:visibility=[\"'](?:collapse|filter)[\"'])[^<>]*[^<>/]>"
)
_MAY_HIDE = (b"hidden=", b":visibility=")


class Span(Protocol):
    """Rows × columns of what a sheet holds."""

    rows: int

    @property
    def cells(self) -> int: ...

    def add(self, chunk: bytes) -> None: ...


class HiddenRows:
    """Rows that whoever looks at the sheet does not see: they are read like all others, and said."""

    def __init__(self) -> None:
        self._rest = b""
        self._by_entry: dict[str, int] = {}
        self._entry = ""

    @property
    def count(self) -> int:
        return sum(self._by_entry.values())

    def begin(self, entry: str) -> None:
        """An entry from its beginning, again where it is measured twice."""
        self._entry, self._rest = entry, b""
        self._by_entry[entry] = 0

    def add(self, chunk: bytes) -> None:
        text = self._rest + chunk
        cut = max(text.rfind(b"<"), 0)
        if any(mark in text for mark in _MAY_HIDE):
            self._by_entry[self._entry] += len(_HIDDEN_ROW.findall(text, 0, cut))
        self._rest = text[cut:][:4096]


class XlsxSpan:
    """Rows × columns up to the farthest cell that holds something."""

    def __init__(self) -> None:
        self._rest = b""
        self.rows = self._columns = 0

    @property
    def cells(self) -> int:
        return self.rows * self._columns

    def add(self, chunk: bytes) -> None:
        text = self._rest + chunk
        columns, rows = self._find(text)
        if rows:
            self.rows = max(self.rows, *map(int, rows))
            self._columns = max(self._columns, *map(_column_number, columns))
        self._rest = text[-300:]

    def _find(self, text: bytes) -> tuple[set[bytes], set[bytes]]:
        """The columns and the rows of cells in a piece of XML."""
        return _apart(_XLSX_CELL.findall(text))


class NamedSpan(XlsxSpan):
    """The same up to the farthest cell that is named at all: never less, and several times as fast."""

    def _find(self, text: bytes) -> tuple[set[bytes], set[bytes]]:
        rows = _ROW_OF_CELL.findall(text)
        if text.count(b"<c ") + text.count(b":c ") > len(rows):
            return _apart(_NAMED_OTHERWISE.findall(text))
        return set(_COLUMN_OF_CELL.findall(text)), set(rows)


def _apart(pairs: list[tuple[bytes, bytes]]) -> tuple[set[bytes], set[bytes]]:
    return {column for column, _row in pairs}, {row for _column, row in pairs}


class OdsSpan:
    """As for xlsx; rows and cells of ods may be said once and repeated."""

    def __init__(self) -> None:
        self._rest = b""
        self._row = self._column = self.rows = self._columns = self._repeat = 0

    @property
    def cells(self) -> int:
        return self.rows * self._columns

    def add(self, chunk: bytes) -> None:
        text = self._rest + chunk
        end = 0
        for found in _ODS_TAG.finditer(text):
            end = found.end()
            self._take(found[1], found[2] or b"")
        cut = max(end, text.rfind(b"<"))
        self._rest = text[cut:][:4096]

    def _take(self, tag: bytes, attributes: bytes) -> None:
        repeated = _REPEATED.search(attributes)
        count = int(repeated[1]) if repeated else 1
        if tag == b"table":
            self._row = 0
        elif tag == b"table-row":
            self._row += count
            self._column = 0
        else:
            self._column += count
            if b"value-type" in attributes:
                self.rows = max(self.rows, self._row)
                self._columns = max(self._columns, self._column)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
