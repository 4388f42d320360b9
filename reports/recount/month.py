"""The second computation: all figures of some regions in a month, from tables of facts alone."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from reports.recount.cell_index import CellIndex
from reports.recount.counted import CountedMonth
from reports.recount.cover import Covers, covers_of
from reports.recount.employers import employers_of
from reports.recount.figures import figures_of
from reports.recount.money import money_of
from reports.recount.people import before_of, members_of, people_of, workers_of
from reports.recount.projects import projects_of
from reports.recount.tables import FactTables, january
from reports.recount.tree import Tree, summed_up, tree_of

_REPORTS, _REGENCY = 5, 2


def recounted(tables: FactTables, month: int, codes: list[str]) -> pd.DataFrame:
    """`codes` are regions of which, with all below them, the tables hold the facts."""
    tree, december = tree_of(tables.places, month), january(month) - 1
    own = pd.concat([members_of(tables, month), workers_of(tables, month), people_of(tables, month)])
    own = pd.concat([own, money_of(tables, month), employers_of(tables, month), projects_of(tables, month)])
    final = summed_up(own, tree)
    counted = CountedMonth(
        month=month,
        final=CellIndex.of_table(final),
        tree=tree,
        covers=covers_of(own, final, tree, tables.segments(month), before_of(tables, month)),
        december=tables.once("covers", december, partial(_covers_at, tables, december)).whole,
        reports=_reports(tables, own, tree, month),
        targets=tables.targets,
        category_targets=tables.category_targets,
        payers=tables.payers,
    )
    return figures_of(counted, codes)


def _covers_at(tables: FactTables, month: int) -> Covers:
    tree = tree_of(tables.places, month)
    own = pd.concat([members_of(tables, month), workers_of(tables, month)])
    final = summed_up(own, tree)
    return covers_of(own, final, tree, tables.segments(month), before_of(tables, month))


def _reports(tables: FactTables, own: pd.DataFrame, tree: Tree, month: int) -> Mapping[str, tuple[int, int]]:
    """Of five reports that a month asks of a regency, those that are there; above, the sums."""
    told = [
        set(own[own.name == "members"].region),
        set(own[own.name == "eligible"].region),
        set(own[own.name.isin(["headcounts", "named"])].region),
        set(tables.contributions[tables.contributions.paid == month].region),
        set(tables.claims[tables.claims.paid == month].region),
    ]
    found: dict[str, tuple[int, int]] = {}
    for code in tree.upward():
        if tree.levels[code] == _REGENCY:
            found[code] = (sum(code in regions for regions in told), _REPORTS)
        else:
            below = [found[child] for child in tree.below(code)]
            found[code] = (sum(one for one, _of in below), sum(of for _one, of in below))
    return found
