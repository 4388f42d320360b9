"""Scenarios side by side."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import Scenario
from budgets.planning.question import Goal
from regions.formats import percent, rupiah, whole
from reports.selectors.plans.shown import ShownPlan, shown_plan


def _ceilings(plan: ShownPlan) -> str:
    return ", ".join(
        f"{row.source}: {rupiah(row.ceiling)}" for row in plan.ceilings if row.ceiling is not None
    )


def _over(plan: ShownPlan) -> str:
    return rupiah(max((row.over for row in plan.ceilings), default=0)) if plan.result.over else _("tidak")


def compared(scenarios: Sequence[Scenario]) -> dict[str, Any]:
    """Scenarios as columns, what they ask and bring as rows."""
    plans = [(scenario, shown_plan(scenario)) for scenario in scenarios]
    ready = [(scenario, plan) for scenario, plan in plans if plan is not None]
    goals = {
        Goal.PEOPLE: _("orang terbanyak"),
        Goal.MONTHS: _("orang × bulan terbanyak"),
        Goal.COST: _("biaya terendah"),
    }
    rows: list[tuple[str, list[str]]] = [
        (_("Wilayah"), [scenario.region.full_label for scenario, _plan in ready]),
        (_("Tahun"), [str(scenario.year) for scenario, _plan in ready]),
        (_("Yang dicari"), [goals[plan.result.asked.goal] for _scenario, plan in ready]),
        (_("Pagu"), [_ceilings(plan) for _s, plan in ready]),
        (_("Target UCJ akhir tahun (persen)"), [percent(plan.result.asked.target, 2) for _s, plan in ready]),
        (_("Diubah tangan"), [_("ya") if plan.is_edited else _("tidak") for _s, plan in ready]),
        (_("Melampaui pagu"), [_over(plan) for _s, plan in ready]),
        (_("Orang terlindungi pada Desember"), [whole(plan.result.edited.people) for _s, plan in ready]),
        (_("Biaya"), [rupiah(plan.result.edited.rupiah) for _s, plan in ready]),
        (_("UCJ tanpa rencana"), [percent(plan.result.nothing[-1], 2) for _s, plan in ready]),
        (_("UCJ dengan rencana"), [percent(plan.result.edited.coverage[-1], 2) for _s, plan in ready]),
    ]
    categories = sorted({line.category for _s, plan in ready for line in plan.lines})
    for category in categories:
        sums = [
            sum(line.line.people for line in plan.lines if line.category == category) for _s, plan in ready
        ]
        rows.append((category, [whole(one) for one in sums]))
    return {
        "scenarios": [scenario for scenario, _plan in ready],
        "rows": rows,
        "plans": [(scenario.name, plan) for scenario, plan in ready],
        "waiting": [scenario for scenario, plan in plans if plan is None],
    }
