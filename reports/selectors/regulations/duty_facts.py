"""The data from which the states of duties follow, of many regions in a handful of questions."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min, Sum

from budgets.models import Allocation, Realisation
from participants.models import Headcount
from regions.access import covers
from regions.duty import DutyRule
from regions.enums import MonthState
from regions.models import Duty, Regulation, RegulationLink, ReportingMonth
from regions.models.region import NATION
from regions.month import add_months, first_of
from regions.regulation import RegulationRelation, RegulationStanding
from regions.selectors.region import in_subtree
from reports.quarter import Quarter, quarter_before

# How far back a report of people still says that they are enrolled.
_RECENT_MONTHS = 3


@dataclass(frozen=True)
class PaidMonths:
    first: date
    last: date


@dataclass
class DutyFacts:
    """Of regions, by their code; empty where no duty asks for it."""

    today: date
    quarter: Quarter
    # (Region, category) → rupiah set aside this year.
    budgeted: dict[tuple[str, str], int] = field(default_factory=dict)
    paid: dict[tuple[str, str], PaidMonths] = field(default_factory=dict)
    # (Region, category) → the latest month in which somebody is reported.
    enrolled: dict[tuple[str, str], date] = field(default_factory=dict)
    closed: dict[str, set[date]] = field(default_factory=dict)
    # (Number of the instruction, region) → rules of the region that carry it out, and what they are.
    rules: dict[tuple[int, str], list[tuple[Regulation, RegulationStanding]]] = field(default_factory=dict)


def facts_for(duties: Collection[Duty], region_code: str, today: date) -> DutyFacts:
    """For these duties, of the region and all below it."""
    found = DutyFacts(today, quarter_before(today))
    asked: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        asked[duty.rule].append(duty)
    if asked[DutyRule.BUDGETED]:
        _read_budgets(found, region_code, {one.argument for one in asked[DutyRule.BUDGETED]})
    if asked[DutyRule.ENROLLED]:
        _read_people(found, region_code, {one.argument for one in asked[DutyRule.ENROLLED]})
    if asked[DutyRule.REPORTED]:
        _read_months(found, region_code)
    if asked[DutyRule.REGULATED]:
        _read_rules(found, region_code, {one.regulation_id for one in asked[DutyRule.REGULATED]})
    return found


def _read_budgets(found: DutyFacts, code: str, categories: Collection[str]) -> None:
    year = found.today.year
    rows = Allocation.objects.filter(
        in_subtree("region__code", code), year=year, category__in=categories, amount__gt=0
    ).order_by("line", "-decided_on", "-pk")
    # The latest stage of each line, as it is in force.
    latest = rows.distinct("line").values_list("region_id", "category_id", "amount")
    for region, category, amount in latest:
        found.budgeted[region, category] = found.budgeted.get((region, category), 0) + amount
    paid = Realisation.objects.filter(
        in_subtree("region__code", code),
        category__in=categories,
        first_month__year=year,
        paid_amount__gt=0,
        paid_on__isnull=False,
    )
    spans = paid.order_by().values_list("region_id", "category_id")
    for region, category, first, last in spans.annotate(first=Min("first_month"), last=Max("last_month")):
        found.paid[region, category] = PaidMonths(first, last)


def _read_people(found: DutyFacts, code: str, categories: Collection[str]) -> None:
    since = add_months(first_of(found.today), -_RECENT_MONTHS)
    rows = Headcount.objects.filter(
        in_subtree("region__code", code), category__in=categories, month__gte=since, people__gt=0
    )
    named = rows.order_by().values_list("region_id", "category_id")
    for region, category, month, _people in named.annotate(month_=Max("month"), people_=Sum("people")):
        found.enrolled[region, category] = month


def _read_months(found: DutyFacts, code: str) -> None:
    rows = ReportingMonth.objects.filter(
        in_subtree("region__code", code), month__in=found.quarter.months, state=MonthState.CLOSED
    )
    for region, month in rows.values_list("region_id", "month"):
        found.closed.setdefault(region, set()).add(month)


def _read_rules(found: DutyFacts, code: str, instructions: Collection[int]) -> None:
    """All relations at once: of those that rest on an instruction what they are, and what repeals them."""
    links: dict[int, list[int]] = defaultdict(list)
    rules: dict[int, Regulation] = {}
    repealed: dict[int, date] = {}
    for link in RegulationLink.objects.select_related("regulation__region"):
        begins = link.regulation.begins_on
        if link.relation == RegulationRelation.DERIVED:
            links[link.other_id].append(link.regulation_id)
            rules[link.regulation_id] = link.regulation
        elif link.relation == RegulationRelation.REPEALS and begins:
            repealed[link.other_id] = min(begins, repealed.get(link.other_id, begins))
    for instruction in instructions:
        for pk in sorted(_below(instruction, links)):
            rule = rules[pk]
            if rule.region_id != NATION and covers(code, rule.region_id):
                standing = rule.standing_on(found.today, repealed.get(pk))
                found.rules.setdefault((instruction, rule.region_id), []).append((rule, standing))


def _below(start: int, links: dict[int, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for one in links.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found
