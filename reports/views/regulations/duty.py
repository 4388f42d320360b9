"""Duties: regions below against what they were told to do, one region's own, evidence and its check."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import Scope, get_region, home_codes, require, require_of, scope_of
from regions.enums import Level
from regions.errors import OutsideScope, RegulationRefused
from regions.forms.duty import EvidenceForm
from regions.models import Region
from regions.models.region import level_of
from regions.roles import Permission
from regions.selectors.duty import get_duty, get_evidence, may_check
from regions.services.duty import check_evidence, file_evidence
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file
from reports.selectors.regulations.duty_board import (
    DutyCell,
    duty_board,
    period_of_duty,
    place_duties,
)
from reports.selectors.regulations.evidence_subject import EvidenceSubjects

_A_PAGE = 100
# Documents are attached where the file of this page is imported.
SUBJECTS = EvidenceSubjects


@require_safe
def duty_index(request: SignedInRequest) -> HttpResponse:
    """To the page of the first region of one's own."""
    codes = home_codes(request.user)
    if not codes:
        raise OutsideScope("no region")
    return redirect("duty_board" if level_of(codes[0]) < Level.REGENCY else "duty_place", codes[0])


@require_safe
def duty_board_page(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Regions below against duties."""
    if level_of(code) >= Level.REGENCY:
        require(request.user, Permission.VIEW_COVERAGE, code)
        return redirect("duty_place", code)
    board = duty_board(request.user, code, localdate())
    region = board.region
    if asked_file(request):
        return _form(request, region, board.all_cells)
    context = {
        "board": board,
        "region": region,
        "rows": [
            (row, [(row.cells.get(one.pk), row.below.get(one.pk, {})) for one in board.duties])
            for row in board.rows
        ],
        "late": board.late[:50],
        "query": request.GET.urlencode(),
        "may_record": scope_of(request.user).holds_anywhere(Permission.ENTER_REGULATION),
    }
    return render(request, "reports/regulations/duty_board.html", context)


@require_safe
def duty_place(request: SignedInRequest, code: str) -> HttpResponseBase:
    """The duties of one region's head, and of whom it has within."""
    region = _place(request, code)
    found = place_duties(request.user, region, localdate())
    if asked_file(request):
        return _form(request, region, [*found.own, *found.within])
    scope = scope_of(request.user)
    context = {
        "region": region,
        # Who serves the region alone is not told of those beside it.
        "above": region.parent if _sees_above(scope, region) else None,
        "found": found,
        "open": [cell for cell in (*found.own, *found.within) if not cell.is_done],
        "may_record": scope.holds_anywhere(Permission.ENTER_REGULATION),
        "may_remind": scope.holds(Permission.REMIND, code),
        "may_file": scope.holds(Permission.ENTER_REGULATION, code),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/regulations/duty_place.html", context)


def _sees_above(scope: Scope, region: Region) -> bool:
    return bool(region.parent_id) and scope.holds(Permission.VIEW_COVERAGE, region.parent_id or "")


@require_safe
def duty_addressees(request: SignedInRequest, code: str, pk: int) -> HttpResponseBase:
    """One duty in one region: everybody it is asked of."""
    region = _place(request, code)
    duty = get_duty(request.user, pk, localdate())
    cells = place_duties(request.user, region, localdate()).of_duty(duty.pk)
    if not cells:
        raise OutsideScope(pk)
    if asked_file(request):
        return _form(request, region, cells)
    query = request.GET.copy()
    query.pop("halaman", None)
    context = {
        "region": region,
        "duty": duty,
        "page": Paginator(cells, _A_PAGE).get_page(request.GET.get("halaman")),
        "may_file": scope_of(request.user).holds_of_some(Permission.ENTER_REGULATION),
        "query": query.urlencode(),
    }
    return render(request, "reports/regulations/duty_addressees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def duty_file(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Filing that an addressee did its duty."""
    duty = get_duty(request.user, pk, localdate())
    institution = request.GET.get("lembaga", "")[:60]
    require_of(request.user, Permission.ENTER_REGULATION, code, institution or None)
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    form = EvidenceForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row = file_evidence(
                duty=pk,
                region_code=code,
                institution=institution,
                period=period_of_duty(duty, localdate()),
                statement=form.cleaned_data["statement"],
                by=request.user,
            )
        except RegulationRefused as refused:
            form.add_error("statement", refused.sentence)
        else:
            messages.success(request, _("Bukti diajukan. Lampirkan dokumennya; petugas lain memeriksanya."))
            return redirect("duty_evidence", row.pk)
    context = {"form": form, "duty": duty, "region": region}
    return render(
        request, "reports/regulations/duty_file.html", context, status=422 if form.is_bound else 200
    )


@require_safe
def duty_evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_evidence(request.user, pk)
    context = {"row": row, "may_check": may_check(request.user, row)}
    return render(request, "reports/regulations/duty_evidence.html", context)


@require_POST
def duty_check(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        row = check_evidence(
            pk=pk,
            accept=request.POST.get("putusan") == "terima",
            reason=request.POST.get("alasan", ""),
            by=request.user,
        )
    except RegulationRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, _("Bukti %(state)s.") % {"state": row.get_state_display()})
    return redirect("duty_evidence", pk)


def _place(request: SignedInRequest, code: str) -> Region:
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level not in {Level.PROVINCE, Level.REGENCY}:
        raise OutsideScope(code)
    return region


def _form(request: SignedInRequest, region: Region, cells: Iterable[DutyCell]) -> HttpResponseBase:
    """The monitoring form: a line for each duty and addressee."""
    return table_file(
        request,
        name=f"monev-kewajiban-{region.pk}",
        subject=_("formulir monev kewajiban"),
        header=[
            *(_("Kode wilayah"), _("Wilayah"), _("Ditujukan kepada"), _("Dasar"), _("Bunyi atau butir")),
            *(_("Kewajiban"), _("Tenggat"), _("Status"), _("Keterangan"), _("Hari terlambat")),
            *(_("Diajukan oleh"), _("Diperiksa oleh"), _("Sumber")),
        ],
        rows=_lines(cells),
        region_code=region.pk,
    )


def _lines(cells: Iterable[DutyCell]) -> Iterator[list[Any]]:
    for cell in cells:
        filed = cell.evidence
        yield [
            *(cell.addressee.region.pk, cell.addressee.region.full_label, cell.addressee.label),
            *(str(cell.duty.regulation), cell.duty.clause, cell.duty.title),
            *(
                cell.due.isoformat() if cell.due else "",
                str(cell.state.label),
                cell.why,
                cell.days_late or "",
            ),
            str(filed.filed_by) if filed else "",
            str(filed.checked_by) if filed and filed.checked_by else "",
            cell.duty.source,
        ]
