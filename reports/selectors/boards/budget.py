"""What the page of budget lines shows beside them: the measures of the budget of a region and month."""

from dataclasses import dataclass, field
from datetime import date, datetime

from regions.models import Region, User
from reports.measures.codes import MeasureCode
from reports.measures.measure import MeasureSection
from reports.models import MeasureValue, Run
from reports.selectors.boards.comparison import list_names
from reports.selectors.boards.money import by_size
from reports.selectors.boards.sections import BoardSection, section_of
from reports.selectors.boards.waiting import Waiting, count_waiting
from reports.selectors.run import find_run
from reports.selectors.value import list_values


@dataclass(frozen=True)
class BudgetBoard:
    run: Run | None
    waiting: Waiting
    names: dict[str, str]
    section: BoardSection
    values: dict[str, list[MeasureValue]] = field(default_factory=dict)

    def one(self, measure: str) -> MeasureValue | None:
        return next(iter(self.values.get(measure, [])), None)

    @property
    def computed_at(self) -> datetime | None:
        return self.run.computed_at if self.run else None

    @property
    def allocated(self) -> MeasureValue | None:
        return self.one(MeasureCode.ALLOCATED)

    @property
    def realised(self) -> MeasureValue | None:
        return self.one(MeasureCode.REALISED)

    @property
    def absorption(self) -> MeasureValue | None:
        return self.one(MeasureCode.ABSORPTION)

    @property
    def payers(self) -> list[MeasureValue]:
        return by_size(self.values.get(MeasureCode.PAYER_SHARE, []))

    @property
    def unpriced(self) -> list[MeasureValue]:
        """People whose price nobody knows, for whom no months can be told."""
        return self.values.get(MeasureCode.UNPRICED, [])


def get_budget_board(user: User, region: Region, month: date) -> BudgetBoard:
    run = find_run(user, region, month)
    values: dict[str, list[MeasureValue]] = {}
    for value in list_values(run).select_related("run").defer("run__quantities") if run else ():
        values.setdefault(value.measure, []).append(value)
    names = dict(list_names().names)
    section = section_of(MeasureSection.BUDGET, values, names)
    return BudgetBoard(run, count_waiting(region), names, section, values)
