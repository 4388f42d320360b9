"""What a measure declares of itself; boards, explanations, exports, definitions and packs go by it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.functional import Promise

from reports.enums import Direction, Unit, Window
from reports.measures.evidence import Costs, Evidence
from reports.measures.quantities import Quantities
from reports.measures.result import MeasureResult


class MeasureSection(StrEnum):
    """The sections of a board, in the order in which measures are defined."""

    COVERAGE = auto()
    CATEGORIES = auto()
    COMPLETENESS = auto()
    BUDGET = auto()
    CONTRIBUTIONS = auto()
    BALANCE = auto()
    CLAIMS = auto()
    EMPLOYERS = auto()
    PROJECTS = auto()


class PackTable(StrEnum):
    """The tables of a pack that are made of measure values, by their keys.

    Coverage, balance, employers and projects take any further measure as a line; categories and budget take
    one that the board shows as a column, as a column; the others hold those that they name, and no more.
    """

    COVERAGE = auto()
    TARGETS = auto()
    SEGMENTS = auto()
    CATEGORIES = auto()
    CATEGORY_GAPS = auto()
    BUDGET = auto()
    BALANCE = auto()
    CLAIMS = auto()
    EMPLOYERS = auto()
    PROJECTS = auto()


class Moment(StrEnum):
    """Of which month a part is: the figure's own, or December of the year before."""

    SAME = auto()
    YEAR_END = auto()


@dataclass(frozen=True)
class MeasurePart:
    """Another measure that this one is made of, explained on its own page."""

    code: str
    at: Moment = Moment.SAME


@dataclass(frozen=True)
class BoardLine:
    """Shown as a line of its section.

    `note` names the denominator, written as `%(n)s`, and may name the end of the year before: `%(year_end)s`.
    """

    note: str | Promise = ""


@dataclass(frozen=True)
class TableColumn:
    """Shown as a column of its section's table, from left to right by `place`.

    `total` is the code of the measure that is the sum of the column, where there is one.
    """

    heading: str | Promise
    place: int
    digits: int = 2
    total: str = ""


class Placed(StrEnum):
    """Shown where the section has a place for just this measure, or nowhere on the board."""

    ELSEWHERE = auto()


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`code` is cited in letters and reports, so it is never used again for something else.

    `parts` are the measures it is made of, `evidence` the stored rows and `costs` the person-months behind
    it. `rests_on` names the quantities whose shares grade it: the least of them does.
    """

    code: str
    label: str | Promise
    meaning: str | Promise
    numerator: str | Promise
    denominator: str | Promise
    unit: Unit
    direction: Direction
    window: Window
    section: MeasureSection
    compute: Callable[[Quantities], Iterable[MeasureResult]]
    shown: BoardLine | TableColumn | Placed = Placed.ELSEWHERE
    pack_table: PackTable | None = None
    parts: tuple[MeasurePart, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    costs: Costs | None = None
    rests_on: tuple[str, ...] = ()
