"""Duties as rows that are recorded and changed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.selectors.institution_category import category_choices
from regions.access import require, require_anywhere, within
from regions.errors import RegulationRefused
from regions.forms.duty import DutyForm
from regions.models import Duty
from regions.regulation import RegulationStanding
from regions.roles import Permission
from regions.selectors.duty import get_duty
from regions.selectors.regulation import readable
from regions.services.duty import change_duty, record_duty
from regions.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def duty_record(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.ENTER_REGULATION)
    form = _form(request, initial={"regulation": request.GET.get("regulasi", "")})
    if form.is_bound and form.is_valid():
        try:
            row = record_duty(
                regulation=form.cleaned_data["regulation"].pk, given=form.given(), by=request.user
            )
        except RegulationRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Kewajiban tersimpan."))
            return redirect("regulation_detail", row.regulation_id)
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def duty_change(request: SignedInRequest, pk: int) -> HttpResponse:
    row = get_duty(request.user, pk, localdate())
    require(request.user, Permission.ENTER_REGULATION, row.regulation.region_id)
    form = _form(request, row=row)
    if form.is_bound and form.is_valid():
        try:
            change_duty(pk=pk, given=form.given(), by=request.user)
        except RegulationRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("Kewajiban tersimpan."))
            return redirect("regulation_detail", row.regulation_id)
    return _page(request, form, row)


def _form(request: SignedInRequest, **given: object) -> DutyForm:
    rules = readable(request.user, localdate()).exclude(standing=RegulationStanding.REPEALED)
    own = rules.filter(within(request.user, permission=Permission.ENTER_REGULATION))
    return DutyForm(request.POST or None, rules=own, categories=category_choices(), **given)  # type: ignore[arg-type]


def _page(request: SignedInRequest, form: DutyForm, row: Duty | None) -> HttpResponse:
    context = {"form": form, "row": row}
    status = 422 if form.is_bound else 200
    return render(request, "reports/regulations/duty_form.html", context, status=status)
