"""Plans of a region: asked for, seen, compared, edited, taken into the budget proposal."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from budgets.errors import PlanRefused
from budgets.exporters.annex_docx import annex_document
from budgets.exporters.annex_xlsx import annex_workbook
from budgets.models import Scenario
from budgets.planning.asked import PlanAsked
from budgets.selectors.planning.annex import annex_of
from budgets.selectors.planning.need import list_needs
from budgets.selectors.planning.scenario import get_scenario, list_scenarios, planned_codes, result_of
from budgets.selectors.planning.source import list_plan_sources, usual_source
from budgets.selectors.planning.term import least_months
from budgets.services.plan_budget import record_plan_lines
from budgets.services.scenario import accept_scenario, ask_scenario, edit_scenario
from participants.selectors.category import categories_by_code
from regions.access import get_region, require_anywhere, scope_of
from regions.enums import Level
from regions.errors import FactRefused, OutsideScope
from regions.models import Region
from regions.number import NotAWholeNumber, parse_whole
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from regions.views.asked import year_of
from regions.views.table_file import asked_file
from reports.forms.plan import PlanBudgetForm, PlanForm, PlanPlaceForm, initial_of
from reports.selectors.plans.base import coverage_bases, covered_people_of
from reports.selectors.plans.compared import compared
from reports.selectors.plans.progress import plan_progress
from reports.selectors.plans.shown import shown_plan
from reports.selectors.plans.variant import variant_of
from reports.views.pack import TYPES
from reports.views.plan_files import compared_file, plan_file, plan_list_file
from reports.views.plan_pictures import compared_pictures, plan_pictures

_MOST_COMPARED = 4


@require_safe
def plan_list(request: SignedInRequest) -> HttpResponseBase:
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    code = request.GET.get("wilayah", "")
    rows = list_scenarios(request.user, region_code=code)
    if asked_file(request):
        return plan_list_file(request, rows, code)
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("halaman")),
        "region_code": code,
        "query": urlencode({"wilayah": code}) if code else "",
        "next_year": localdate().year + 1,
        "may_plan": scope_of(request.user).holds_anywhere(Permission.ENTER_BUDGET),
    }
    return render(request, "reports/plan_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: SignedInRequest) -> HttpResponse:
    """First the place and year, then all else: what can be wished hangs on what is known of the place."""
    require_anywhere(request.user, Permission.ENTER_BUDGET)
    copied = _copied(request)
    start = {"wilayah": copied.region_id, "tahun": copied.year} if copied else {"tahun": localdate().year + 1}
    regions = list_entry_regions(request.user, Permission.ENTER_BUDGET).exclude(level=Level.NATION)
    place = PlanPlaceForm(
        request.GET if "wilayah" in request.GET else start if copied else None, regions=regions, initial=start
    )
    if not place.is_bound or not place.is_valid():
        status = 422 if place.is_bound else 200
        return render(request, "reports/plan_place.html", {"form": place}, status=status)
    region, year = place.cleaned_data["wilayah"], place.cleaned_data["tahun"]
    return _plan_form(request, region, year, copied)


def _copied(request: SignedInRequest) -> Scenario | None:
    told = request.GET.get("salin", "")
    return get_scenario(request.user, int(told)) if told.isdecimal() and len(told) < 10 else None


def _plan_form(request: SignedInRequest, region: Region, year: int, copied: Scenario | None) -> HttpResponse:
    codes = planned_codes(region)
    covered = covered_people_of(request.user, codes, year)
    needs = list_needs(codes, year, covered)
    usual = PlanAsked(region.code, year, {usual_source(region.level): -1}, least_months=least_months(year))
    initial = initial_of(variant_of(copied, request.GET) if copied else usual, needs)
    if copied:
        initial["name"] = _("%(name)s (salinan)") % {"name": copied.name[:100]}
    form = PlanForm(
        request.POST or None,
        sources=list(list_plan_sources()),
        needs=needs,
        categories=categories_by_code(),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            scenario = ask_scenario(
                asked=form.asked(region.code, year),
                name=form.cleaned_data["name"],
                bases=coverage_bases(request.user, codes, year),
                covered=covered,
                by=request.user,
                copied_from=copied.pk if copied else None,
            )
        except PlanRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        else:
            return redirect("plan_page", scenario.pk)
    context = {"form": form, "region": region, "year": year, "copied": copied}
    return render(request, "reports/plan_create.html", context, status=422 if form.is_bound else 200)


@require_safe
def plan_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    scenario = get_scenario(request.user, pk)
    plan = shown_plan(scenario) if asked_file(request) else None
    if plan is not None:
        return plan_file(request, scenario, plan)
    if request.htmx and not scenario.is_at_work:
        return HttpResponseClientRefresh()
    return _page(request, scenario, PlanBudgetForm())


def _page(request: SignedInRequest, scenario: Scenario, budget: PlanBudgetForm) -> HttpResponse:
    plan = shown_plan(scenario)
    context: dict[str, Any] = {
        "scenario": scenario,
        "plan": plan,
        "pictures": plan_pictures(plan) if plan else {},
        "may_plan": scope_of(request.user).holds(Permission.ENTER_BUDGET, scenario.region_id),
        "others": list_scenarios(request.user, region_code=scenario.region_id).exclude(pk=scenario.pk)[:10],
        "progress": plan_progress(request.user, scenario),
        "budget": budget,
    }
    return render(request, "reports/plan_page.html", context, status=422 if budget.is_bound else 200)


@require_POST
def plan_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        people = [parse_whole(text) for text in request.POST.getlist("people")]
        if any(number < 0 for number in people):
            raise NotAWholeNumber("-")
        edit_scenario(pk=pk, people=people, by=request.user)
    except NotAWholeNumber:
        messages.error(request, _("Tulis orang dengan angka saja, misalnya 1.528. Belum ada yang berubah."))
    except PlanRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Perubahan tersimpan dan sudah dihitung ulang."))
    return redirect("plan_page", pk)


@require_POST
def plan_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        accept_scenario(pk=pk, by=request.user)
    except PlanRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Rencana ini dipakai. Unduh lampirannya untuk usulan anggaran."))
    return redirect("plan_page", pk)


@require_POST
def plan_budget(request: SignedInRequest, pk: int) -> HttpResponse:
    """The plan was decided on: its lines become budget lines."""
    form = PlanBudgetForm(request.POST)
    if not form.is_valid():
        return _page(request, get_scenario(request.user, pk, Permission.ENTER_BUDGET), form)
    try:
        rows = record_plan_lines(pk=pk, by=request.user, **form.cleaned_data)
    except PlanRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("plan_page", pk)
    except FactRefused as refused:
        for problem in refused.problems[:5]:
            form.add_error("decided_on" if problem.field == "decided_on" else None, problem.message)
    else:
        messages.success(request, _("%(count)s baris pagu tercatat.") % {"count": len(rows)})
        return redirect("plan_page", pk)
    return _page(request, get_scenario(request.user, pk), form)


@require_safe
def plan_compare(request: SignedInRequest) -> HttpResponseBase:
    """Scenarios side by side, those of one region or of several, as far as the person sees them."""
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    told = [one for one in request.GET.getlist("s") if one.isdecimal() and len(one) < 10]
    chosen = list(dict.fromkeys(map(int, told)))[:_MOST_COMPARED]
    scenarios = [get_scenario(request.user, pk) for pk in chosen]
    table = compared(scenarios)
    if asked_file(request):
        return compared_file(request, table)
    context = {
        "table": table,
        "query": urlencode([("s", pk) for pk in chosen]),
        "pictures": compared_pictures(table["plans"]),
    }
    return render(request, "reports/plan_compare.html", context)


@require_safe
def plan_annex(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Lines for the budget proposal, of `?tahun=` of several. Who sees the plan may have it on paper."""
    scenario = get_scenario(request.user, pk)
    get_region(request.user, scenario.region_id, Permission.VIEW_DRAFTS)
    result = result_of(scenario)
    if result is None:
        raise OutsideScope(str(pk))
    year = year_of(request.GET.get("tahun", "")) or scenario.year
    annex = annex_of(scenario, result, year)
    content = annex_workbook(annex) if kind == "xlsx" else annex_document(annex)
    response = HttpResponse(content, content_type=TYPES[kind])
    name = f"lampiran-{scenario.region_id}-{year}-{slugify(scenario.name)[:40]}-{scenario.pk}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
