"""The landing page of those who enter and check: what waits for them, and how far each month has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from regions.enums import MonthState
from regions.models import Region, User
from regions.month import add_months, first_of
from regions.roles import Permission, Role
from regions.selectors.reporting_month import months_on_their_way
from reports.selectors.home.quarter_report import QuarterReport, get_quarter_report
from reports.selectors.months.matrix import MatrixCell, rows_of
from reports.selectors.months.reporting import Reporting, get_reporting
from reports.selectors.tasks.inbox import Task, list_tasks, own_regencies

# The steps of a month, each with the state in which it has been taken.
WAY = (MonthState.COMPLETE, MonthState.SUBMITTED, MonthState.VERIFIED, MonthState.CLOSED)
_WAITS_FOR = {
    MonthState.COMPLETE: Role.SUPERVISOR,
    MonthState.SUBMITTED: Role.BRANCH_HEAD,
    MonthState.VERIFIED: Role.BRANCH_HEAD,
}
_MONTHS = 6
_MOST_MONTHS = 24
_MOST_TASKS = 6
# Roles that land here, each with the permission for the step that is theirs.
ENTERING = {
    Role.OPERATOR: Permission.COMPLETE_MONTH,
    Role.SUPERVISOR: Permission.SUBMIT_MONTH,
    Role.BRANCH_HEAD: Permission.VERIFY_MONTH,
}


@dataclass(frozen=True)
class MonthOnWay:
    """A month that is not closed; `task` is what this person may do to bring it on."""

    cell: MatrixCell
    task: Task | None

    @property
    def steps(self) -> list[tuple[str, bool]]:
        """Each step of the way, and whether it has been taken."""
        state = MonthState(self.cell.row.state)
        taken = WAY.index(state) + 1 if state in WAY else 0
        return [(str(step.label), at < taken) for at, step in enumerate(WAY)]

    @property
    def waits_for(self) -> Role:
        return _WAITS_FOR.get(MonthState(self.cell.row.state), Role.OPERATOR)

    @property
    def is_late(self) -> bool:
        return self.cell.due < localdate()


@dataclass(frozen=True)
class EntryHome:
    """`tasks` are the most urgent of all `waiting`; `older` months are more than are shown."""

    role: Role
    waiting: int
    late: int
    tasks: Sequence[Task]
    months: Sequence[MonthOnWay]
    older: int
    reporting: Reporting | None
    quarter: QuarterReport | None


def get_entry_home(user: User, role: Role) -> EntryHome:
    tasks = list_tasks(user)
    regions = own_regencies(user, ENTERING[role])
    months = _on_their_way(regions, tasks)
    return EntryHome(
        role,
        len(tasks),
        sum(task.is_late for task in tasks),
        tasks[:_MOST_TASKS],
        months[:_MOST_MONTHS],
        max(0, len(months) - _MOST_MONTHS),
        get_reporting(user) if role == Role.OPERATOR else None,
        get_quarter_report(regions) if role == Role.BRANCH_HEAD else None,
    )


def _on_their_way(regions: Sequence[Region], tasks: Sequence[Task]) -> list[MonthOnWay]:
    """Ended months that are not closed: those that wait for this person first, then the oldest."""
    by_month = {(task.region.code, task.month): task for task in tasks if task.month}
    found = [
        MonthOnWay(cell, by_month.get((row.region.code, cell.month)))
        for row in rows_of(regions, _months(regions))
        for cell in row.cells
        if cell.row.state != MonthState.CLOSED
    ]
    return sorted(found, key=lambda one: (one.task is None, one.cell.month, one.cell.region.code))


def _months(regions: Sequence[Region]) -> list[date]:
    this_month = first_of(localdate())
    recent = {add_months(this_month, -back) for back in range(1, _MONTHS + 1)}
    begun = {month for month in months_on_their_way([one.code for one in regions]) if month < this_month}
    return sorted(recent | begun, reverse=True)
