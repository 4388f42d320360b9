"""A question of planning as an integer programme."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from budgets.planning.answer import Stage
from budgets.planning.columns import PlanColumn, columns_of
from budgets.planning.question import PlanQuestion
from budgets.planning.rows import ProgrammeRow, ceiling_rows, need_rows, room_rows, scale_of, wish_rows
from budgets.planning.search import Search, SearchFound


@dataclass
class PlanProgramme:
    """A question as columns and rows; `limits` and `wishes` are apart because they are tried without."""

    question: PlanQuestion
    columns: list[PlanColumn]
    scale: int
    fixed: list[ProgrammeRow]
    limits: dict[str, ProgrammeRow]
    wishes: list[ProgrammeRow]
    ends: float
    stages: list[Stage] = field(default_factory=list)

    @classmethod
    def of(cls, question: PlanQuestion, ends: float) -> "PlanProgramme":
        columns = columns_of(question)
        scale = scale_of(columns)
        return cls(
            question,
            columns,
            scale,
            [*need_rows(question, columns), *room_rows(question, columns)],
            dict(ceiling_rows(columns, question.ceilings.items(), scale)),
            wish_rows(question, columns),
            ends,
        )

    def without(self, *ceilings: str) -> "PlanProgramme":
        """The same as if these ceilings were not there."""
        kept = {key: rupiah for key, rupiah in self.question.ceilings.items() if key not in ceilings}
        return PlanProgramme.of(replace(self.question, ceilings=kept), self.ends)

    @property
    def seconds(self) -> float:
        return self.ends - monotonic()

    def weights(self, name: str) -> list[int]:
        """What one person of each column adds to a goal; rupiah are to be few."""
        match name:
            case "people":
                return [int(column.covers(self.question.month)) for column in self.columns]
            case "months":
                return [column.months for column in self.columns]
            case "rupiah":
                return [-column.cost // self.scale for column in self.columns]
        return [-rank for rank in range(len(self.columns))]

    def search(
        self,
        weights: Sequence[float],
        rows: Sequence[ProgrammeRow],
        *,
        gap: float = 0.0,
        seconds: float | None = None,
    ) -> SearchFound:
        upper = [column.most for column in self.columns]
        return Search(upper, rows, weights, min(self.seconds, seconds or self.seconds), gap).run()
