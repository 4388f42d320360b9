"""People paid for by category and source of funds, by name too, and what is missing to their targets."""

from collections.abc import Mapping

from reports.recount.counted import CountedMonth
from reports.recount.lines import Lines

_BY_CELL = {"CAT-01": "funded", "CAT-03": "named", "CAT-04": "differences", "CON-05": "unpriced"}

_BY_PROGRAMME = {"jkk": "CAT-08", "jkm": "CAT-09", "jht": "CAT-10", "jp": "CAT-11", "jkp": "CAT-12"}


def people_figures(lines: Lines, code: str, counted: CountedMonth) -> None:
    for measure, name in _BY_CELL.items():
        for cell in lines.of(name):
            lines.add(measure, cell.value, told=cell.told, category=cell.a, funding=cell.b)
    for cell in lines.of("programmes"):
        measure = _BY_PROGRAMME[cell.c]
        lines.add(measure, cell.value, told=cell.told, category=cell.a, funding=cell.b)
    if lines.has("funded"):
        people, told = lines.total("funded")
        lines.add("CAT-02", people, told=told)
        _add_payers(lines, counted.payers)
    for cell in lines.of("persons"):
        lines.add("CAT-05" if cell.a == "all" else "CAT-06", cell.value, told=cell.told)
    _add_targets(lines, code, counted)


def _add_payers(lines: Lines, payers: Mapping[str, str]) -> None:
    by_payer: dict[str, int] = {}
    for cell in lines.of("funded"):
        payer = payers[cell.b]
        by_payer[payer] = by_payer.get(payer, 0) + cell.value
    whole = sum(by_payer.values())
    for payer, people in by_payer.items():
        lines.add("BUD-07", people, whole, variant=payer)


def _add_targets(lines: Lines, code: str, counted: CountedMonth) -> None:
    """The region's own targets of categories of which anybody is known."""
    rows = counted.category_targets
    own = rows[(rows.region == code) & (rows.year == counted.month // 12)]
    for row in own.itertuples():
        cells = [cell for cell in lines.of("funded") if cell.a == row.category]
        if cells:
            people = sum(cell.value for cell in cells)
            told: tuple[int | None, int | None] = (None, None)
            if any(cell.told[0] is not None for cell in cells):
                told = (_telling(counted, code, str(row.category)), lines.below)
            missing = max(0, int(row.people) - people)
            lines.add("CAT-07", missing, int(row.people), told, category=row.category, target=row.frame)


def _telling(counted: CountedMonth, code: str, category: str) -> int:
    """How many regions below said anything of a category."""
    below = counted.tree.below(code)
    return sum(any(cell.a == category for cell in counted.final.of(child, "funded")) for child in below)
