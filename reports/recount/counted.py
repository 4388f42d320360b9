"""All that the figures of a month are made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from reports.recount.cell_index import CellIndex
from reports.recount.cover import Cover, Covers
from reports.recount.tree import Tree


@dataclass(frozen=True)
class CountedMonth:
    """`final` are the cells of all regions; `december` the year's beginning."""

    month: int
    final: CellIndex
    tree: Tree
    covers: Covers
    december: Mapping[str, Cover]
    reports: Mapping[str, tuple[int, int]]
    targets: pd.DataFrame
    category_targets: pd.DataFrame
    payers: Mapping[str, str]
