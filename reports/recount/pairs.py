"""Halves of a figure, region by region from below: above, of those that have both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.recount.cell_index import RecountCell, Told
from reports.recount.counted import CountedMonth

Key = tuple[str, ...]
_OWN: Told = (None, None)


@dataclass(frozen=True)
class Halves:
    """`told` as of any sum; None and None where a half is the region's own."""

    one: int
    other: int
    told: Told


Paired = Mapping[Key, Halves]


def paired(counted: CountedMonth) -> Mapping[str, Paired]:
    found: dict[str, Paired] = {}
    for code in counted.tree.upward():
        below = [found[child] for child in counted.tree.below(code)]
        found[code] = dict(_of_region(counted, code, below))
    return found


def _of_region(counted: CountedMonth, code: str, below: Sequence[Paired]) -> Mapping[Key, Halves]:
    known = {}
    for key, (one, other, deciding) in _halves(counted, code).items():
        if any(cell.told == _OWN for cell in deciding):
            known[key] = Halves(one, other, _OWN)
            continue
        parts = [pairs[key] for pairs in below if key in pairs]
        if parts:
            sums = sum(part.one for part in parts), sum(part.other for part in parts)
            known[key] = Halves(*sums, (len(parts), len(below)))
    return known


def _halves(counted: CountedMonth, code: str) -> Mapping[Key, tuple[int, int, Sequence[RecountCell]]]:
    """Both totals, and the cells that decide whether they are the region's own."""

    def of(name: str) -> list[RecountCell]:
        return list(counted.final.of(code, name))

    found: dict[Key, tuple[int, int, Sequence[RecountCell]]] = {}
    into, out, due, received = of("contributions"), of("claims"), of("due"), of("received")
    if into and out:
        found["balance",] = _total(into), _total(out), into + out
    if due:
        found["dues",] = _total(due), _total(received), due + received
    by_basis = {cell.a: cell for cell in of("money_out")}
    for cell in of("money_in"):
        if cell.a in by_basis:
            found["basis", cell.a] = cell.value, by_basis[cell.a].value, [cell, by_basis[cell.a]]
    ceilings = of("allocated")
    spent = of("realised")
    by_line = {(cell.a, cell.b): cell for cell in spent}
    if ceilings:
        found["absorbed",] = _total(ceilings), _total(spent), ceilings + spent
    costs = {(cell.a, cell.b): cell.value for cell in of("monthly_cost")}
    for cell in ceilings:
        paid = [by_line[cell.a, cell.b]] if (cell.a, cell.b) in by_line else []
        found["absorbed", cell.a, cell.b] = cell.value, _total(paid), [cell, *paid]
        cost = _cost_of(cell, ceilings, costs)
        if cost:
            found["lasting", cell.a, cell.b] = cell.value - _total(paid), cost, [cell]
    return found


def _total(cells: Sequence[RecountCell]) -> int:
    return sum(cell.value for cell in cells)


def _cost_of(cell: RecountCell, ceilings: Sequence[RecountCell], costs: Mapping[tuple[str, str], int]) -> int:
    """Of a line without a category: all people of its source of funds who have no line of their own."""
    if cell.a:
        return costs.get((cell.a, cell.b), 0)
    placed = {one.a for one in ceilings if one.b == cell.b and one.a}
    return sum(
        cost for (category, funding), cost in costs.items() if funding == cell.b and category not in placed
    )
