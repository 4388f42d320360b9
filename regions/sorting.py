"""By which column a table is ordered: `?urut=rupiah`, or `?urut=-rupiah` from the largest down."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, Model, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)
R = TypeVar("R")
# Name in the address → columns of a table in the database.
SortColumns = Mapping[str, Sequence[str]]
ASKED_AS = "urut"


@dataclass(frozen=True)
class Sorting:
    """`known` are the names by which the table can be ordered; `query` are the other parts of the address."""

    known: frozenset[str]
    asked: str
    query: str

    @classmethod
    def of(cls, told: QueryDict, known: Iterable[str]) -> "Sorting":
        """What the address asks for; an unknown name asks for nothing."""
        names, asked = frozenset(known), told.get(ASKED_AS, "")
        rest = told.copy()
        rest.pop(ASKED_AS, None)
        rest.pop("halaman", None)
        return cls(names, asked if asked.removeprefix("-") in names else "", rest.urlencode())

    @property
    def page_query(self) -> str:
        """Of the other pages of the same table."""
        order = f"{ASKED_AS}={self.asked}" if self.asked else ""
        return "&".join(part for part in (self.query, order) if part)

    @property
    def name(self) -> str:
        return self.asked.removeprefix("-")

    @property
    def is_down(self) -> bool:
        return self.asked.startswith("-")

    def direction_of(self, name: str) -> str:
        """For `aria-sort`; empty where the table is not ordered by this."""
        if not name or name != self.name:
            return ""
        return "descending" if self.is_down else "ascending"

    def url_of(self, name: str, *, is_number: bool) -> str:
        """Of the head of a column: numbers begin with the largest, words with A, and then the other way."""
        is_down = not self.is_down if name == self.name else is_number
        asked = f"{ASKED_AS}={'-' if is_down else ''}{name}"
        return f"?{self.query}&{asked}" if self.query else f"?{asked}"

    def ordered(self, rows: QuerySet[M], columns: SortColumns) -> QuerySet[M]:
        """Rows without a value come last either way; equal ones stay in the order they were in."""
        if not self.asked:
            return rows
        order = [
            F(column).desc(nulls_last=True) if self.is_down else F(column).asc(nulls_last=True)
            for column in columns[self.name]
        ]
        return rows.order_by(*order, *rows.query.order_by, "pk")

    def arranged(self, rows: Sequence[R], keys: Mapping[str, Callable[[R], Any]]) -> list[R]:
        """The same for rows that are no table."""
        if not self.asked:
            return list(rows)
        key = keys[self.name]
        told = [row for row in rows if key(row) is not None]
        untold = [row for row in rows if key(row) is None]
        return [*sorted(told, key=key, reverse=self.is_down), *untold]
