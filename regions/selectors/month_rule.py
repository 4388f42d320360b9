"""The rules of reporting months that an administrator looks after, and what a new one would change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from regions.access import covers, visible_regions, within
from regions.enums import LOCKED_STATES, Level, MonthState
from regions.models import MonthRule, Region, ReportingMonth, User
from regions.month import add_months, first_of, months_between
from regions.month_way import MonthWay, WayStep, way_from
from regions.roles import Permission
from regions.selectors.people import places_of_role
from regions.selectors.region import in_subtree
from regions.selectors.reporting_month import Rules, list_reporting_months, lock_of

_LOOKED_BACK = 12


@dataclass(frozen=True)
class MonthEffect:
    """What becomes of one month in all regions that go by the rule, counted in regions."""

    month: date
    follow: int
    keep: int
    closed: int
    # Open today, and locked at once by the new deadline.
    lock: int


@dataclass(frozen=True)
class RuleEffect:
    """`idle` are steps that nobody could take in the region of the rule."""

    region: Region
    before: MonthRule
    after: MonthRule
    months: Sequence[MonthEffect]
    idle: Sequence[WayStep]

    @property
    def way_before(self) -> MonthWay:
        return way_from(self.before.steps)

    @property
    def way_after(self) -> MonthWay:
        return way_from(self.after.steps)

    @property
    def locked(self) -> int:
        return sum(one.lock for one in self.months)


def list_month_rules(user: User) -> QuerySet[MonthRule]:
    """Those of the regions whose reference tables the user looks after, newest first."""
    rows = MonthRule.objects.filter(within(user, permission=Permission.MANAGE_REFERENCE))
    return rows.select_related("region__parent").order_by("region", "-first_month")


def list_ruled_regions(user: User) -> QuerySet[Region]:
    """Regions for which the user may lay down a rule: those that have months."""
    rows = visible_regions(user, Permission.MANAGE_REFERENCE)
    return rows.filter(level__lte=Level.REGENCY, valid_until=None).order_by("code")


def rule_in_force(region: Region, month: date) -> MonthRule:
    return Rules.of([region.code]).at(region.code, month)


def get_effect(rule: MonthRule) -> RuleEffect:
    """What the unsaved rule would change for the months of a year back, up to this one."""
    this_month, code = first_of(localdate()), rule.region_id
    below = Region.objects.filter(in_subtree("code", code), level__lte=Level.REGENCY, valid_until=None)
    codes = list(below.values_list("code", flat=True))
    now, first = Rules.of(codes), max(rule.first_month, add_months(this_month, -_LOOKED_BACK))
    months = list(months_between(first, this_month))
    stored = list_reporting_months(codes, months) if months else {}
    then = now.with_rule(rule)
    return RuleEffect(
        rule.region,
        now.at(code, rule.first_month),
        rule,
        [_effect(month, codes, stored, now, then) for month in months],
        [one for one in way_from(rule.steps).further if not _is_held(one, code)],
    )


def _effect(
    month: date, codes: Sequence[str], stored: dict[tuple[str, date], ReportingMonth], now: Rules, then: Rules
) -> MonthEffect:
    today, found, locks = localdate(), Counter[str](), 0
    for code in codes:
        before, after = now.at(code, month), then.at(code, month)
        if after is before:
            continue
        at, row = (code, month), stored.get((code, month))
        state = MonthState(row.state) if row else MonthState.OPEN
        is_kept = state in LOCKED_STATES
        found["closed" if state == MonthState.CLOSED else "keep" if is_kept else "follow"] += 1
        if lock_of(at, row, before, None, today) is None and lock_of(at, row, after, None, today):
            locks += 1
    return MonthEffect(month, found["follow"], found["keep"], found["closed"], locks)


def _is_held(one: WayStep, code: str) -> bool:
    """Whether somebody holds the role where the step is taken: over the region, or in a part of it."""
    held = places_of_role(one.taker.role)
    if one.taker.from_above:
        held = {place for place in held if "." not in place}
    return any(covers(place, code) or covers(code, place) for place in held)
