"""Stored rows behind a figure, as the page that explains it lists them."""

from dataclasses import dataclass

from participants.selectors.persons.enrolment import NamedSource
from regions.models import SourcedFact
from regions.roles import Permission
from reports.enums import Unit


@dataclass(frozen=True)
class FactRow:
    """One stored row behind a figure. `correct_url_name` is empty where no form corrects it."""

    fact: SourcedFact | NamedSource
    label: str
    amount: int
    unit: Unit
    permission: Permission
    correct_url_name: str = ""
    # Where in which file it stood, for what came in by one.
    place: str = ""


@dataclass(frozen=True)
class FactSection:
    title: str
    rows: list[FactRow]

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def unit(self) -> Unit:
        return self.rows[0].unit
