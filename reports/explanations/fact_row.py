"""Stored rows behind a figure, as the page that explains it lists them."""

from dataclasses import dataclass

from participants.selectors.persons.enrolment import NamedSource
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.roles import Permission
from reports.enums import Unit


@dataclass(frozen=True)
class FactRow:
    """One stored row behind a figure."""

    fact: SourcedFact | NamedSource
    label: str
    amount: int
    unit: Unit
    # Where in which file it stood, for what came in by one.
    place: str = ""

    @property
    def kind(self) -> FactKind | None:
        """None for persons by name, whose source is a list or what was typed."""
        kind = vars(type(self.fact)).get("fact")
        return kind if isinstance(kind, FactKind) else None

    @property
    def permission(self) -> Permission:
        return self.kind.permission if self.kind else Permission.ENTER_PERSONS

    @property
    def correct_url_name(self) -> str:
        """Empty where no form corrects it."""
        return self.kind.url_name("correct") if self.kind else ""


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
