"""What one kind of sourced fact is, said once in its model: storing, forms, pages, files and history read it.

class Headcount(SourcedFact):
    fact = FactKind(name="headcount", key=("month", "region_id"), values=("people",), …)
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import Any

from regions.counted_months import CountedDay
from regions.enums import ReportKind
from regions.month import Span, first_of
from regions.roles import Permission

# What every fact carries beside its own values and may be corrected with them.
PROVENANCE = ("source", "source_url", "as_of", "note")
# `counts` of a kind of which no figure is made.
NEVER = "FALSE"
# What a row says of each month, as far as figures of that month count it.
Statements = Mapping[date, Any]


@dataclass(eq=False)
class CountedKind:
    """A table whose rows are counted for months, with a history of its rows.

    `counted` names the columns of which a change changes every month, as `word` does (who says so); `counts`
    is SQL over a version `v` of a row, false where the version counts for nothing. `named` says which row it
    is, `also` names further columns that the history shows. `personal` columns may say who somebody is:
    neither acts nor the list of what changed since an approval repeat them.
    """

    _: KW_ONLY
    counted: tuple[str, ...] = ()
    first: CountedDay
    last: CountedDay
    counts: str = "TRUE"
    word: tuple[str, ...] = PROVENANCE
    named: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    # True where what is summed from January on also counts the row.
    counts_on: bool = False
    model: Any = field(init=False, default=None)

    def __set_name__(self, owner: Any, _name: str) -> None:
        """The first class that names it is the model; forms and stores name it again."""
        self.model = self.model or owner

    @property
    def columns(self) -> tuple[str, ...]:
        """What the history shows of a version."""
        return self.said_of((*self.named, *self.counted, *self.also, *self.word))

    def said_of(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Each once, without those that may say who somebody is."""
        return tuple(column for column in dict.fromkeys(columns) if column not in self.personal)

    def months(self, row: Any) -> Span:
        """First and last month whose figures the row touches; None as last for no end."""
        first = self.first.of(row)
        if first is None:
            raise ValueError(f"{self.model.__name__} without a month")
        return first, self.last.of(row)


@dataclass(eq=False)
class FactKind(CountedKind):
    """A kind of fact that people record and correct.

    `key` names the columns that make two rows the same fact, `values` those that may differ between two
    reports of it; `counted` are those of `values` that figures count, all where none are named. `states` says
    of which months the row speaks itself: (column with the day, columns said of it). A payment speaks of the
    month in which it was made, though it counts until the year's end; what is of a year speaks of no month,
    and closed months keep what they were closed with.
    """

    _: KW_ONLY
    # The noun in URL names: "headcount" for headcount_list, headcount_record, headcount_correct.
    name: str
    key: tuple[str, ...]
    values: tuple[str, ...]
    permission: Permission
    report: ReportKind
    # Who may read its rows one by one; sums of them are for all who see coverage.
    seen_with: Permission = Permission.VIEW_COVERAGE
    # Who may read its register, in which months stand that are not closed; plans are for all.
    listed_with: Permission = Permission.VIEW_DRAFTS
    states: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # Columns that settling makes of the values, and that are written with them.
    derived: tuple[str, ...] = ()
    # Of `values`, those that prefer one fact to another and say nothing of the world.
    preferences: tuple[str, ...] = ()
    # Whether it holds for all below its region as well, whose people read it then.
    reaches_down: bool = False
    # The fields by which a form tells the fact from others, where they are not those of `key`.
    identified_by: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.counted = self.counted or self.values

    @property
    def stored(self) -> tuple[str, ...]:
        return (*self.values, *PROVENANCE)

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def fixed_fields(self) -> tuple[str, ...]:
        """Names of a form's fields that identify the fact, the region first."""
        names = self.identified_by or tuple(column.removesuffix("_id") for column in self.key)
        return tuple(dict.fromkeys(("region", *names)))

    @property
    def value_fields(self) -> tuple[str, ...]:
        """Names of a form's fields that a correction may change."""
        return tuple(column.removesuffix("_id") for column in self.values)

    def url_name(self, page: str) -> str:
        """The name of one of its pages: list, record, correct."""
        return f"{self.name}_{page}"

    def key_of(self, row: Any) -> tuple[Any, ...]:
        told = (getattr(row, column) for column in self.key)
        return tuple(tuple(one) if isinstance(one, list) else one for one in told)

    def same(self, one: Any, other: Any) -> bool:
        return all(getattr(one, column) == getattr(other, column) for column in self.stored)

    def statements(self, row: Any) -> Statements:
        """Month → what the row says of it, and on whose word."""
        word = tuple(getattr(row, column) for column in PROVENANCE)
        said: dict[date, list[Any]] = defaultdict(list)
        for day_column, columns in self.states:
            day = getattr(row, day_column)
            if day is not None:
                values = tuple(getattr(row, column) for column in columns)
                said[first_of(day)].append((day_column, values))
        return {month: (values, word) for month, values in said.items()}
