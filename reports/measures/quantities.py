"""What is known of one region and month before anything is divided, and how it adds up the tree."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, TypeVar

K = TypeVar("K")
# Reports that a month asks of a regency: members, workers, people by category, contributions, claims.
REPORTS_EXPECTED = 5


class Amount(NamedTuple):
    """A number: reported by the region itself, or the sum of `reported` of `expected` regions below."""

    value: int
    reported: int | None = None
    expected: int | None = None


@dataclass(frozen=True)
class CoveragePair:
    """Members and eligible workers that belong together; `basis` says what the denominator counts.

    `missing` are segments that should have been reported and were not; `is_uneven` where members and workers
    are those of different regions. Neither makes a whole: nothing is divided, compared or summed further.
    `partial` regions below were left out because theirs is no whole.
    """

    members: Amount
    eligible: Amount
    basis: str
    missing: tuple[str, ...] = ()
    is_uneven: bool = False
    partial: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.is_uneven


@dataclass(frozen=True)
class TargetShare:
    percent: Decimal
    words: str


@dataclass(frozen=True)
class CategoryShare:
    """People of a category that a target asks for, and those paid for, summed over who pays."""

    people: int
    covered: Amount
    words: str


@dataclass
class Quantities:
    """All quantities of a region and month. What was not reported is absent, never zero."""

    members: dict[str, Amount] = field(default_factory=dict)
    eligible: dict[str, Amount] = field(default_factory=dict)
    coverage: CoveragePair | None = None
    segment_coverage: dict[str, CoveragePair] = field(default_factory=dict)
    # Coverage in December of the year before, where money of this year was spent to raise it.
    year_end: CoveragePair | None = None
    # People paid for by (category, source of funds): as reported without names, as listed by name, the
    # difference where a region has both, and what counts: the report, or the names where there is none.
    headcounts: dict[tuple[str, str], Amount] = field(default_factory=dict)
    named: dict[tuple[str, str], Amount] = field(default_factory=dict)
    differences: dict[tuple[str, str], Amount] = field(default_factory=dict)
    funded: dict[tuple[str, str], Amount] = field(default_factory=dict)
    # Of `named`, by (category, source of funds, programme): who is in two programmes is in both.
    programmes: dict[tuple[str, str, str], Amount] = field(default_factory=dict)
    # `all` and `vulnerable`: persons listed by name, each once.
    persons: dict[str, Amount] = field(default_factory=dict)
    # People paid for by kind of payer.
    payers: dict[str, Amount] = field(default_factory=dict)
    contributions: dict[str, Amount] = field(default_factory=dict)
    claims: dict[str, Amount] = field(default_factory=dict)
    # By (category, source of funds), "" where not told: the ceiling in force, what was paid of it, and what
    # the people of this very month cost.
    allocated: dict[tuple[str, str], Amount] = field(default_factory=dict)
    realised: dict[tuple[str, str], Amount] = field(default_factory=dict)
    monthly_cost: dict[tuple[str, str], Amount] = field(default_factory=dict)
    # Of the fiscal year to date by (month, category, source of funds): due, received for those months by
    # the end of this one; and people of this month whose price nobody knows.
    due: dict[tuple[str, str, str], Amount] = field(default_factory=dict)
    received: dict[tuple[str, str, str], Amount] = field(default_factory=dict)
    unpriced: dict[tuple[str, str], Amount] = field(default_factory=dict)
    # Of the fiscal year to date, `billed` and `posted`: bills by the day of the stage.
    bills: dict[str, Amount] = field(default_factory=dict)
    # By the code of the basis (budgets.enums.BalanceBasis); claims also by programme and by kind.
    money_in: dict[str, Amount] = field(default_factory=dict)
    money_out: dict[str, Amount] = field(default_factory=dict)
    claim_rupiah: dict[str, Amount] = field(default_factory=dict)
    claim_cases: dict[str, Amount] = field(default_factory=dict)
    claim_kinds: dict[str, Amount] = field(default_factory=dict)
    # By EmployerSum (budgets.enums): what the employers that hold in the month come to.
    employers: dict[str, Amount] = field(default_factory=dict)
    # By ProjectSum (budgets.enums): what construction projects of the fiscal year to date come to.
    projects: dict[str, Amount] = field(default_factory=dict)
    # Halves that belong together, summed over the regions below that have both; see measures.pairs.
    pairs: dict[tuple[str, ...], Amount] = field(default_factory=dict)
    targets: dict[str, TargetShare] = field(default_factory=dict)
    # By (category, frame): the region's own targets, where people of the category are known at all.
    category_targets: dict[tuple[str, str], CategoryShare] = field(default_factory=dict)
    # Of people and of money: how many of the regions below reported any of it, of how many.
    # Absent where all of it is the region's own.
    reporters: dict[str, tuple[int, int]] = field(default_factory=dict)
    # Of what is no whole of its own: the regencies whose figures are in it, of all in the region.
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    # Segments reported in the year before, where members of the month are told by segments.
    reported_before: tuple[str, ...] = ()
    complete: int = 0
    complete_of: int = 0
    # How many stored rows of each kind are in it, and how many regions below; noted with the run itself.
    rows: dict[str, int] = field(default_factory=dict, compare=False, metadata={"stored": False})

    @property
    def regencies(self) -> int:
        return regencies_of(self.complete_of)

    def share(self, name: str) -> tuple[int, int]:
        """The regencies that are in a quantity, of all; equal where it is whole."""
        if name == "reports":
            return self.complete, self.complete_of
        return self.shares.get(name, (self.regencies, self.regencies))

    @property
    def is_empty(self) -> bool:
        reported = (self.members, self.eligible, self.funded, self.contributions, self.claims)
        money = (self.allocated, self.realised, self.due, self.received, self.claim_kinds, self.bills)
        return not any((*reported, *money, self.employers, self.projects))


def regencies_of(reports: int) -> int:
    """How many regencies a number of expected reports stands for."""
    return reports // REPORTS_EXPECTED


def combine(own: Mapping[K, int], below: Iterable[Mapping[Any, Any]], expected: int) -> dict[K, Amount]:
    """Cell by cell: what the region reported itself, otherwise the sum of the regions below.

    Those below come as they are stored: keys as they are written, a cell as a number or as a list (or an
    Amount) that begins with it.
    """
    if not expected:
        return dict(zip(own, map(Amount, own.values()), strict=True)) if own else {}
    told = [cells for cells in below if cells]
    totals: dict[Any, int] = {}
    for cells in told:
        for key, number in cells.items():
            value = number if type(number) is int else number[0]
            totals[key] = totals[key] + value if key in totals else value
    counts = Counter(chain.from_iterable(told))
    combined = {read_key(key): Amount(total, counts[key], expected) for key, total in totals.items()}
    combined.update({key: Amount(value) for key, value in own.items()})
    return combined


@lru_cache(maxsize=65536)
def read_key(written: Any) -> Any:
    """A key of several parts is written with bars, which codes do not hold."""
    return tuple(written.split("|")) if isinstance(written, str) and "|" in written else written


def combine_money(
    own: Mapping[str, int], below: Iterable[Mapping[Any, Any]], expected: int
) -> dict[str, Amount]:
    """Like `combine` by funding source; a sum whose funding is not told is the region's whole sum."""
    if "" in own:
        return {"": Amount(sum(own.values()))}
    return combine(own, below, expected)
