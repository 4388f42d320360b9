"""A region and period as the tables of a pack read it, and the cells they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.enums import Unit
from reports.measures.catalogue import measures_in_pack
from reports.measures.measure import Measure, PackTable, TableColumn
from reports.pack.content import Cell, Column, Kind, Number
from reports.pack.figure_book import FigureBook, Key, total
from reports.pack.period import Period

# How a value in a unit is written, and which part of it is the value.
_WRITTEN = {
    Unit.PERCENT: (Kind.PERCENT, "rate"),
    Unit.RUPIAH: (Kind.RUPIAH, "numerator"),
    Unit.MONTHS: (Kind.MONTHS, "rate"),
    Unit.RUPIAH_PER_PERSON: (Kind.RUPIAH_EACH, "rate"),
    Unit.RUPIAH_PER_POINT: (Kind.RUPIAH_PER_POINT, "rate"),
}


@dataclass(frozen=True)
class PackPlace:
    """The region and period that a table is about."""

    code: str
    label: str
    period: Period
    book: FigureBook

    @property
    def month(self) -> date:
        return self.period.last

    def now(self, key: Key, kind: Kind = Kind.COUNT, part: str = "numerator") -> Number:
        return self.book.number(self.code, self.month, key, kind, part)

    def then(self, key: Key, kind: Kind = Kind.COUNT, part: str = "numerator") -> Number:
        return self.book.number(self.code, self.period.before, key, kind, part)

    def change(self, key: Key, kind: Kind = Kind.COUNT, part: str = "numerator") -> Number:
        return self.book.change(self.code, (self.period.before, self.month), key, kind, part)

    def flow(self, key: Key, kind: Kind) -> Number:
        return self.book.flow(self.code, self.period, key, kind)

    def keys(self, measure: str) -> list[Key]:
        return [key for key, _stored in self.book.of(self.code, self.month, measure)]


def written_as(measure: Measure) -> tuple[Kind, str]:
    return _WRITTEN.get(measure.unit, (Kind.COUNT, "numerator"))


def others_of(table: PackTable, placed: Sequence[str]) -> list[Measure]:
    """Measures that declare themselves for a table and have no place of their own in it."""
    return [measure for measure in measures_in_pack(table) if measure.code not in placed]


def columns_among(measures: Sequence[Measure]) -> list[tuple[Measure, str]]:
    """Each with its heading. Raises ValueError for one that the board does not show as a column."""
    found = []
    for one in measures:
        if not isinstance(one.shown, TableColumn):
            raise ValueError(f"{one.code}: this table of the pack takes columns; see PackTable")
        found.append((one, str(one.shown.heading)))
    return found


def more_cells(place: PackPlace, more: Sequence[tuple[Measure, str]], key: Key) -> list[Cell]:
    """The same row in further columns."""
    return [place.now((one.code, *key[1:]), *written_as(one)) for one, _heading in more]


def columns(text: Sequence[str], numbers: Sequence[str]) -> tuple[Column, ...]:
    return (*(Column(label) for label in text), *(Column(label, is_number=True) for label in numbers))


def moved(place: PackPlace, label: str, key: Key, kind: Kind, part: str) -> tuple[Cell, ...]:
    """Before, now and the difference."""
    before, now = place.then(key, kind, part), place.now(key, kind, part)
    return (label, before, now, place.change(key, kind, part))


def summed(rows: Sequence[Sequence[Cell]], column: int) -> Number:
    return total(cell for row in rows if isinstance(cell := row[column], Number))


def whole_column(rows: Sequence[Sequence[Cell]], column: int) -> Number:
    """A sum of all or of none: part of the cases are not the cases."""
    found = summed(rows, column)
    if any(isinstance(row[column], Number) and row[column].value is None for row in rows):  # type: ignore[union-attr]
        return Number(None, found.kind)
    return found
