"""Merged cells: what stands in the first belongs to every row of the merge."""

from collections.abc import Iterator, Sequence
from typing import Any

Range = tuple[tuple[int, int], tuple[int, int]]
# Filling whole columns would cost more than a list is worth.
_MOST_ROWS = 20_000


class Spread(str):
    """A text that a row has from the merged cell above it, not from a cell of its own."""

    __slots__ = ()


class SpreadNumber(float):
    """The same of a number."""

    __slots__ = ()


def _spread(value: Any) -> Any:
    if isinstance(value, str):
        return Spread(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return SpreadNumber(value)
    return value


def fill_merged(
    rows: Iterator[tuple[int, list[Any]]], ranges: Sequence[Range]
) -> Iterator[tuple[int, list[Any]]]:
    """The rows, each with the values of merges that reach down into it; rows count from 1, ranges from 0."""
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in ranges:
        if top < bottom <= top + _MOST_ROWS:
            begins.setdefault(top + 1, []).append((left, bottom + 1))
    return _filled(rows, begins) if begins else rows


def _filled(
    rows: Iterator[tuple[int, list[Any]]], begins: dict[int, list[tuple[int, int]]]
) -> Iterator[tuple[int, list[Any]]]:
    reaching: dict[int, tuple[int, Any]] = {}
    for number, cells in rows:
        for column, (last, value) in list(reaching.items()):
            if number > last:
                del reaching[column]
            elif column >= len(cells) or cells[column] == "":
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = _spread(value)
        for column, last in begins.get(number, ()):
            if column < len(cells) and cells[column] != "":
                reaching[column] = (last, cells[column])
        yield number, cells
