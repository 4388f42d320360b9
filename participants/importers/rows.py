"""From the tables of a sheet to the rows that speak of persons."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from participants.importers.closing_rows import (
    closes,
    is_numbering,
    is_total,
    may_be_signature,
    speaks_of_a_person,
)
from participants.importers.header import Field, Header, label_of, titles_known
from participants.importers.ledger import NikLedger, Why, looks_like_nik
from participants.importers.list_row import ListRow, column_letter, row_of, without_nik
from participants.importers.merged import Spread
from participants.importers.places import Place, entered, is_section, place_of
from participants.importers.refusal import ListRefused, SheetWithoutNik
from participants.importers.row_columns import Columns, columns_of, divide_place_and_date
from participants.importers.tables import Kind, Table, Tables
from participants.importers.workbook import Cell, Sheet

MOST_ROWS = 250_000
_LONG_NUMBER = re.compile(r"\W*\d{12}")
_DIGIT = re.compile(r"\d")
_LEAST_NUMERIC = 10**14
_FIRST_ROWS = 200
_LONGEST_SEX = 12


def kind_of_lists(synonyms: Mapping[str, Field] | None) -> Kind:
    return Kind(
        known=titles_known(synonyms, None),
        is_complete=lambda header: Field.NIK in header.columns,
        is_surely_data=bears_number,
    )


def bears_number(cells: Sequence[Cell], header: Header) -> bool:
    index = header.columns[Field.NIK]
    if index >= len(cells):
        return False
    cell = cells[index]
    if isinstance(cell, str):
        return len(cell) > 11 and _LONG_NUMBER.match(cell) is not None
    return isinstance(cell, int | float) and cell > _LEAST_NUMERIC


def read_sheet(
    sheet: Sheet,
    synonyms: Mapping[str, Field] | None = None,
    *,
    ledger: NikLedger | None = None,
    tables: Tables | None = None,
    inherited: Sequence[Table] = (),
) -> Iterator[ListRow]:
    """The persons of one sheet in order; nothing where no header is found and none is `inherited`.

    Raises SheetWithoutNik where a header is there but none of its columns is the NIK.
    """
    account = ledger if ledger is not None else NikLedger()
    found = tables if tables is not None else Tables(kind_of_lists(synonyms))
    yield from _Reader(sheet.name, account, sheet.width, sheet.is_even).read(
        found.split(sheet.read(), inherited)
    )
    if not found.found and found.best:
        header = found.best[0]
        raise SheetWithoutNik(
            _('Lembar "%(sheet)s" tidak punya kolom NIK. Tambahkan kolom berjudul "NIK", lalu kirim lagi.')
            % {"sheet": sheet.name[:60]},
            sheet.name[:60],
            {header.columns[known]: title for known, title in header.titles.items()} | dict(header.others),
        )


def fits(sheet: Sheet, table: Table) -> bool:
    """Whether a sheet without titles goes on as a table of another sheet does."""
    columns = table.header.columns
    agreeing = numbered = 0
    for _number, cells in islice(sheet.read(), _FIRST_ROWS):
        if not any(looks_like_nik(cell) for cell in cells):
            continue
        numbered += 1
        name = columns.get(Field.NAME)
        said = cells[name] if name is not None and name < len(cells) else ""
        named = name is None or (isinstance(said, str) and bool(said) and not _DIGIT.search(said))
        agreeing += bears_number(cells, table.header) and named
    return numbered > 0 and agreeing * 10 >= numbered * 9


@dataclass
class _Reader:
    """Rows of one sheet on their way to persons.

    Rows that may be signatures wait: they are persons only when a sure person follows them.
    """

    sheet: str
    ledger: NikLedger
    width: int = 0
    is_even: bool = False
    count: int = 0
    place: dict[int, Place] = field(default_factory=dict)
    _columns: dict[tuple[int, int], Columns] = field(default_factory=dict)
    _waiting: list[ListRow] = field(default_factory=list)

    def read(self, placed: Iterator[tuple[tuple[Table, ...], tuple[int, list[Cell]]]]) -> Iterator[ListRow]:
        for tables, (number, cells) in placed:
            if not tables:
                self.ledger.leave_row(self.sheet, number, cells, Why.OUTSIDE)
                self._enter(cells, 0)
            for table in tables:
                columns = self._columns_of(table, tables)
                own = cells
                if columns.own is not None:
                    own = [cell if index in columns.own else "" for index, cell in enumerate(cells)]
                yield from self._take(table, columns, number, own)

    def _take(self, table: Table, columns: Columns, number: int, cells: list[Cell]) -> Iterator[ListRow]:
        header = table.header
        sure = bears_number(cells, header)
        strays = self._strays(columns, cells)
        if not sure and self._is_no_person(table, cells):
            self._leave_strays(number, strays, cells, header, parked=False)
            return
        row = self._row(table, columns, number, cells)
        if isinstance(row.cells.get(Field.NIK), Spread):
            if not row.text(Field.NAME) or isinstance(row.cells.get(Field.NAME), Spread):
                return
            row = without_nik(row)
            sure = False
        nik = row.texts.get(Field.NIK, "")
        if not sure and not self._speaks(row, nik, strays):
            return
        numbered = sure or bool(strays)
        row = row._replace(numbered=numbered)
        if not sure and not strays and may_be_signature(row):
            self._waiting.append(row)
            return
        self._leave_strays(number, strays, cells, header, parked=not sure)
        yield from (early for early in self._waiting if not closes(early))
        self._waiting = []
        yield row
        self.ledger.numbered += numbered
        self.count += 1
        if self.count > MOST_ROWS:
            raise ListRefused(
                _("Daftar lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": MOST_ROWS}
            )

    def _is_no_person(self, table: Table, cells: list[Cell]) -> bool:
        """A total, the numbering of columns, or the title of a section, which is remembered."""
        if is_total(cells):
            self.place.pop(table.order, None)
            return True
        return is_numbering(cells) or self._enter(cells, table.order) or is_section(cells)

    def _enter(self, cells: Sequence[Cell], order: int) -> bool:
        place = place_of(cells)
        if place is None:
            return False
        self.place[order] = entered(place, self.place.get(order, Place()))
        return True

    def _speaks(self, row: ListRow, nik: str, strays: list[int]) -> bool:
        """A NIK or a name makes a person; numbered but empty lines of a template and titles do not."""
        if strays:
            return True
        return speaks_of_a_person(row) and label_of(nik) != label_of(row.header.titles[Field.NIK])

    def _row(self, table: Table, columns: Columns, number: int, cells: list[Cell]) -> ListRow:
        header, length = table.header, len(cells)
        named = {known: cells[index] for known, index in header.columns.items() if index < length}
        if columns.has_place_in_date:
            divide_place_and_date(named, header, cells)
        row = row_of(self.sheet, number, header, named)
        place = self.place.get(table.order) or self.place.get(0)
        if place:
            for known, said in ((Field.VILLAGE, place.village), (Field.DISTRICT, place.district)):
                if said and not row.texts.get(known):
                    row.texts[known] = said
        is_shifted = bool(self.width) and self._is_shifted(columns, row, cells)
        remarks = tuple(
            " ".join(cell.split())
            for index, cell in enumerate(cells)
            if cell.__class__ is str and cell and index in columns.loose
        )
        further = {}
        if header.again:
            further = {
                known: tuple(cells[index] for index in indices if index < length)
                for known, indices in header.again.items()
            }
        return row._replace(table=table.order, remarks=remarks, further=further, is_shifted=is_shifted)

    def _is_shifted(self, columns: Columns, row: ListRow, cells: Sequence[Cell]) -> bool:
        """A mark too many or too few in a row of a text file moves every cell behind it."""
        if len(cells) < self.width:
            return self.is_even or len(row.text(Field.SEX)) > _LONGEST_SEX
        return any(cell != "" for cell in cells[max(self.width, columns.width) :])

    def _columns_of(self, table: Table, tables: tuple[Table, ...]) -> Columns:
        key = (table.order, len(tables))
        if key not in self._columns:
            self._columns[key] = columns_of(table.header, tables)
        return self._columns[key]

    def _strays(self, columns: Columns, cells: list[Cell]) -> list[int]:
        """Columns with what looks like a NIK and is not read as one."""
        return [
            index
            for index, cell in enumerate(cells)
            if cell != ""
            and index not in columns.quiet
            and (cell.__class__ is not str or len(cell) > 9)
            and looks_like_nik(cell)
        ]

    def _leave_strays(
        self, number: int, strays: list[int], cells: list[Cell], header: Header, *, parked: bool
    ) -> None:
        """Account for further numbers of a row. Where its own is missing, the row is parked with them."""
        for index in strays:
            group = header.left_out.get(index)
            if group is not None:
                self.ledger.leave(self.sheet, number, Why.GROUP, title=group)
            elif not parked:
                title = header.others.get(index, "")
                self.ledger.leave(self.sheet, number, Why.COLUMN, column=column_letter(index), title=title)
