"""The pages of the reporting months: all of them in a matrix, and each on its own."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import get_region, home_codes, require_anywhere, scope_of
from regions.enums import Level, ReportKind
from regions.errors import MonthRefused, OutsideScope
from regions.models import Region, Reopening
from regions.month import add_months, first_of, iso_month
from regions.month_steps import CHECKS, CLOSE, REVIEWED, SUBMIT, Transition
from regions.roles import Permission
from regions.second_factor import lacks_second_factor
from regions.selectors.month_way import get_way, require_step
from regions.selectors.reporting_month import get_reopening, get_reporting_month
from regions.services.reopening import ask_reopening, decide_reopening
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.table_file import asked_file
from reports.forms.month import AskReopeningForm, BulkStepForm, DecideReopeningForm, StepForm
from reports.selectors.months.matrix import get_matrix, list_homes
from reports.selectors.months.page import get_month_page
from reports.selectors.months.review import get_review
from reports.selectors.packs.pack import list_month_documents
from reports.services.handing_in import take_step
from reports.services.reminder import remind
from reports.views.matrix_file import matrix_file
from reports.views.requests import period_of

# Figures of more months are read by nobody.
_MOST_REVIEWED = 40


@require_safe
def month_matrix(request: SignedInRequest) -> HttpResponseBase:
    codes = home_codes(request.user)
    if not codes:
        raise OutsideScope("no region")
    code = request.GET.get("wilayah", codes[0])
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    last = period_of(request) or first_of(localdate())
    if asked_file(request):
        return matrix_file(request, region, last)
    matrix = get_matrix(request.user, region, last, request.GET.get("halaman"))
    may_remind = scope_of(request.user).holds_anywhere(Permission.REMIND)
    context = {
        "matrix": matrix,
        "homes": list_homes(codes),
        "earlier": add_months(last, -12),
        "later": add_months(last, 12) if add_months(last, 1) <= localdate() else None,
        "last": last,
        "may_remind": may_remind,
        "may_choose": may_remind or bool(matrix.steps),
        "may_return": any(step.needs_reason for step in matrix.steps),
        "pager_query": urlencode({"wilayah": region.code, "periode": iso_month(last)}),
    }
    return render(request, "reports/month_matrix.html", context)


@require_safe
def month_page(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    return _show(request, _region(request, code), month_of(month))


@require_http_methods(["GET", "HEAD", "POST"])
def month_step(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """One step of this month. A refused one is told under this address, so it leads back when asked for."""
    region, at, form = _region(request, code), month_of(month), StepForm(request.POST)
    if request.method != "POST":
        return redirect("month_page", code, month)
    if not form.is_valid():
        raise Http404("step")
    if form.step in CHECKS and lacks_second_factor(request.user):
        return _to_second_factor(request)
    try:
        row = take_step(
            form.step,
            region_code=code,
            month=at,
            by=request.user,
            reason=form.cleaned_data["reason"],
            waiting=form.waiting_rows,
        )
    except MonthRefused as refused:
        return _show(request, region, at, problem=refused.sentence, status=409)
    messages.success(request, _("Bulan ini sekarang: %s.") % row.get_state_display().lower())
    return redirect("month_page", code, month)


@require_POST
def month_bulk_step(request: SignedInRequest) -> HttpResponse:
    """The same step for every chosen month; what cannot take it is named with its reason."""
    form = BulkStepForm(request.POST, cells=request.POST.getlist("cells"))
    if form.is_valid() and form.step in CHECKS and lacks_second_factor(request.user):
        return _to_second_factor(request)
    if form.is_valid() and form.step in REVIEWED and not form.cleaned_data["seen"]:
        return _review_all(request, form)
    if form.is_valid():
        done, refused = _move_all(request, form.step, form.cleaned_data["cells"], form.cleaned_data["reason"])
        if done:
            sentence = ngettext("%(count)s bulan diproses.", "%(count)s bulan diproses.", done)
            messages.success(request, sentence % {"count": done})
        for sentence in refused[:10]:
            messages.error(request, sentence)
    else:
        messages.error(request, _("Pilih sedikitnya satu bulan."))
    return redirect(f"{reverse('month_matrix')}?{request.GET.urlencode()}")


@require_POST
def month_remind(request: SignedInRequest) -> HttpResponse:
    """Ask for every chosen month to be handed in."""
    require_anywhere(request.user, Permission.REMIND)
    cells = request.POST.getlist("cells")
    for region, month in [_cell(request, cell) for cell in cells]:
        text = request.POST.get("reason", "")
        remind(region_code=region.code, month=month, text=text, by=request.user)
    if cells:
        messages.success(request, _("Pengingat tersimpan; tampil di Tugas dan di surel berikutnya."))
    else:
        messages.error(request, _("Pilih sedikitnya satu bulan."))
    return redirect(f"{reverse('month_matrix')}?{request.GET.urlencode()}")


@require_http_methods(["GET", "HEAD", "POST"])
def reopening_ask(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    region, at, form = _region(request, code), month_of(month), AskReopeningForm(request.POST)
    if request.method != "POST":
        return redirect("month_page", code, month)
    require_step(request.user, SUBMIT, code, get_way(code, at))
    if form.is_valid():
        wanted = {**form.cleaned_data, "open_for": [ReportKind(one) for one in form.cleaned_data["open_for"]]}
        try:
            ask_reopening(region_code=code, month=at, by=request.user, **wanted)
        except MonthRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            deciders = ", ".join(taker.label for taker in get_way(code, at).takers(CLOSE))
            messages.success(request, _("Permintaan terkirim. Yang memutuskan: %s.") % deciders)
            return redirect("month_page", code, month)
    return _show(request, region, at, asking=form, status=422)


@require_POST
def reopening_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    wish, form = _wish(request, pk), DecideReopeningForm(request.POST)
    if not form.is_valid():
        raise Http404("decision")
    if lacks_second_factor(request.user):
        return _to_second_factor(request)
    try:
        decide_reopening(
            pk=pk, is_granted=form.is_granted, answer=form.cleaned_data["answer"], by=request.user
        )
    except MonthRefused as refused:
        return _show(request, wish.region, wish.month, problem=refused.sentence, status=409)
    done = _("Dikabulkan: bulan ini terbuka lagi.") if form.is_granted else _("Permintaan ditolak.")
    messages.success(request, done)
    return redirect("month_page", wish.region_id, iso_month(wish.month))


def _to_second_factor(request: SignedInRequest) -> HttpResponse:
    messages.error(request, _("Pasang dahulu langkah kedua (2FA); sesudah itu bulan dapat Anda periksa."))
    return redirect("mfa_index")


def _show(
    request: SignedInRequest, region: Region, month: date, status: int = 200, **more: Any
) -> HttpResponse:
    page = get_month_page(request.user, region, month)
    context = {
        "page": page,
        "previous_month": add_months(month, -1),
        "next_month": add_months(month, 1),
        "asking": AskReopeningForm(),
        "documents": list_month_documents(request.user, region, month),
        **more,
    }
    return render(request, "reports/month_page.html", context, status=status)


def _region(request: SignedInRequest, code: str) -> Region:
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    if region.level > Level.REGENCY:
        raise OutsideScope(code)
    return region


def _cell(request: SignedInRequest, cell: str) -> tuple[Region, date]:
    """A cell of the matrix, named `code|YYYY-MM`."""
    code, _sign, month = cell.partition("|")
    return _region(request, code), month_of(month)


def _wish(request: SignedInRequest, pk: int) -> Reopening:
    wish = get_reopening(request.user, pk)
    if wish is None:
        raise OutsideScope(pk)
    return wish


def _review_all(request: SignedInRequest, form: BulkStepForm) -> HttpResponse:
    """The figures of every chosen month before the step is taken for all of them."""
    places = [_cell(request, cell) for cell in form.cleaned_data["cells"]]
    back = f"{reverse('month_matrix')}?{request.GET.urlencode()}"
    if len(places) > _MOST_REVIEWED:
        messages.error(request, _("Pilih paling banyak %(most)s bulan sekaligus.") % {"most": _MOST_REVIEWED})
        return redirect(back)
    for region, month in places:
        require_step(request.user, form.step, region.code, get_way(region.code, month))
    reviews = [
        (region, month, get_review(request.user, region, month, may_enter=False)) for region, month in places
    ]
    context = {
        "step": form.step,
        "reason": form.cleaned_data["reason"],
        "cells": form.cleaned_data["cells"],
        "reviews": reviews,
        "back": back,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/month_bulk_review.html", context)


def _move_all(
    request: SignedInRequest, step: Transition, cells: list[str], reason: str
) -> tuple[int, list[str]]:
    done, refused = 0, []
    # All are looked up first: one of elsewhere, or of another role, among them stops the whole.
    places = [_cell(request, cell) for cell in cells]
    for region, month in places:
        require_step(request.user, step, region.code, get_way(region.code, month))
    for region, month in places:
        place = f"{region.full_label} {iso_month(month)}"
        if get_reporting_month(region, month).state == step.target:
            refused.append(_("%s: sudah demikian, tidak ada yang diubah.") % place)
            continue
        try:
            take_step(step, region_code=region.code, month=month, by=request.user, reason=reason)
        except MonthRefused as error:
            refused.append(f"{place}: {error.sentence}")
        else:
            done += 1
    return done, refused
