"""The numbers of a plan, opened: a line, a month, a ceiling."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budgets.selectors.planning.scenario import get_scenario
from regions.signed_in import SignedInRequest
from reports.selectors.plans.line import opened_line
from reports.selectors.plans.opened import opened_ceiling, opened_month
from reports.selectors.plans.shown import shown_plan


@require_safe
def plan_line(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    """From where the number of a line comes: formula, tariff, need, rule and assumptions."""
    scenario = get_scenario(request.user, pk)
    plan = shown_plan(scenario)
    context = {"scenario": scenario, "plan": plan, "opened": opened_line(scenario, plan, place)}
    return render(request, "reports/plan_line.html", context)


@require_safe
def plan_month(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Coverage of a month with the plan: members, workers, lines of the plan. `number` is 1 for January."""
    scenario = get_scenario(request.user, pk)
    plan = shown_plan(scenario)
    context = {"scenario": scenario, "plan": plan, "opened": opened_month(scenario, plan, number - 1)}
    return render(request, "reports/plan_month.html", context)


@require_safe
def plan_ceiling(request: SignedInRequest, pk: int, source: str) -> HttpResponse:
    """What a ceiling pays for."""
    scenario = get_scenario(request.user, pk)
    plan = shown_plan(scenario)
    context = {"scenario": scenario, "plan": plan, "opened": opened_ceiling(scenario, plan, source)}
    return render(request, "reports/plan_ceiling.html", context)
