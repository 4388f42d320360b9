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
from participants.importers.list_row import ListRow, column_letter, texts_of, without_nik
from participants.importers.merged import Spread
from participants.importers.places import SectionPlace, alone_in, entered, is_section, place_of
from participants.importers.refusal import ListRefused, SheetWithoutNik
from participants.importers.row_columns import (
    Columns,
    columns_of,
    divide_place_and_date,
    further_in,
    remarks_in,
)
from participants.importers.standing import Heading, heading_of
from participants.importers.tables import Placed, SheetTable, TableKind, Tables
from participants.importers.workbook import Cell, Sheet
from participants.nik import mask_digits

MOST_ROWS = 250_000
_LONG_NUMBER = re.compile(r"\W*\d{12}")
_DIGIT = re.compile(r"\d")
_LEAST_NUMERIC = 10**14
_FIRST_ROWS = 200
_LONGEST_SEX = 12
_LEAST_LENGTH = 15
_NOTHING_SAID = Heading(None)
_NOTHING_FURTHER: Mapping[Field, tuple[Cell, ...]] = {}


def kind_of_lists(synonyms: Mapping[str, Field] | None) -> TableKind:
    return TableKind(
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
    inherited: Sequence[SheetTable] = (),
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
            _('Lembar "%(sheet)s" tidak memiliki kolom NIK. Tambahkan kolom berjudul "NIK", lalu kirim lagi.')
            % {"sheet": mask_digits(sheet.name[:60])},
            sheet.name[:60],
            {header.columns[known]: title for known, title in header.titles.items()} | dict(header.others),
        )


def fits(sheet: Sheet, table: SheetTable) -> bool:
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
    place: dict[int, SectionPlace] = field(default_factory=dict)
    # What titles say of the people under them, by table; 0 for all.
    said: dict[int, Heading] = field(default_factory=dict)
    _columns: dict[tuple[int, int], Columns] = field(default_factory=dict)
    _waiting: list[ListRow] = field(default_factory=list)

    def read(self, placed: Iterator[Placed]) -> Iterator[ListRow]:
        if (named := heading_of(self.sheet)) is not None:
            self.said[0] = named
        for tables, (number, cells), sure in placed:
            if sure and len(tables) == 1 and (row := self._at_once(tables, number, cells)):
                yield row
                continue
            if not tables:
                self.ledger.leave_row(self.sheet, number, cells, Why.OUTSIDE)
                self._enter(cells, 0)
                self._begin(cells, 0)
            for table in tables:
                columns = self._columns_of(table, tables)
                own = cells
                if columns.own is not None:
                    own = [cell if index in columns.own else "" for index, cell in enumerate(cells)]
                yield from self._take(table, columns, number, own)

    def _at_once(self, tables: tuple[SheetTable, ...], number: int, cells: list[Cell]) -> ListRow | None:
        """What nearly every row is: one NIK in its place, nothing odd beside it. None for any other."""
        table = tables[0]
        columns = self._columns_of(table, tables)
        if self._waiting or self._strays(columns, cells, True):
            return None
        row = self._row(table, columns, number, cells)
        if row.cells[Field.NIK].__class__ is Spread:
            return None
        self._count(True)
        return row

    def _count(self, numbered: bool) -> None:
        self.ledger.numbered += numbered
        self.count += 1
        if self.count > MOST_ROWS:
            raise ListRefused(
                _("Daftar lebih dari %(most)s baris. Bagi menjadi beberapa berkas.") % {"most": MOST_ROWS}
            )

    def _take(self, table: SheetTable, columns: Columns, number: int, cells: list[Cell]) -> Iterator[ListRow]:
        header = table.header
        sure = bears_number(cells, header)
        strays = self._strays(columns, cells, sure)
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
        if not numbered:
            row = row._replace(numbered=False)
            if may_be_signature(row):
                self._waiting.append(row)
                return
        if strays:
            self._leave_strays(number, strays, cells, header, parked=not sure)
        if self._waiting:
            yield from (early for early in self._waiting if not closes(early))
            self._waiting = []
        yield row
        self._count(numbered)

    def _is_no_person(self, table: SheetTable, cells: list[Cell]) -> bool:
        """A total, the numbering of columns, or the title of a section, which is remembered."""
        if is_total(cells):
            self.place.pop(table.order, None)
            return True
        return (
            is_numbering(cells)
            or self._enter(cells, table.order)
            or self._begin(cells, table.order)
            or is_section(cells)
        )

    def _begin(self, cells: Sequence[Cell], order: int) -> bool:
        """Whether a row of one text says of the people under it that they are members, left or died."""
        text = alone_in(cells)
        heading = heading_of(text) if text else None
        if heading is None:
            return False
        self.said[order] = heading
        return True

    def _enter(self, cells: Sequence[Cell], order: int) -> bool:
        place = place_of(cells)
        if place is None:
            return False
        self.place[order] = entered(place, self.place.get(order, SectionPlace()))
        return True

    def _speaks(self, row: ListRow, nik: str, strays: list[int]) -> bool:
        """A NIK or a name makes a person; numbered but empty lines of a template and titles do not."""
        if strays:
            return True
        return speaks_of_a_person(row) and label_of(nik) != label_of(row.header.titles[Field.NIK])

    def _row(self, table: SheetTable, columns: Columns, number: int, cells: list[Cell]) -> ListRow:
        header, length = table.header, len(cells)
        named = {known: cells[index] for known, index in header.columns.items() if index < length}
        if columns.has_place_in_date:
            divide_place_and_date(named, header, cells)
        texts = texts_of(named)
        place = self.place and (self.place.get(table.order) or self.place.get(0))
        if place:
            for known, said in ((Field.VILLAGE, place.village), (Field.DISTRICT, place.district)):
                if said and not texts.get(known):
                    texts[known] = said
        return ListRow(
            self.sheet,
            number,
            header,
            named,
            texts,
            table.order,
            remarks_in(columns, cells) if columns.has_loose or length > columns.width else (),
            True,
            further_in(header, cells) if header.again else _NOTHING_FURTHER,
            bool(self.width) and self._is_shifted(columns, texts, cells),
            (self.said.get(table.order) or self.said.get(0, _NOTHING_SAID)).said if self.said else None,
        )

    def _is_shifted(self, columns: Columns, texts: Mapping[Field, str], cells: Sequence[Cell]) -> bool:
        """A mark too many or too few in a row of a text file moves every cell behind it."""
        if len(cells) < self.width:
            return self.is_even or len(texts.get(Field.SEX, "")) > _LONGEST_SEX
        return any(cell != "" for cell in cells[max(self.width, columns.width) :])

    def _columns_of(self, table: SheetTable, tables: tuple[SheetTable, ...]) -> Columns:
        key = (table.order, len(tables))
        if key not in self._columns:
            self._columns[key] = columns_of(table.header, tables)
        return self._columns[key]

    def _strays(self, columns: Columns, cells: list[Cell], sure: bool) -> list[int]:
        """Columns with what looks like a NIK and is not read as one.

        Where the NIK stands in its place, numbers that a spreadsheet cut are none of anybody else.
        """
        shortest = _LEAST_LENGTH if sure else 0
        return [
            index
            for index, cell in enumerate(cells)
            if (len(cell) > shortest if cell.__class__ is str else not sure)
            and index not in columns.quiet
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
