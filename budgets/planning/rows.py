"""What binds the choices of a plan, as rows of an integer programme."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import gcd, inf

from budgets.planning.columns import PlanColumn
from budgets.planning.question import MONTHS, WHOLE, PlanQuestion


@dataclass(frozen=True)
class ProgrammeRow:
    """lower ≤ sum of coefficients times people ≤ upper; `entries` are (column, coefficient)."""

    lower: float
    upper: float
    entries: tuple[tuple[int, int], ...]


def need_rows(question: PlanQuestion, columns: Sequence[PlanColumn]) -> Iterator[ProgrammeRow]:
    """Nobody is covered twice: of a group no more than are left, in every month."""
    of_group: dict[int, list[int]] = {}
    for index, column in enumerate(columns):
        of_group.setdefault(column.group, []).append(index)
    for place, indexes in of_group.items():
        yield from _limits(columns, indexes, question.groups[place].need)


def room_rows(question: PlanQuestion, columns: Sequence[PlanColumn]) -> Iterator[ProgrammeRow]:
    for room in question.rooms:
        indexes = [
            index
            for index, column in enumerate(columns)
            if question.groups[column.group].region == room.region
        ]
        yield from _limits(columns, indexes, room.people)


def _limits(
    columns: Sequence[PlanColumn], indexes: Sequence[int], limits: Sequence[int]
) -> Iterator[ProgrammeRow]:
    """A row for each month that no other month makes needless."""
    active = [
        frozenset(index for index in indexes if columns[index].covers(month)) for month in range(MONTHS)
    ]
    kept: dict[frozenset[int], int] = {}
    for month, inside in enumerate(active):
        if inside:
            kept[inside] = min(limits[month], kept.get(inside, limits[month]))
    for inside, limit in kept.items():
        if sum(columns[index].most for index in inside) <= limit:
            continue
        if any(inside < other and most <= limit for other, most in kept.items()):
            continue
        yield ProgrammeRow(-inf, limit, tuple((index, 1) for index in sorted(inside)))


def scale_of(columns: Iterable[PlanColumn]) -> int:
    """What all costs can be divided by: the programme then counts in that many rupiah, and stays exact."""
    return gcd(*(column.cost for column in columns)) or 1


def ceiling_rows(
    columns: Sequence[PlanColumn], ceilings: Iterable[tuple[str, int]], scale: int
) -> Iterator[tuple[str, ProgrammeRow]]:
    for source, rupiah in ceilings:
        entries = tuple(
            (index, column.cost // scale)
            for index, column in enumerate(columns)
            if source in {WHOLE, column.source}
        )
        if entries:
            yield source, ProgrammeRow(-inf, rupiah // scale, entries)


def wish_rows(question: PlanQuestion, columns: Sequence[PlanColumn]) -> list[ProgrammeRow]:
    """One for each wish, in their order, also where no column can meet it."""
    rows = []
    for wish in question.wishes:
        inside = set(wish.groups)
        entries = tuple(
            (index, 1)
            for index, column in enumerate(columns)
            if column.group in inside and column.covers(wish.month)
        )
        rows.append(ProgrammeRow(wish.people, inf, entries))
    return rows
