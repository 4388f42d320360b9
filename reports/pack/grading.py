"""How whole the figures of a pack are, said at the figures themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from participants.enums import short_segment
from regions.enums import Level
from regions.models.region import level_of
from reports.pack.content import Cell, Column, Number, Table
from reports.pack.figure_book import FigureBook, StoredValue
from reports.pack.place import PackPlace

# Tables whose letter is that of one column: lists by name reach less far than reports do.
_JUDGED_BY = {"categories": 2}
_WHOLE = "A"


def graded(table: Table, book: FigureBook) -> Table:
    """With a last column that holds the grade of each row: that of its least whole figure.

    Where all is whole there is no such column.
    """
    rows = [grade_of(_judged(table, row), book) for row in table.rows]
    if not any(rows):
        return table
    if set(rows) <= {_WHOLE, ""}:
        return table
    total = (*table.total, grade_of(_judged(table, table.total), book)) if table.total else ()
    note = table.note
    if table.key in _JUDGED_BY:
        note = f"{note} {_('Huruf kelengkapan berlaku untuk jumlah orang.')}".strip()
    return replace(
        table,
        columns=(*table.columns, Column(_("Kelengkapan"))),
        rows=tuple((*row, grade) for row, grade in zip(table.rows, rows, strict=True)),
        total=total,
        note=note,
    )


def _judged(table: Table, row: Sequence[Cell]) -> Sequence[Cell]:
    return row if table.key not in _JUDGED_BY else [row[_JUDGED_BY[table.key]]]


def grade_of(cells: Iterable[Cell], book: FigureBook) -> str:
    """A to D, of the figures of the newest month among them; empty where no figure is graded."""
    numbers = [cell for cell in cells if isinstance(cell, Number)]
    made_of = [identity for number in numbers for _sign, identity in number.made_of]
    newest = max((identity.month for identity in made_of), default="")
    grades = (book.grade(identity) for identity in made_of if identity.month == newest)
    return max((grade for grade in grades if grade), default="")


def graded_label(label: str, number: Number, book: FigureBook) -> str:
    grade = grade_of([number], book)
    if grade in {"", _WHOLE}:
        return label
    return _("%(label)s (kelengkapan %(grade)s)") % {"label": label, "grade": grade}


def grade_legend() -> str:
    """What the four letters say, for who reads them on paper."""
    return _(
        "Huruf kelengkapan: A berarti wilayah itu sendiri atau seluruh wilayah di bawahnya sudah melapor; B "
        "berarti sekurang-kurangnya 90% wilayah sudah melapor; C berarti sekurang-kurangnya separuh sudah "
        "melapor; D berarti kurang dari separuh yang melapor atau ada unsur perhitungan yang belum "
        "dilaporkan. Tabel tanpa kolom kelengkapan seluruhnya A."
    )


def lacking_words(stored: StoredValue, place: PackPlace) -> str:
    """Under the table of coverage: of how many regions it is, and what it lacks."""
    words = []
    if stored.reported is not None and stored.expected is not None:
        below = _("provinsi") if level_of(place.code) == Level.NATION else _("kabupaten/kota")
        told = {"reported": stored.reported, "expected": stored.expected, "below": below}
        told["place"] = place.label
        words.append(
            _("Dijumlahkan dari %(expected)s %(below)s di %(place)s.") % told
            if stored.reported == stored.expected
            else _("Baru %(reported)s dari %(expected)s %(below)s di %(place)s yang dijumlahkan.") % told
        )
    if stored.partial:
        partial = {"partial": stored.partial}
        words.append(_("Laporan %(partial)s wilayah belum utuh dan tidak ikut dijumlahkan.") % partial)
    if stored.missing:
        segments = {"segments": ", ".join(map(short_segment, stored.missing.split()))}
        words.append(
            _("Segmen %(segments)s belum dilaporkan sehingga UCJ tidak dihitung dan tidak dibandingkan.")
            % segments
        )
    return " ".join(words)
