"""Persons by name of a regency in two months: who came, who went and why, who changed payer or category."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from participants.models import Enrolment
from participants.selectors.persons.enrolment import PERSON, covering

Cell = tuple[str, str]


class MoveCause(StrEnum):
    """In the order in which they are told."""

    JOINED = auto()
    ENDED = auto()
    LAPSED = auto()
    OTHER_PAYER = auto()
    OTHER_CATEGORY = auto()


@dataclass(frozen=True)
class Entry:
    """A person in a category and source of funds; `is_ended` where the spell was ended with a cause."""

    person: int
    category: str
    funding: str
    segment: str
    is_ended: bool

    @property
    def cell(self) -> Cell:
        return self.category, self.funding


@dataclass(frozen=True)
class TwoMonths:
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]

    def of(self, cells: Collection[Cell]) -> "TwoMonths":
        before, after = (tuple(e for e in told if e.cell in cells) for told in (self.before, self.after))
        return TwoMonths(before, after)

    def of_segments(self, segments: Collection[str]) -> "TwoMonths":
        before, after = (
            tuple(e for e in told if e.segment in segments) for told in (self.before, self.after)
        )
        return TwoMonths(before, after)


def persons_of(region_code: str, first: date, last: date) -> TwoMonths:
    """Of the regency's own lists; merged persons are one."""
    rows = Enrolment.objects.filter(covering(first) | covering(last), region_id=region_code).order_by(
        "first_month", "pk"
    )
    columns = ("category_id", "funding_id", "segment", "first_month", "last_month", "ended_by")
    before: dict[tuple[int, Cell], Entry] = {}
    after: dict[tuple[int, Cell], Entry] = {}
    for person, category, funding, segment, began, ended, cause in rows.annotate(person=PERSON).values_list(
        "person", *columns
    ):
        entry = Entry(person, category, funding, segment, bool(cause))
        for month, told in ((first, before), (last, after)):
            if began <= month and (ended is None or ended >= month):
                told.setdefault((person, entry.cell), entry)
    return TwoMonths(tuple(before.values()), tuple(after.values()))


def causes_of(told: TwoMonths) -> Counter[MoveCause]:
    """MoveCause → by how much it moved the number of entries; all of them together are the whole change.

    Who is in another cell of the same category changed the payer, who is in another category the category.
    Who is in none any more ended where a cause was recorded, else the spell ran out.
    """
    was, now = _cells(told.before), _cells(told.after)
    found: Counter[MoveCause] = Counter()
    for entry in told.after:
        if entry.cell not in was[entry.person]:
            gone = was[entry.person] - now[entry.person]
            found[_cause(entry, gone, MoveCause.JOINED)] += 1
    for entry in told.before:
        if entry.cell not in now[entry.person]:
            come = now[entry.person] - was[entry.person]
            found[_cause(entry, come, MoveCause.ENDED if entry.is_ended else MoveCause.LAPSED)] -= 1
    return found


def _cells(entries: Iterable[Entry]) -> defaultdict[int, set[Cell]]:
    found: defaultdict[int, set[Cell]] = defaultdict(set)
    for entry in entries:
        found[entry.person].add(entry.cell)
    return found


def _cause(entry: Entry, others: set[Cell], otherwise: MoveCause) -> MoveCause:
    if any(category == entry.category for category, _funding in others):
        return MoveCause.OTHER_PAYER
    return MoveCause.OTHER_CATEGORY if others else otherwise
