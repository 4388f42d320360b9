"""Which cells of a table of regions stay hidden, so that no small one can be reckoned from the others.

A small cell is hidden by itself. As a parent is the sum of its children, the last hidden child of a family
is what is left of the parent: so others are hidden with it, until whoever knows all that is shown can narrow
down none of the small ones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

Bounds = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Family:
    parent: str
    children: tuple[str, ...]


def hidden_cells(
    values: Mapping[str, int],
    children: Mapping[str, Sequence[str]],
    *,
    unshown: Collection[str],
    least: int,
) -> set[str]:
    """The cells to hide among those that would be shown.

    `values` are all that are counted, those of `unshown` regions too, of which nothing is ever told (their
    months are open). Cells below `least` are small; nought tells of nobody and is shown. Afterwards each
    small or unshown cell may be any of at least `least` numbers.
    """
    families = families_of(values, children)
    small = {code for code, people in values.items() if 0 < people < least and code not in unshown}
    hidden, guarded = set(small), small | (set(unshown) & set(values))
    while weak := _weak(guarded, bounds_of(values, families, hidden, unshown), least):
        hidden.add(_next_to_hide(weak, values, families, hidden | set(unshown)))
    # What was hidden on the way and in the end helps nobody is shown again, the largest first.
    for code in sorted(hidden - small, key=lambda code: (-values[code], code)):
        if not _weak(guarded, bounds_of(values, families, hidden - {code}, unshown), least):
            hidden.discard(code)
    return hidden


def families_of(values: Mapping[str, int], children: Mapping[str, Sequence[str]]) -> list[Family]:
    """Those in which the parent is the sum of its children; a region that reports by itself is not."""
    found = []
    for parent, all_children in children.items():
        counted = tuple(code for code in all_children if code in values)
        if parent in values and counted and values[parent] == sum(values[code] for code in counted):
            found.append(Family(parent, counted))
    return found


def bounds_of(
    values: Mapping[str, int], families: Iterable[Family], hidden: Collection[str], unshown: Collection[str]
) -> Bounds:
    """What each cell may be to whoever knows the shown ones and the sums. Exact, as families are a tree."""
    bounds: Bounds = {code: (people, people) for code, people in values.items()}
    # Whoever looks knows that nought is shown wherever it can be.
    bounds |= {code: (min(1, values[code]), inf) for code in hidden if code in values}
    bounds |= dict.fromkeys((code for code in unshown if code in values), (0, inf))
    families = list(families)
    while any(_narrowed(family, bounds) for family in families):
        pass
    return bounds


def _narrowed(family: Family, bounds: Bounds) -> bool:
    """Whether the sum of a family told anything new."""
    before = [bounds[code] for code in (family.parent, *family.children)]
    low, high = (sum(bounds[code][side] for code in family.children) for side in (0, 1))
    parent = (max(bounds[family.parent][0], low), min(bounds[family.parent][1], high))
    bounds[family.parent] = parent
    for code in family.children:
        own = bounds[code]
        others_low = low - own[0]
        others_high = sum(bounds[one][1] for one in family.children if one != code)
        bounds[code] = (max(own[0], parent[0] - others_high), min(own[1], parent[1] - others_low))
        low += bounds[code][0] - own[0]
    return before != [bounds[code] for code in (family.parent, *family.children)]


def _weak(guarded: Iterable[str], bounds: Bounds, least: int) -> list[str]:
    return sorted(code for code in guarded if bounds[code][1] - bounds[code][0] < least - 1)


def _next_to_hide(
    weak: Sequence[str], values: Mapping[str, int], families: Sequence[Family], covered: Collection[str]
) -> str:
    """The smallest shown neighbour of a weak cell: a sister, else the parent, else one further away."""
    near, reach = set(weak), list(families)
    while True:
        touching = [one for one in reach if near & {one.parent, *one.children}]
        sisters = {code for one in touching for code in one.children if near & set(one.children)}
        around = {code for one in touching for code in (one.parent, *one.children)}
        shown = [[code for code in group if code not in covered] for group in (sisters, around)]
        telling = [[code for code in group if values[code] > 0] for group in shown]
        if group := next(filter(None, (*telling, shown[1])), None):
            return min(group, key=lambda code: (values[code], code))
        if around <= near:
            # Nothing is shown that could narrow it down.
            raise AssertionError("a weak cell without shown neighbours")
        near |= around
