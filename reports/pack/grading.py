"""How whole the figures of a pack are, said at the figures themselves."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from reports.pack.content import Cell, Column, Number, Table
from reports.pack.figure_book import FigureBook, StoredValue


def graded(table: Table, book: FigureBook) -> Table:
    """With a last column that holds the grade of each row: that of its least whole figure."""
    rows = [grade_of(row, book) for row in table.rows]
    if not any(rows):
        return table
    total = (*table.total, grade_of(table.total, book)) if table.total else ()
    return replace(
        table,
        columns=(*table.columns, Column(_("Kelengkapan"))),
        rows=tuple((*row, grade) for row, grade in zip(table.rows, rows, strict=True)),
        total=total,
    )


def grade_of(cells: Iterable[Cell], book: FigureBook) -> str:
    """A to D, of the figures of the newest month among them; empty where no figure is graded."""
    numbers = [cell for cell in cells if isinstance(cell, Number)]
    made_of = [identity for number in numbers for _sign, identity in number.made_of]
    newest = max((identity.month for identity in made_of), default="")
    grades = (book.grade(identity) for identity in made_of if identity.month == newest)
    return max((grade for grade in grades if grade), default="")


def graded_label(label: str, number: Number, book: FigureBook) -> str:
    grade = grade_of([number], book)
    return _("%(label)s (kelengkapan %(grade)s)") % {"label": label, "grade": grade} if grade else label


def lacking_words(stored: StoredValue) -> str:
    """Under the table of coverage: of how many regions it is, and what it lacks."""
    words = []
    if stored.reported is not None and stored.expected is not None:
        told = {"reported": stored.reported, "expected": stored.expected}
        words.append(
            _("Dijumlahkan dari semua %(expected)s wilayah di bawahnya.") % told
            if stored.reported == stored.expected
            else _("Dijumlahkan dari %(reported)s dari %(expected)s wilayah di bawahnya.") % told
        )
    if stored.partial:
        partial = {"partial": stored.partial}
        words.append(_("%(partial)s wilayah belum utuh dan tidak ikut dijumlahkan.") % partial)
    if stored.missing:
        segments = {"segments": stored.missing.upper().replace(" ", ", ")}
        words.append(
            _("Belum utuh: %(segments)s belum dilaporkan, jadi tidak dibagi dan dibandingkan.") % segments
        )
    return " ".join(words)
