"""By which day contributions for a month are to be paid, by the dated rules of each segment."""

from dataclasses import dataclass
from datetime import date, timedelta

from budgets.enums import RuleCode
from budgets.models import MembershipRule
from budgets.selectors.rate import list_rules_of, rule_in_force
from regions.month import add_months, last_day

_SATURDAY = 5


@dataclass(frozen=True)
class DueDays:
    rules: list[MembershipRule]

    @classmethod
    def load(cls) -> "DueDays":
        return cls(list_rules_of(RuleCode.DUE_DAY))

    def of(self, segment: str, month: date) -> date:
        """Where no rule is known, the last day of the month itself; public holidays are not known."""
        rule = rule_in_force(self.rules, segment=segment, month=month)
        if rule is None or rule.day is None:
            return last_day(month)
        due = add_months(month, rule.months)
        due = due.replace(day=min(rule.day, last_day(due).day))
        over_weekend = due.weekday() - _SATURDAY
        return due if over_weekend < 0 else due + timedelta(days=2 - over_weekend)

    def latest(self, month: date) -> date:
        """The last day on which a month may be paid in any segment."""
        segments = {row.segment for row in self.rules} or {""}
        return max(self.of(segment, month) for segment in segments)
