"""Every measure from the cells of a month, counted apart from the engine.

A figure is a line: what it is (code, segment, category, funding, target, variant), numerator, denominator, of
how many regions below it is the sum, and how whole it is.
"""

from collections.abc import Iterable

import pandas as pd

from reports.recount.budget_figures import budget_figures
from reports.recount.counted import CountedMonth
from reports.recount.cover_figures import cover_figures
from reports.recount.employer_figures import employer_figures
from reports.recount.grade import grades_of
from reports.recount.lines import FACTS, IDENTITY, Lines
from reports.recount.money_figures import money_figures
from reports.recount.pairs import paired
from reports.recount.people_figures import people_figures
from reports.recount.project_figures import project_figures


def figures_of(counted: CountedMonth, codes: Iterable[str]) -> pd.DataFrame:
    """Of these regions; `region` and the columns of `lines` stand in each row."""
    found = []
    pairs = paired(counted)
    for code in codes:
        lines = Lines(code, counted.final, _reporters(counted, code), len(counted.tree.below(code)))
        cover_figures(lines, code, counted.covers, counted.targets, counted.month)
        people_figures(lines, code, counted)
        budget_figures(lines, counted.covers.whole.get(code), counted.december.get(code), pairs[code])
        money_figures(lines, pairs[code])
        employer_figures(lines)
        project_figures(lines)
        told, of = counted.reports[code]
        lines.add("CMP-01", told, of)
        found.append(lines.table(grades_of(counted, code)).assign(region=code))
    return pd.concat(found) if found else pd.DataFrame(columns=["region", *IDENTITY, *FACTS])


def _reporters(counted: CountedMonth, code: str) -> dict[str, tuple[int, int]]:
    """Of each quantity that is a sum: how many of the regions below said any of it, of how many."""
    below = counted.tree.below(code)
    names = [counted.final.names(child) for child in below]
    summed = {
        name
        for name in counted.final.names(code)
        if any(cell.told[0] is not None for cell in counted.final.of(code, name))
    }
    return {name: (sum(name in told for told in names), len(below)) for name in summed}
