"""The letter to the office that looks after people whose cover ends."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from regions.access import get_region
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import Region
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import PlacedView, SignedInRequest
from regions.views.asked import month_of
from reports.forms.endings import EndingLetterForm
from reports.paper.ending_letter import ending_letter_data, office_of
from reports.paper.letter_frame import LANGUAGE
from reports.paper.setting import PaperNotSet, letter_pdf
from reports.selectors.cover_endings import EndingLine, get_cover_endings
from reports.services.ending_letter import note_ending_letter
from reports.views.requests import period_of


class EndingLetter(PlacedView):
    """GET asks what the letter says beside its figures; POST is the letter, and an act."""

    region: Region
    month: date
    lines: list[EndingLine]

    def find_place(self, **where: str) -> None:
        self.region = get_region(self.request.user, where["code"], Permission.ENTER_WORKFORCE)
        if self.region.level != Level.REGENCY:
            raise OutsideScope(where["code"])
        self.month = month_of(where["month"])
        start = period_of(self.request)
        found = get_cover_endings(self.request.user, self.region, localdate(), month=start)
        ending = found.of(self.month) if found else None
        self.lines = ending.lines if ending else []

    def get(self, request: SignedInRequest) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: SignedInRequest) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        office = form.cleaned_data["office"]
        lines = [line for line in self.lines if office_of(line) == office]
        try:
            with override(LANGUAGE):
                told = ending_letter_data(
                    self.region, self.month, lines, told=form.cleaned_data, by=request.user
                )
                content = letter_pdf(told)
        except PaperNotSet as failed:
            messages.error(request, failed.sentence)
            return redirect(self._back())
        people = sum(line.people for line in lines)
        note_ending_letter(
            region_code=self.region.pk, month=self.month, office=office, people=people, by=request.user
        )
        response = HttpResponse(content, content_type="application/pdf")
        name = f"surat-akhir-perlindungan-{self.region.pk}-{iso_month(self.month)}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _form(self, *data: object) -> EndingLetterForm:
        offices = list(dict.fromkeys(office_of(line) for line in self.lines))
        return EndingLetterForm(*data, offices=offices)

    def _back(self) -> str:
        return reverse("cover_endings", args=[self.region.pk])

    def _show(self, form: EndingLetterForm, status: int = 200) -> HttpResponse:
        context = {
            **{"form": form, "region": self.region, "month": self.month},
            **{"lines": self.lines, "back": self._back()},
        }
        return render(self.request, "reports/ending_letter.html", context, status=status)
