"""Ceilings, what was paid of them, for how long the rest lasts, and what a gain of coverage cost."""

from typing import Any

from reports.recount.cell_index import RecountCell
from reports.recount.cover import Cover
from reports.recount.lines import Lines, rate_of
from reports.recount.pairs import Paired


def budget_figures(lines: Lines, cover: Cover | None, december: Cover | None, pairs: Paired) -> None:
    ceilings, paid = lines.of("allocated"), lines.of("realised")
    spent, told_spent = lines.total("realised")
    if ceilings:
        whole, told = lines.total("allocated")
        lines.add("BUD-01", whole, told=told)
        lines.add("BUD-03", pairs["absorbed",].other, pairs["absorbed",].one, told)
    if paid:
        lines.add("BUD-02", spent, told=told_spent)
    for cell in lines.of("bills"):
        lines.add({"billed": "BUD-11", "posted": "BUD-12"}[cell.a], cell.value, told=cell.told)
    for cell in ceilings:
        _add_line(lines, cell, pairs)
    for cell in paid:
        lines.add("BUD-05", cell.value, told=cell.told, category=cell.a, funding=cell.b)
    if paid and cover is not None and december is not None:
        _add_gain(lines, cover, december)


def _add_line(lines: Lines, cell: RecountCell, pairs: Paired) -> None:
    names: dict[str, Any] = {"category": cell.a, "funding": cell.b}
    absorbed, lasting = pairs.get(("absorbed", cell.a, cell.b)), pairs.get(("lasting", cell.a, cell.b))
    lines.add("BUD-04", cell.value, told=cell.told, **names)
    if absorbed:
        lines.add("BUD-08", absorbed.other, absorbed.one, cell.told, **names)
    if lasting:
        told = cell.told if lasting.told[0] is None else lasting.told
        lines.add("BUD-06", lasting.one, lasting.other, told, **names)


def _add_gain(lines: Lines, cover: Cover, december: Cover) -> None:
    if not (cover.is_whole and december.is_whole) or cover.reported != december.reported:
        return
    spent, told = lines.total("realised")
    if told[0] is not None and told[0] != (told[1] if cover.reported is None else cover.reported):
        return
    gained = cover.members - december.members
    if gained > 0:
        lines.add("BUD-09", spent, gained, told)
    now, then = (rate_of(one.members, one.workers) for one in (cover, december))
    if now is not None and then is not None and now > then:
        lines.add("BUD-10", spent, int((now - then) * 100), told)
