"""A rule of the reporting month with every step that there is, and how a month walks it."""

from datetime import date

from regions.models import MonthRule
from regions.month_steps import APPROVE, CLOSE, COMPLETE, RECONCILE, SUBMIT, VERIFY
from regions.month_way import MonthWay, Taker, WayStep
from regions.roles import Role
from regions.services.month_rule import lay_down_rule
from regions.services.reporting_month import move_month
from tests.cast import KOTA_A, PROVINCE
from tests.months import JULY

# Disnaker hands in, Bappeda verifies, the branch reconciles, the province approves, the branch closes.
LONG = MonthWay(
    (
        WayStep(SUBMIT, Taker(Role.SUPERVISOR)),
        WayStep(VERIFY, Taker(Role.PLANNER)),
        WayStep(RECONCILE, Taker(Role.BRANCH_HEAD)),
        WayStep(APPROVE, Taker(Role.VIEWER, from_above=True)),
        WayStep(CLOSE, Taker(Role.BRANCH_HEAD)),
    )
)
WALK = (
    (COMPLETE, "wayan"),
    (SUBMIT, "siti"),
    (VERIFY, "dewi"),
    (RECONCILE, "anton"),
    (APPROVE, "ratna"),
    (CLOSE, "anton"),
)


def rule_of(way=LONG, code=PROVINCE, first=date(2025, 1, 1), **more):
    return MonthRule(region_id=code, first_month=first, steps=way.stored, legal_source="SE 1/2025", **more)


def lay_down(cast, way=LONG, **more):
    return lay_down_rule(rule_of(way, **more), by=cast.admin)


def move(step, by, month=JULY, reason="alasan uji"):
    return move_month(step, region_code=KOTA_A, month=month, by=by, reason=reason)


def walk(cast, *, to=CLOSE, month=JULY):
    for step, who in WALK:
        move(step, getattr(cast, who), month)
        if step is to:
            return
