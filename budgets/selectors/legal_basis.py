"""Budget lines and the rules on which they rest: what one stage of a line names, the line names."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from budgets.models import Allocation
from budgets.selectors.allocation import BudgetLine, list_lines
from regions.models import Regulation, User
from regions.selectors.region import in_subtree


@dataclass(frozen=True)
class BasedLine:
    line: BudgetLine
    rule: Regulation | None


def based_lines(user: User, region_code: str, year: int) -> list[BasedLine]:
    """Lines of a year as they stand at its end, each with its rule."""
    lines = list_lines(user, region_code=region_code, year=year, month=date(year, 12, 1))
    named = Allocation.objects.filter(
        in_subtree("region__code", region_code), year=year, basis__isnull=False
    ).select_related("basis__region")
    rules = {row.line: row.basis for row in named.order_by("decided_on", "pk")}
    return [BasedLine(line, rules.get(line.row.line)) for line in lines]


def lines_of_rule(rule: Regulation) -> list[tuple[str, int, int]]:
    """Region code, year and number of the lines that rest on a rule."""
    rows = Allocation.objects.filter(basis=rule)
    counted = rows.order_by("region_id", "year").values_list("region_id", "year")
    return list(counted.annotate(lines=Count("line", distinct=True)))
