"""The shortest cover that makes sense: the months from which the death benefit is paid in full."""

from datetime import date

from budgets.enums import RuleCode
from budgets.planning.asked import LEAST_MONTHS
from budgets.selectors.rate import list_rules_of, rule_in_force
from participants.enums import Segment


def least_months(year: int) -> int:
    rule = rule_in_force(
        list_rules_of(RuleCode.FULL_DEATH_BENEFIT), segment=Segment.BPU, month=date(year, 1, 1)
    )
    return rule.months if rule else LEAST_MONTHS
