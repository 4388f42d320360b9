"""Duties as rows that are recorded and changed, and the letter that reminds of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from participants.selectors.institution_category import category_choices
from regions.access import get_region, require, require_anywhere, within
from regions.duty import DutyState
from regions.enums import Level
from regions.errors import OutsideScope, RegulationRefused
from regions.forms.duty import DutyForm
from regions.models import Duty
from regions.regulation import RegulationStanding
from regions.roles import Permission
from regions.selectors.duty import get_duty
from regions.selectors.regulation import readable
from regions.services.duty import change_duty, record_duty
from regions.signed_in import SignedInRequest
from reports.forms.duty import ReminderLetterForm
from reports.paper.letter_frame import LANGUAGE
from reports.paper.reminder_letter import reminder_data
from reports.paper.word_letter import letter_document
from reports.selectors.regulations.duty_board import place_duties
from reports.services.duty_letter import note_duty_letter
from reports.views.pack import TYPES


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


@require_http_methods(["GET", "HEAD", "POST"])
def duty_letter(request: SignedInRequest, code: str) -> HttpResponse:
    """GET asks what the letter says beside its table; POST is the letter, and an act."""
    region = get_region(request.user, code, Permission.REMIND)
    if region.level not in {Level.PROVINCE, Level.REGENCY}:
        raise OutsideScope(code)
    # A letter is Indonesian, whatever language its writer reads.
    with override(LANGUAGE):
        found = place_duties(request.user, region, localdate())
    waiting = [
        cell for cell in (*found.own, *found.within) if cell.state not in {DutyState.DONE, DutyState.WAITING}
    ]
    addressees = list(dict.fromkeys(cell.addressee.label for cell in waiting))
    sender = region.parent.full_label if region.level == Level.REGENCY and region.parent else ""
    form = ReminderLetterForm(request.POST or None, addressees=addressees, sender=sender)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "region": region, "count": len(waiting)}
        status = 422 if form.is_bound else 200
        return render(request, "reports/regulations/duty_letter.html", context, status=status)
    addressee = form.cleaned_data["addressee"]
    cells = [cell for cell in waiting if cell.addressee.label == addressee]
    with override(LANGUAGE):
        data = reminder_data(region, addressee, cells, told=form.cleaned_data, by=request.user)
    content = letter_document(data)
    note_duty_letter(region_code=code, addressee=addressee, duties=len(cells), by=request.user)
    response = HttpResponse(content, content_type=TYPES["docx"])
    response["Content-Disposition"] = f'attachment; filename="surat-pengingat-kewajiban-{code}.docx"'
    return response
