"""Budget lines with their stages: which stage is in force, and what a region set aside."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from budgets.cost_check import CostCheck, check_cost
from budgets.enums import Phase
from budgets.line import accounts_named, normal_account, normal_sub_activity
from budgets.models import Allocation
from budgets.models.realisation import STAGES
from budgets.selectors.realisation import LineStages, sum_lines
from regions.access import within
from regions.models import Region, User
from regions.month import last_day
from regions.region_months import RegionMonths
from regions.search_words import any_column, words_of
from regions.selectors.region import in_subtree

CategoryFunding = tuple[str, str]
# Latest first; of two stages decided on one day the later kind of stage counts.
_LATEST = ("line", "-decided_on", "-phase", "-sequence", "-pk")
# What a line is found by.
_SEARCHED = (
    *("category__name", "funding__name", "institution__name", "region__name"),
    *("sub_activity", "account", "document", "legal_basis"),
)
_EARLIEST = ("line", "decided_on", "phase", "sequence", "pk")


@dataclass(frozen=True)
class Step:
    """A stage of a line, and by how much it changed the one before; the first changes nothing."""

    row: Allocation
    delta: int | None


@dataclass(frozen=True)
class BudgetLine:
    """A line with its stages in the order of decision, what is in force, and what became of it."""

    steps: tuple[Step, ...]
    in_force: Allocation | None
    spent: LineStages
    check: CostCheck | None = field(default=None)

    @property
    def row(self) -> Allocation:
        return self.in_force or self.steps[-1].row

    @property
    def left(self) -> int | None:
        return self.in_force.amount - (self.spent.paid or 0) if self.in_force else None

    @property
    def over(self) -> int:
        """Rupiah by which bills exceed the line."""
        return max(self.spent.claimed - self.in_force.amount, 0) if self.in_force else 0

    @property
    def stages(self) -> set[str]:
        """The numbers of its stages, as addresses have them."""
        return {str(step.row.pk) for step in self.steps}

    @property
    def said(self) -> str:
        """What the line is called, in small letters."""
        row = self.row
        told = [row.category, row.funding, row.institution, row.region.full_label, row.sub_activity]
        told += [row.account, row.account_name, row.document, row.legal_basis, row.source]
        return " ".join(str(part) for part in told if part).lower()

    @property
    def identity(self) -> str:
        """What makes another stage one of this line, as a query by the names of the entry form."""
        columns = ("institution_id", "sub_activity", "account", "category_id", "funding_id", "year")
        told = {column.removesuffix("_id"): getattr(self.row, column) for column in columns}
        named = {name: value for name, value in told.items() if value}
        return urlencode({"region": self.row.region_id, **named})

    def of_phase(self, phase: str) -> list[Step]:
        return [step for step in self.steps if step.row.phase == phase]

    @property
    def columns(self) -> list[list[Step]]:
        return [self.of_phase(phase) for phase in Phase.values]


def in_force(month: date) -> QuerySet[Allocation]:
    """Of each line of the month's fiscal year the latest stage decided up to the end of the month."""
    rows = Allocation.objects.filter(year=month.year, decided_on__lte=last_day(month))
    return rows.order_by(*_LATEST).distinct("line")


def sum_allocations(asked: RegionMonths) -> dict[date, dict[str, dict[CategoryFunding, int]]]:
    """Month → region code → (category, funding), "" where not told → rupiah in force at the month's end."""
    years = (asked.first.year, asked.last.year)
    rows = Allocation.objects.filter(
        asked.of_regions(), year__range=years, decided_on__lte=last_day(asked.last)
    )
    columns = ("year", "line", "decided_on", "region_id", "category_id", "funding_id", "amount")
    # The latest stage of a line comes last, and takes the place of those before it.
    stages = list(rows.order_by(*_EARLIEST).values_list(*columns))
    found: dict[date, dict[str, dict[CategoryFunding, int]]] = {}
    for month in asked.months:
        until = last_day(month)
        lines = {
            line: (code, (category or "", funding or ""), amount)
            for year, line, decided_on, code, category, funding, amount in stages
            if year == month.year and decided_on <= until
        }
        by_region = found.setdefault(month, {})
        for code, cell, amount in lines.values():
            cells = by_region.setdefault(code, {})
            cells[cell] = cells.get(cell, 0) + amount
    return found


def explain_allocations(region_code: str, month: date) -> QuerySet[Allocation]:
    """The rows that `sum_allocations` sums for a region and month."""
    latest = in_force(month).filter(region_id=region_code).values("pk")
    rows = Allocation.objects.filter(pk__in=latest)
    return rows.select_related("category", "funding", "institution", "entered_by").order_by("line")


def list_stages(user: User, *, region_code: str, year: int) -> QuerySet[Allocation]:
    """All stages of all lines of the region and those below it, for the lines of a page."""
    rows = Allocation.objects.filter(within(user), in_subtree("region__code", region_code), year=year)
    return rows.select_related("region", "category", "funding", "institution", "entered_by").order_by(
        "region_id", "line", "decided_on", "phase", "sequence", "pk"
    )


def list_lines(user: User, *, region_code: str, year: int, month: date) -> list[BudgetLine]:
    """Lines of a fiscal year as they stood at the end of a month, with what was billed and paid of them."""
    by_line: dict[str, list[Allocation]] = {}
    for row in list_stages(user, region_code=region_code, year=year):
        by_line.setdefault(row.line, []).append(row)
    spent = sum_lines(region_code, year=year, month=month)
    return [_line(rows, spent.get(line, LineStages()), month) for line, rows in by_line.items()]


def _line(rows: list[Allocation], spent: LineStages, month: date) -> BudgetLine:
    before: Allocation | None = None
    steps = []
    for row in rows:
        steps.append(Step(row, row.amount - before.amount if before else None))
        before = row
    decided = [row for row in rows if row.decided_on <= last_day(month)]
    latest = decided[-1] if decided else None
    shown = latest or rows[-1]
    check = check_cost(amount=shown.amount, heads=shown.heads, months=shown.months, rate=shown.monthly_rate)
    return BudgetLine(tuple(steps), latest, spent, check)


def find_in_lines(lines: list[BudgetLine], text: str) -> list[BudgetLine]:
    """Those in which every word stands."""
    words = [word.lower() for word in words_of(text)]
    return [line for line in lines if all(word in line.said for word in words)]


def sum_shown(lines: list[BudgetLine]) -> LineStages:
    """What was billed, paid and posted of all lines together."""
    stages = {
        stage: [told for line in lines if (told := getattr(line.spent, stage)) is not None]
        for stage in STAGES
    }
    known = {stage: sum(told) if told else None for stage, told in stages.items()}
    return LineStages(**known, claimed=sum(line.spent.claimed for line in lines))


def list_choosable_lines(regions: QuerySet[Region], *, of_region: str = "") -> QuerySet[Allocation]:
    """One row per line of these regions, its newest stage; for a new bill those of the last two years."""
    rows = Allocation.objects.all()
    if of_region:
        rows = rows.filter(region_id=of_region)
    else:
        rows = rows.filter(region__in=regions, year__gte=localdate().year - 1)
    newest = rows.order_by(*_LATEST).distinct("line").values("pk")
    chosen = Allocation.objects.filter(pk__in=newest)
    return chosen.select_related("region", "category", "funding").order_by("-year", "region_id", "line")


def newest_of_line(row: Allocation) -> Allocation:
    return Allocation.objects.filter(line=row.line).order_by(*_LATEST)[0]


def search_lines(user: User, text: str) -> QuerySet[Allocation]:
    """One row per line: the newest of its stages in which every word is found."""
    rows = Allocation.objects.filter(within(user))
    for word in words_of(text):
        codes = [normal_account(word), normal_sub_activity(word)]
        found = any_column(word, _SEARCHED) | any_column(codes[0], ["account"])
        found |= any_column(codes[1], ["sub_activity"]) | Q(account__in=accounts_named(word))
        if word.isascii() and word.isdigit() and len(word) == 4:
            found |= Q(year=int(word))
        rows = rows.filter(found)
    newest = rows.order_by(*_LATEST).distinct("line").values("pk")
    chosen = Allocation.objects.filter(pk__in=newest)
    return chosen.select_related("region", "category", "funding").order_by("-year", "region_id", "line")
