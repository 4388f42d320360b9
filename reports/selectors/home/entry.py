"""The landing page of those who enter and check: what waits for them, and how far each month has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from regions.enums import MonthState
from regions.models import User
from regions.roles import Permission, Role
from reports.selectors.home.quarter_report import QuarterReport, get_quarter_report
from reports.selectors.months.queue import WaitingMonth
from reports.selectors.tasks.inbox import list_tasks, own_regencies, waiting_of
from reports.selectors.tasks.task import Task

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

    waiting: WaitingMonth
    task: Task | None

    @property
    def steps(self) -> list[tuple[str, bool]]:
        """Each step of the way, and whether it has been taken."""
        stages = self.waiting.way.stages(MonthState(self.waiting.row.state))
        return [(str(state.label), is_taken) for state, is_taken in stages[1:]]

    @property
    def waits_for(self) -> str:
        """The role that takes the next step; of several the first, who enters."""
        way = self.waiting.way
        step = way.next_step(MonthState(self.waiting.row.state))
        return way.takers(step)[0].label if step else ""


@dataclass(frozen=True)
class EntryHome:
    """`tasks` are the most urgent of all `waiting`; `older` months are more than are shown."""

    role: Role
    waiting: int
    late: int
    tasks: Sequence[Task]
    months: Sequence[MonthOnWay]
    older: int
    quarter: QuarterReport | None

    @property
    def unlisted(self) -> int:
        """Tasks that wait beside those that are shown."""
        return self.waiting - len(self.tasks)


def get_entry_home(user: User, role: Role) -> EntryHome:
    waiting = waiting_of(user)
    regencies = own_regencies(user, ENTERING[role]) if role == Role.BRANCH_HEAD else None
    tasks = list_tasks(user, waiting, verified=regencies)
    months = _on_their_way(waiting, tasks)
    return EntryHome(
        role,
        len(tasks),
        sum(task.is_late for task in tasks),
        tasks[:_MOST_TASKS],
        months[:_MOST_MONTHS],
        max(0, len(months) - _MOST_MONTHS),
        get_quarter_report(regencies) if regencies is not None else None,
    )


def _on_their_way(waiting: Sequence[WaitingMonth], tasks: Sequence[Task]) -> list[MonthOnWay]:
    """Ended months that are not closed: those that wait for this person first, then the oldest."""
    by_month = {(task.region.code, task.month): task for task in tasks if task.month}
    found = [MonthOnWay(one, by_month.get((one.region.code, one.month))) for one in waiting]
    return sorted(found, key=lambda one: (one.task is None, one.waiting.month, one.waiting.region.code))
