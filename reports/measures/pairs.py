"""Two halves of a figure that belong together: above, only regions that reported both are summed.

Contributions of five provinces less the claims of six say nothing of anybody. What a region reported itself,
in whole or in part, stands as it is; where both halves are sums, those of the regions with both are summed.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from reports.measures.quantities import Amount, Quantities, read_key

# What a pair is of: the balance, a basis of it, dues, what was paid of ceilings, how long a line lasts.
PairKey = tuple[str, ...]
# A number, and whether it is a sum of the regions below.
Cell = tuple[int, bool]
Cells = Callable[[str], Mapping[Any, Cell]]
BALANCE: PairKey = ("balance",)
DUES: PairKey = ("dues",)
ABSORBED: PairKey = ("absorbed",)
_FIRST, _SECOND = "first", "second"


def basis_key(basis: str) -> PairKey:
    return ("basis", basis)


def absorbed_key(category: str, funding: str) -> PairKey:
    return ("absorbed", category, funding)


def lasting_key(category: str, funding: str) -> PairKey:
    return ("lasting", category, funding)


class Pair(NamedTuple):
    """Both halves; `is_sum` where neither is the region's own, not even in part."""

    first: int
    second: int
    is_sum: bool


Pairs = Mapping[PairKey, Pair]


def _pair(first: Iterable[Cell], second: Iterable[Cell]) -> Pair:
    one, other = list(first), list(second)
    is_sum = all(summed for _number, summed in (*one, *other))
    return Pair(sum(number for number, _ in one), sum(number for number, _ in other), is_sum)


def balance_in(cells: Cells) -> Pairs:
    contributions, claims = cells("contributions"), cells("claims")
    return {BALANCE: _pair(contributions.values(), claims.values())} if contributions and claims else {}


def dues_in(cells: Cells) -> Pairs:
    due = cells("due")
    return {DUES: _pair(due.values(), cells("received").values())} if due else {}


def bases_in(cells: Cells) -> Pairs:
    into, out = cells("money_in"), cells("money_out")
    return {basis_key(basis): _pair([into[basis]], [out[basis]]) for basis in into.keys() & out.keys()}


def absorbed_in(cells: Cells) -> Pairs:
    """Of the ceilings, and of each line: what it is, and what was paid of it."""
    ceilings, paid = cells("allocated"), cells("realised")
    found: dict[PairKey, Pair] = {}
    for (category, funding), ceiling in ceilings.items():
        spent = paid.get((category, funding), (0, True))
        found[absorbed_key(category, funding)] = _pair([ceiling], [spent])
    if ceilings:
        found[ABSORBED] = _pair(ceilings.values(), paid.values())
    return found


def lasting_in(cells: Cells) -> Pairs:
    """What is left of each line, and what a month of the people costs whom it pays for."""
    ceilings, paid, costs = cells("allocated"), cells("realised"), cells("monthly_cost")
    found: dict[PairKey, Pair] = {}
    for (category, funding), (ceiling, is_sum) in ceilings.items():
        cost = _monthly_cost(costs, ceilings, category, funding)
        if cost:
            spent = paid.get((category, funding), (0, True))[0]
            found[lasting_key(category, funding)] = Pair(ceiling - spent, cost, is_sum)
    return found


_SUBJECTS = (balance_in, dues_in, bases_in, absorbed_in, lasting_in)


def _all_in(cells: Cells) -> dict[PairKey, Pair]:
    """The totals of both halves where a region has them, its own or summed."""
    return {key: pair for subject in _SUBJECTS for key, pair in subject(cells).items()}


def _monthly_cost(
    costs: Mapping[tuple[str, str], Cell], ceilings: Iterable[tuple[str, str]], category: str, funding: str
) -> int:
    """Where a line names no category, the cost of all people whom its source pays for counts."""
    if category:
        return costs.get((category, funding), (0, True))[0]
    named = {c for c, f in ceilings if f == funding and c}
    return sum(rupiah for (c, f), (rupiah, _) in costs.items() if f == funding and c not in named)


def stored_pairs(stored: Mapping[str, Any]) -> dict[PairKey, Pair]:
    """Of a region below as it was stored; one stored before pairs were counted has its totals."""

    def cells(name: str) -> dict[Any, Cell]:
        found = stored.get(name) or {}
        return {
            read_key(key): (one, False) if type(one) is int else (one[0], True) for key, one in found.items()
        }

    totals = _all_in(cells)
    if "pairs" not in stored:
        return totals
    summed = {key: number for key, (number, _) in cells("pairs").items()}
    return {
        key: pair if not pair.is_sum else Pair(summed[*key, _FIRST], summed[*key, _SECOND], is_sum=True)
        for key, pair in totals.items()
        if not pair.is_sum or (*key, _FIRST) in summed
    }


def sum_pairs(below: Iterable[Mapping[PairKey, Pair]], expected: int) -> dict[PairKey, Amount]:
    """Both halves of each pair, and of how many of the regions below they are."""
    found: dict[PairKey, tuple[int, int, int]] = {}
    for pairs in below:
        for key, pair in pairs.items():
            first, second, reported = found.get(key, (0, 0, 0))
            found[key] = first + pair.first, second + pair.second, reported + 1
    amounts: dict[PairKey, Amount] = {}
    for key, (first, second, reported) in found.items():
        amounts[*key, _FIRST] = Amount(first, reported, expected)
        amounts[*key, _SECOND] = Amount(second, reported, expected)
    return amounts


def pairs_of(
    q: Quantities, subject: Callable[[Cells], Pairs]
) -> dict[PairKey, tuple[int, int, int | None, int | None]]:
    """Both halves of each figure of a region, and of how many regions below they are; None where its own."""

    def cells(name: str) -> dict[Any, Cell]:
        return {key: (one.value, one.reported is not None) for key, one in getattr(q, name).items()}

    found: dict[PairKey, tuple[int, int, int | None, int | None]] = {}
    for key, pair in subject(cells).items():
        if not pair.is_sum:
            found[key] = pair.first, pair.second, None, None
        elif first := q.pairs.get((*key, _FIRST)):
            found[key] = first.value, q.pairs[*key, _SECOND].value, first.reported, first.expected
    return found
