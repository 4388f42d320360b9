"""Reading a stored content back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reports.pack.content import Cell, Column, Identity, Kind, Number, Sentence, Table

_EXACT = {Kind.PERCENT, Kind.POINTS, Kind.MONTHS, Kind.RUPIAH_EACH, Kind.RUPIAH_PER_POINT}


def number_of(stored: list[Any]) -> Number:
    value, kind, made_of, is_size = stored
    if value is not None and Kind(kind) in _EXACT:
        value = Decimal(value)
    return Number(value, Kind(kind), tuple((sign, Identity(*one)) for sign, one in made_of), is_size)


def cell_of(stored: Any) -> Cell:
    return stored if isinstance(stored, str) else number_of(stored)


def table_of(stored: dict[str, Any]) -> Table:
    return Table(
        stored["key"],
        stored["number"],
        stored["title"],
        tuple(Column(**column) for column in stored["columns"]),
        tuple(tuple(cell_of(cell) for cell in row) for row in stored["rows"]),
        tuple(cell_of(cell) for cell in stored["total"]),
        stored["note"],
    )


def sentences_of(stored: list[dict[str, Any]]) -> list[Sentence]:
    return [Sentence(tuple(cell_of(part) for part in one["parts"]), one.get("about", "")) for one in stored]


def numbers_in(content: dict[str, Any]) -> Iterator[Number]:
    """Every number that the pack tells, its pages, annex and pictures too."""
    yield from (number_of(number) for _label, number in content["highlights"])
    # Contents of packs made before know less.
    known = ("headline", "moved", "asked", "narrative", "messages")
    told = [*(content.get(name, []) for name in known), *(page["sentences"] for page in content["pages"])]
    for sentence in (one for sentences in told for one in sentences_of(sentences)):
        yield from (part for part in sentence.parts if isinstance(part, Number))
    tables = [*content["tables"], *content["annex"]]
    for page in content["pages"]:
        tables += page["tables"]
    for stored in tables:
        for row in table_of(stored).all_rows:
            yield from (cell for cell in row if isinstance(cell, Number))
    for series in (one for chart in content["charts"] for one in chart["series"]):
        yield from map(number_of, series["numbers"])
