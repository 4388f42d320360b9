"""The parts of a dossier: sentences, tables, and what is still missing of each."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reports.pack.content import Cell, Column, Table


@dataclass(frozen=True)
class DossierSection:
    """One criterion of the award. `missing` says what is not there yet and where it is entered."""

    key: str
    title: str
    sentences: Sequence[str] = ()
    tables: Sequence[Table] = ()
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class Dossier:
    region_code: str
    region_label: str
    year: int
    as_of: str
    sections: Sequence[DossierSection]
    # Why figures may still change; empty where all months are closed.
    draft_reason: str = ""

    @property
    def missing(self) -> list[str]:
        return [words for section in self.sections for words in section.missing]

    @property
    def title(self) -> str:
        return _("Berkas usulan Penghargaan Paritrana %(year)s") % {"year": self.year}


def numbered(sections: Iterable[DossierSection]) -> list[DossierSection]:
    """With all tables counted from one."""
    numbers = itertools.count(1)
    return [
        replace(
            section,
            tables=[replace(table, number=str(next(numbers))) for table in section.tables],
        )
        for section in sections
    ]


def plain_table(key: str, title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table of words; its number comes with its place in the dossier."""
    columns = tuple(Column(head) for head in heads)
    return Table(key, "", title, columns, tuple(tuple(row) for row in rows))
