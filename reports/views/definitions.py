"""What every measure means, what counts as covered since when, and a region under all definitions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import get_region, home_codes, require, scope_of
from regions.models.region import NATION
from regions.month import first_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file
from reports.forms.definition import DecideDefinitionForm, DefinitionForm
from reports.measures.catalogue import COMPUTATION_VERSION, MEASURES
from reports.models import CoverageDefinition
from reports.selectors.boards.board import newest_told_of
from reports.selectors.definitions.alternatives import alternatives_of, derivation_of
from reports.selectors.definitions.definition import (
    coverage_definition_on,
    denominators_in_use,
    find_definition,
    list_coverage_definitions,
)
from reports.selectors.definitions.preview import preview_of
from reports.selectors.run import periods_of
from reports.selectors.standing import require_all_told
from reports.services.definition import DefinitionRefused, decide_definition, propose_definition
from reports.views.breadcrumbs import region_trail
from reports.views.definition_file import measures_file, region_definitions_file
from reports.views.requests import period_of


@require_safe
def definitions(request: SignedInRequest) -> HttpResponseBase:
    """Every measure in words, as it is declared."""
    if asked_file(request):
        return measures_file(request)
    context = {
        "measures": MEASURES.values(),
        "version": COMPUTATION_VERSION,
        "coverage_definitions": list_coverage_definitions(),
        "current": coverage_definition_on(localdate()),
        "denominators": denominators_in_use(),
        "home": next(iter(home_codes(request.user)), ""),
        "may_propose": scope_of(request.user).holds(Permission.MANAGE_REFERENCE, NATION),
    }
    return render(request, "reports/definitions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def definition_propose(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_REFERENCE, NATION)
    current = coverage_definition_on(localdate())
    names = ("segments", "programmes", "balance_basis")
    initial = {name: getattr(current, name) for name in names}
    form = DefinitionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = propose_definition(form.proposed(), by=request.user)
        except DefinitionRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Usulan tersimpan. Administrator lain yang memutuskannya."))
            return redirect("definition_detail", row.code)
    status = 422 if form.errors else 200
    return render(request, "reports/definition_propose.html", {"form": form}, status=status)


@require_safe
def definition_detail(request: SignedInRequest, code: str) -> HttpResponse:
    return _show_definition(request, _definition(code))


@require_POST
def definition_decide(request: SignedInRequest, code: str) -> HttpResponse:
    """Put a proposal into force, or refuse it."""
    row, form = _definition(code), DecideDefinitionForm(request.POST)
    if not form.is_valid():
        raise Http404("decision")
    try:
        decide_definition(
            pk=row.pk, by=request.user, grant=form.is_granted, answer=form.cleaned_data["answer"]
        )
    except DefinitionRefused as refused:
        return _show_definition(request, row, problem=refused.sentence, status=409)
    granted = _("Definisi berlaku; angkanya sedang dihitung ulang.")
    messages.success(request, granted if form.is_granted else _("Usulan ditolak."))
    return redirect("definition_detail", code)


def _definition(code: str) -> CoverageDefinition:
    row = find_definition(code)
    if row is None:
        raise Http404(code)
    return row


def _show_definition(
    request: SignedInRequest, row: CoverageDefinition, status: int = 200, problem: str = ""
) -> HttpResponse:
    """Who may not decide sees the row, not what it would do to the nation."""
    may_decide = scope_of(request.user).holds(Permission.MANAGE_REFERENCE, NATION)
    context = {
        "definition": row,
        "problem": problem,
        "preview": preview_of(row) if may_decide and row.is_proposed else None,
        "may_decide": may_decide and row.is_proposed and row.proposed_by_id != request.user.pk,
        "is_own": row.proposed_by_id == request.user.pk,
        "form": DecideDefinitionForm(),
    }
    return render(request, "reports/definition_detail.html", context, status=status)


@require_safe
def region_definitions(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Coverage and balance of a month under every definition in use, side by side."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    month = period_of(request) or newest_told_of(request.user, region) or first_of(localdate())
    require_all_told(request.user, region, month)
    found = alternatives_of(region, month)
    if asked_file(request):
        return region_definitions_file(request, region, month, found)
    asked = found.find(request.GET.get("dasar", ""), request.GET.get("segmen", ""))
    context: dict[str, Any] = {
        "region": region,
        "period": month,
        "query": request.GET.urlencode(),
        "periods": periods_of(request.user, region),
        "trail": region_trail(scope_of(request.user), region),
        "alternatives": found,
        "derivation": derivation_of(region, month, asked) if asked else None,
    }
    return render(request, "reports/region_definitions.html", context)
