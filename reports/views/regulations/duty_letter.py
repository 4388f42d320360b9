"""Letters that remind of duties: one, or one to each addressee in an archive."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from regions.access import get_region
from regions.duty import DutyState
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import Region
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.forms.duty import ALL_ADDRESSEES, ReminderLetterForm
from reports.paper.letter_frame import LANGUAGE
from reports.paper.reminder_letter import reminder_data
from reports.paper.word_letter import letter_document
from reports.selectors.regulations.duty_board import DutyCell, duty_board, place_duties
from reports.services.duty_letter import note_duty_letter
from reports.views.pack import TYPES


@require_http_methods(["GET", "HEAD", "POST"])
def duty_letter(request: SignedInRequest, code: str) -> HttpResponse:
    """GET asks what the letter says beside its table; POST is the letter, and an act."""
    region = get_region(request.user, code, Permission.REMIND)
    if region.level not in {Level.PROVINCE, Level.REGENCY}:
        raise OutsideScope(code)
    waiting = _waiting(request, region)
    addressees = list(dict.fromkeys(cell.addressee.label for cell in waiting))
    sender = region.parent.full_label if region.level == Level.REGENCY and region.parent else ""
    form = ReminderLetterForm(request.POST or None, addressees=addressees, sender=sender or region.full_label)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "region": region, "count": len(waiting)}
        status = 422 if form.is_bound else 200
        return render(request, "reports/regulations/duty_letter.html", context, status=status)
    asked = form.cleaned_data["addressee"]
    if asked == ALL_ADDRESSEES:
        letters = {one: _letter(request, region, one, waiting, form.cleaned_data) for one in addressees}
        return _answer(_archive(letters), "zip", code)
    return _answer(_letter(request, region, asked, waiting, form.cleaned_data), "docx", code)


def _waiting(request: SignedInRequest, region: Region) -> list[DutyCell]:
    """What is not done: of a regency its own and those within, of a province its own and its regencies'."""
    # A letter is Indonesian, whatever language its writer reads.
    with override(LANGUAGE):
        if region.level == Level.PROVINCE:
            cells = list(duty_board(request.user, region.pk, localdate()).all_cells)
        else:
            found = place_duties(request.user, region, localdate())
            cells = [*found.own, *found.within]
    return [cell for cell in cells if cell.state not in {DutyState.DONE, DutyState.WAITING}]


def _letter(
    request: SignedInRequest, region: Region, addressee: str, waiting: list[DutyCell], told: dict[str, Any]
) -> bytes:
    cells = [cell for cell in waiting if cell.addressee.label == addressee]
    place = cells[0].addressee.region
    with override(LANGUAGE):
        data = reminder_data(place, addressee, cells, told=told, by=request.user)
    note_duty_letter(region_code=place.pk, addressee=addressee, duties=len(cells), by=request.user)
    return letter_document(data)


def _archive(letters: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for number, (addressee, content) in enumerate(letters.items(), start=1):
            archive.writestr(f"{number:03}-{slugify(addressee)}.docx", content)
    return file.getvalue()


def _answer(content: bytes, kind: str, code: str) -> HttpResponse:
    types = {"docx": TYPES["docx"], "zip": "application/zip"}
    response = HttpResponse(content, content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="surat-pengingat-kewajiban-{code}.{kind}"'
    response["Cache-Control"] = "no-store, private"
    return response
