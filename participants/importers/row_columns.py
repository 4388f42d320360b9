"""Which columns of a sheet a table reads, which it only looks into, and which belong to others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from participants.importers.header import Field, Header, label_of
from participants.importers.tables import SheetTable
from participants.importers.workbook import Cell

_DIGIT = re.compile(r"\d")
# More than any list has.
_MOST_COLUMNS = 300


@dataclass(frozen=True)
class Columns:
    """What of a row belongs to a table, worked out once: other columns may hold numbers and remarks."""

    quiet: frozenset[int]
    loose: frozenset[int]
    has_loose: bool
    own: frozenset[int] | None
    has_place_in_date: bool
    width: int


def columns_of(header: Header, tables: tuple[SheetTable, ...]) -> Columns:
    known = {index for one in header.columns for index in header.all_of(one)}
    quiet = {index for one in (Field.NIK, Field.FAMILY_CARD) for index in header.all_of(one)}
    others = {index for table in tables if table.header is not header for index in _all_columns(table.header)}
    own = None if len(tables) == 1 else frozenset(range(_MOST_COLUMNS)) - others
    title = label_of(header.titles.get(Field.BIRTH_DATE, ""))
    both = title == "ttl" or any(word in title for word in ("tempat", "tmpt", "tmp"))
    width = max((*known, *header.others, *header.left_out), default=0) + 1
    loose = frozenset(range(_MOST_COLUMNS)) - known - set(header.left_out) - others
    return Columns(
        quiet=frozenset(quiet),
        loose=loose,
        has_loose=min(loose) < width,
        own=own,
        width=width,
        has_place_in_date=both and Field.BIRTH_PLACE not in header.columns,
    )


def _all_columns(header: Header) -> set[int]:
    known = {index for one in header.columns for index in header.all_of(one)}
    return known | set(header.others) - set(header.left_out)


_WEEKDAYS = frozenset(
    ["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad", "tgl", "tanggal"]
)
_PLACE = re.compile(r"[^\d]*[^\W\d_][^\d]*")
# `12 Mei 1980, Cilegon`: the place behind the date.
_PLACE_BEHIND = re.compile(r"(.*\d{4})\s*[,;/(]\s*([^\W\d_][^\d]*)")


def divide_place_and_date(named: dict[Field, Cell], header: Header, cells: Sequence[Cell]) -> None:
    """`Cilegon, 01-01-1970` in one cell, or under one title in two, is a place and a date."""
    cell = named.get(Field.BIRTH_DATE)
    if not isinstance(cell, str) or not cell:
        return
    index = header.columns[Field.BIRTH_DATE] + 1
    if not _DIGIT.search(cell):
        beside = cells[index] if index < len(cells) and index not in _all_columns(header) else ""
        if beside != "":
            named[Field.BIRTH_PLACE], named[Field.BIRTH_DATE] = cell, beside
        return
    if behind := _PLACE_BEHIND.fullmatch(cell.strip()):
        named[Field.BIRTH_DATE] = behind[1].strip()
        named[Field.BIRTH_PLACE] = " ".join(behind[2].strip(" ,.;:/-–|()").split())
        return
    found = _PLACE.match(cell)
    place = found[0].strip(" ,.;:/-–|()\n\t") if found else ""
    if found and place and place.lower() not in _WEEKDAYS:
        named[Field.BIRTH_PLACE] = " ".join(place.split())
        named[Field.BIRTH_DATE] = cell[found.end() :].strip()


def remarks_in(columns: Columns, cells: Sequence[Cell]) -> tuple[str, ...]:
    """Texts beside what was understood: somebody may have written there that a person left."""
    return tuple(
        " ".join(cell.split())
        for index, cell in enumerate(cells)
        if isinstance(cell, str) and cell and index in columns.loose
    )


def further_in(header: Header, cells: Sequence[Cell]) -> dict[Field, tuple[Cell, ...]]:
    """The cells of columns that bear a title again."""
    length = len(cells)
    return {
        known: tuple(cells[index] for index in indices if index < length)
        for known, indices in header.again.items()
    }
