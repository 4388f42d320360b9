"""Which way the month of a region goes, and whether somebody takes a step on it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from regions.access import covers, require, scope_of, visible_regions
from regions.enums import LOCKED_STATES, Level
from regions.errors import NotPermitted
from regions.models import MonthRule, Region, ReportingMonth, User
from regions.models.region import ancestor_codes
from regions.month_steps import Transition
from regions.month_way import MonthWay, way_of
from regions.roles import Permission, Role
from regions.selectors.region import in_subtree
from regions.selectors.reporting_month import Rules


def get_way(region_code: str, month: date) -> MonthWay:
    row = ReportingMonth.objects.filter(region=region_code, month=month).first()
    rule = Rules.of([region_code]).at(region_code, month)
    return way_of(row or ReportingMonth(region_id=region_code, month=month), rule)


def may_take(user: User, step: Transition, region_code: str, month: date) -> bool:
    return get_way(region_code, month).may_take(scope_of(user), step, region_code)


def require_step(user: User, step: Transition, region_code: str, way: MonthWay) -> None:
    """Raises OutsideScope where the user sees nothing, NotPermitted where their roles do not take it.

    A step that the way does not have is nobody's; why not is for `hindrance` to say.
    """
    require(user, Permission.VIEW_COVERAGE, region_code)
    if way.has(step) and not way.may_take(scope_of(user), step, region_code):
        raise NotPermitted(step.permission, [taker.label for taker in way.takers(step)])


def rule_of_region(code: str, month: date) -> QuerySet[MonthRule]:
    """The rule that holds there, as a question inside another."""
    rules = MonthRule.objects.filter(region__in=[code, *ancestor_codes(code)], first_month__lte=month)
    return rules.order_by("-region__level", "-first_month")[:1]


def regencies_asked(user: User) -> QuerySet[Region]:
    """Regencies where a rule, or a month under way, names a role of the user's for one of its steps."""
    scope = scope_of(user)
    named = Q(pk__in=[])
    for role, held in scope.roles.items():
        if role == Role.ADMINISTRATOR:
            continue
        rules = MonthRule.objects.filter(steps__contains=[{"role": role.value}])
        for code in rules.values_list("region", flat=True):
            named |= _shared(code, held)
        rows = ReportingMonth.objects.filter(state__in=LOCKED_STATES, steps__contains=[{"role": role.value}])
        named |= Q(pk__in=rows.values("region"))
    return visible_regions(user).filter(named, level=Level.REGENCY, valid_until=None)


def _shared(code: str, held: Collection[str]) -> Q:
    """What lies both below a rule and where a role is held."""
    shared = Q(pk__in=[])
    for one in held:
        if covers(one, code):
            shared |= in_subtree("code", code)
        elif covers(code, one):
            shared |= in_subtree("code", one)
    return shared
