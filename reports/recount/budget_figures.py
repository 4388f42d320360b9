"""Ceilings, what was paid of them, for how long the rest lasts, and what a gain of coverage cost."""

from collections.abc import Sequence
from typing import Any

from reports.recount.cell_index import RecountCell
from reports.recount.cover import Cover
from reports.recount.lines import Lines, rate_of


def budget_figures(lines: Lines, cover: Cover | None, december: Cover | None) -> None:
    ceilings, paid = lines.of("allocated"), lines.of("realised")
    spent, told_spent = lines.total("realised")
    if ceilings:
        whole, told = lines.total("allocated")
        lines.add("BUD-01", whole, told=told)
        lines.add("BUD-03", spent, whole, told)
    if paid:
        lines.add("BUD-02", spent, told=told_spent)
    by_cell = {(cell.a, cell.b): cell.value for cell in paid}
    costs = {(cell.a, cell.b): cell.value for cell in lines.of("monthly_cost")}
    for cell in ceilings:
        _add_line(lines, cell, by_cell.get((cell.a, cell.b), 0), _cost_of(cell, ceilings, costs))
    for cell in paid:
        lines.add("BUD-05", cell.value, told=cell.told, category=cell.a, funding=cell.b)
    if paid and cover is not None and december is not None:
        _add_gain(lines, cover, december)


def _add_line(lines: Lines, cell: RecountCell, paid: int, cost: int) -> None:
    names: dict[str, Any] = {"category": cell.a, "funding": cell.b}
    lines.add("BUD-04", cell.value, told=cell.told, **names)
    lines.add("BUD-08", paid, cell.value, cell.told, **names)
    if cost:
        lines.add("BUD-06", cell.value - paid, cost, cell.told, **names)


def _cost_of(cell: RecountCell, ceilings: Sequence[RecountCell], costs: dict[tuple[str, str], int]) -> int:
    """Of a line without a category: all people of its source of funds who have no line of their own."""
    if cell.a:
        return costs.get((cell.a, cell.b), 0)
    placed = {one.a for one in ceilings if one.b == cell.b and one.a}
    return sum(
        cost for (category, funding), cost in costs.items() if funding == cell.b and category not in placed
    )


def _add_gain(lines: Lines, cover: Cover, december: Cover) -> None:
    if not (cover.is_whole and december.is_whole) or cover.reported != december.reported:
        return
    spent, told = lines.total("realised")
    gained = cover.members - december.members
    if gained > 0:
        lines.add("BUD-09", spent, gained, told)
    now, then = (rate_of(one.members, one.workers) for one in (cover, december))
    if now is not None and then is not None and now > then:
        lines.add("BUD-10", spent, int((now - then) * 100), told)
