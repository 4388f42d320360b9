"""From what regions said themselves to what stands above: cell by cell, from the regencies upward."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from reports.recount.cells import KEY
from reports.recount.tables import month_of

_REGENCY = 2
# A sum whose source of funds was not told is the region's whole sum.
_MONEY = ("contributions", "claims")


@dataclass(frozen=True)
class Tree:
    """Regions that exist in a month, by level; `children` by the code of the one above."""

    levels: Mapping[str, int]
    children: Mapping[str, Sequence[str]]

    def upward(self) -> list[str]:
        return sorted(self.levels, key=lambda code: (-self.levels[code], code))

    def below(self, code: str) -> Sequence[str]:
        return self.children.get(code, ())

    def regencies(self, code: str) -> int:
        if self.levels[code] == _REGENCY:
            return 1
        return sum(self.regencies(child) for child in self.below(code))


def tree_of(places: pd.DataFrame, month: int) -> Tree:
    """As it stands on the last day of the month. A region that has ended keeps its own facts."""
    after = month_of(month + 1)
    lives = [
        (begun is None or begun < after) and (ended is None or ended >= after)
        for begun, ended in zip(places.valid_from, places.valid_until, strict=True)
    ]
    children = {parent: sorted(codes) for parent, codes in places[lives].groupby("parent").code}
    return Tree(dict(zip(places.code, places.level, strict=True)), children)


def summed_up(own: pd.DataFrame, tree: Tree) -> pd.DataFrame:
    """The cells of all regions; a cell that a region said itself is never the sum of those below."""
    own = _undivided(own)
    final = dict(list(own.groupby("region")))
    for code in tree.upward():
        below = tree.below(code)
        parts = [final[child] for child in below if child in final]
        if parts:
            final[code] = _with_sums(code, final.get(code, own.iloc[:0]), pd.concat(parts), len(below))
    return pd.concat(list(final.values())) if final else own


def _undivided(own: pd.DataFrame) -> pd.DataFrame:
    """A sum of which no source of funds was told for a part is told of none."""
    untold = own[own.name.isin(_MONEY) & (own.a == "")][["region", "name"]].drop_duplicates()
    marked = own.merge(untold, on=["region", "name"], how="left", indicator=True)
    is_whole = marked._merge == "both"
    rows = marked.drop(columns="_merge")
    sums = rows[is_whole].groupby(["region", "name"], as_index=False).value.sum()
    return pd.concat([rows[~is_whole], sums.assign(a="", b="", c="")])


def _with_sums(code: str, own: pd.DataFrame, below: pd.DataFrame, expected: int) -> pd.DataFrame:
    whole = set(own[own.name.isin(_MONEY) & (own.a == "")].name)
    sums = below.groupby(KEY[1:], as_index=False).agg(value=("value", "sum"), reported=("value", "size"))
    sums = sums[~sums.name.isin(whole)].assign(region=code, expected=expected)
    both = pd.concat([own, sums.astype({"reported": "Int64", "expected": "Int64"})])
    return both.drop_duplicates(KEY, keep="first")
