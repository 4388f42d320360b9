"""The landing page of those who enter and check: what waits for them, and how far each month has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from regions.enums import MonthState
from regions.models import User
from regions.roles import Permission, Role
from reports.selectors.home.quarter_report import QuarterReport, get_quarter_report
from reports.selectors.months.queue import WaitingMonth
from reports.selectors.tasks.inbox import Task, list_tasks, own_regencies, waiting_of

# The steps of a month, each with the state in which it has been taken.
WAY = (MonthState.COMPLETE, MonthState.SUBMITTED, MonthState.VERIFIED, MonthState.CLOSED)
_WAITS_FOR = {
    MonthState.COMPLETE: Role.SUPERVISOR,
    MonthState.SUBMITTED: Role.BRANCH_HEAD,
    MonthState.VERIFIED: Role.BRANCH_HEAD,
}
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
        state = MonthState(self.waiting.row.state)
        taken = WAY.index(state) + 1 if state in WAY else 0
        return [(str(step.label), at < taken) for at, step in enumerate(WAY)]

    @property
    def waits_for(self) -> Role:
        return _WAITS_FOR.get(MonthState(self.waiting.row.state), Role.OPERATOR)


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


def get_entry_home(user: User, role: Role) -> EntryHome:
    waiting = waiting_of(user)
    tasks = list_tasks(user, waiting)
    months = _on_their_way(waiting, tasks)
    return EntryHome(
        role,
        len(tasks),
        sum(task.is_late for task in tasks),
        tasks[:_MOST_TASKS],
        months[:_MOST_MONTHS],
        max(0, len(months) - _MOST_MONTHS),
        get_quarter_report(own_regencies(user, ENTERING[role])) if role == Role.BRANCH_HEAD else None,
    )


def _on_their_way(waiting: Sequence[WaitingMonth], tasks: Sequence[Task]) -> list[MonthOnWay]:
    """Ended months that are not closed: those that wait for this person first, then the oldest."""
    by_month = {(task.region.code, task.month): task for task in tasks if task.month}
    found = [MonthOnWay(one, by_month.get((one.region.code, one.month))) for one in waiting]
    return sorted(found, key=lambda one: (one.task is None, one.waiting.month, one.waiting.region.code))
