"""Stored rows behind a figure, as the page that explains it lists them."""

from dataclasses import dataclass

from participants.models import Attachment
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
    documents: tuple[Attachment, ...] = ()

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
    # Of very long sections the page lists so many rows and sums all.
    most: int = 0

    @property
    def shown(self) -> list[FactRow]:
        return self.rows[: self.most] if self.most else self.rows

    @property
    def unlisted(self) -> int:
        return len(self.rows) - len(self.shown)

    @property
    def seen_with(self) -> Permission:
        """Who may read these rows; others are given their number and sum."""
        kind = self.rows[0].kind
        return kind.seen_with if kind else Permission.VIEW_COVERAGE

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def unit(self) -> Unit:
        return self.rows[0].unit
