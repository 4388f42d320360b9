"""What a pack leaves out: tables of which nothing is known, columns without a cell."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.pack.content import Cell, Number, Table

# Pictures read these by the place of their columns.
_WHOLE = {"trend", "targets", "rank"}


def is_empty(table: Table) -> bool:
    """Without rows, or with numbers of which none is known."""
    numbers = [cell for row in table.rows for cell in row if isinstance(cell, Number)]
    return not table.rows or bool(numbers and all(number.value is None for number in numbers))


def without_blank_columns(table: Table) -> Table:
    if table.key in _WHOLE or not table.rows:
        return table
    kept = [at for at in range(len(table.columns)) if _is_told(table, at)]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(_of(row, kept) for row in table.rows),
        total=_of(table.total, kept) if table.total else (),
    )


def told_tables(found: Iterable[Table]) -> tuple[list[Table], list[Table]]:
    """Those that tell something, numbered in their order; and the empty ones."""
    told: list[Table] = []
    empty: list[Table] = []
    for table in found:
        (empty if is_empty(table) else told).append(table)
    return [replace(one, number=f"{at}") for at, one in enumerate(told, 1)], empty


def _is_told(table: Table, at: int) -> bool:
    cells = [row[at] for row in table.all_rows]
    return any(bool(cell) if isinstance(cell, str) else cell.value is not None for cell in cells)


def _of(row: Sequence[Cell], kept: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(row[at] for at in kept)
