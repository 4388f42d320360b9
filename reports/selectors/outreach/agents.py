"""Perisai agents of a region: who is at work, their targets of a year, how many they registered."""

from dataclasses import dataclass
from datetime import date

from participants.models import PerisaiAgent
from participants.selectors.outreach import agents_of, recruits_by_month
from regions.month import add_months, first_of

# Without anybody registered for so long, an agent is asked about.
SILENT_MONTHS = 3


@dataclass(frozen=True)
class AgentRow:
    agent: PerisaiAgent
    recruited: int
    newest: date | None
    is_silent: bool


@dataclass(frozen=True)
class AgentBoard:
    rows: list[AgentRow]
    at_work: int
    a_year_before: int

    @property
    def recruited(self) -> int:
        return sum(row.recruited for row in self.rows)

    @property
    def target(self) -> int:
        return sum(row.agent.yearly_target for row in self.rows)

    @property
    def more(self) -> int:
        return self.at_work - self.a_year_before

    @property
    def silent(self) -> list[AgentRow]:
        return [row for row in self.rows if row.is_silent]


def get_agent_board(region_code: str, year: int, today: date) -> AgentBoard:
    """Agents who were at work in the year; at work now, or at its end once it is over."""
    agents = agents_of(region_code)
    recruited = recruits_by_month([agent.pk for agent in agents])
    day = min(today, date(year, 12, 31))
    rows = [
        _row(agent, recruited.get(agent.pk, {}), year, day)
        for agent in agents
        if agent.since.year <= year and (agent.until is None or agent.until.year >= year)
    ]
    before = date(day.year - 1, day.month, 1)
    return AgentBoard(
        rows,
        sum(_at_work(agent, day) for agent in agents),
        sum(_at_work(agent, before) for agent in agents),
    )


def _row(agent: PerisaiAgent, months: dict[date, int], year: int, day: date) -> AgentRow:
    some = [month for month, people in months.items() if people]
    newest = max(some, default=None)
    since = max(first_of(agent.since), newest or date.min)
    is_silent = _at_work(agent, day) and since <= add_months(first_of(day), -SILENT_MONTHS)
    of_year = sum(people for month, people in months.items() if month.year == year)
    return AgentRow(agent, of_year, newest, is_silent)


def _at_work(agent: PerisaiAgent, day: date) -> bool:
    return agent.since <= day and (agent.until is None or agent.until >= day)
