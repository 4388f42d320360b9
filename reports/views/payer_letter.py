"""The letter to who should stop paying for a person."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from budgets.selectors.double_funding import Doubled, double_funding_of
from budgets.selectors.double_funding_steps import letter_lines
from participants.enums import ReadPage
from participants.models import Participant
from participants.selectors.persons.person import get_person
from participants.services.persons.reading import note_reading
from participants.views.asked import asked_month
from regions.access import require
from regions.errors import OutsideScope
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import PlacedView, SignedInRequest
from reports.forms.letter import PayerLetterForm
from reports.paper.letter import letter_data
from reports.paper.letter_frame import LANGUAGE
from reports.paper.setting import PaperNotSet, letter_pdf
from reports.services.payer_letter import note_letter


class PayerLetter(PlacedView):
    """GET asks what the letter says beside its figures; POST is the letter, and an act."""

    person: Participant
    month: date
    doubled: Doubled | None

    def find_place(self, **where: int) -> None:
        person = get_person(self.request.user, where["pk"])
        if person is None:
            raise OutsideScope(where["pk"])
        require(self.request.user, Permission.ENTER_PERSONS, person.region_id)
        self.person, self.month = person, asked_month(self.request, person.region)
        self.doubled = double_funding_of(self.request.user, person, self.month)

    def get(self, request: SignedInRequest) -> HttpResponse:
        if self.doubled is None:
            messages.info(request, _("Tidak ada bulan yang iurannya ditanggung lebih dari satu pihak."))
            return redirect(self._back())
        return self._show(PayerLetterForm(lines=letter_lines(self.doubled)))

    def post(self, request: SignedInRequest) -> HttpResponse:
        if self.doubled is None:
            return redirect(self._back())
        form = PayerLetterForm(request.POST, lines=letter_lines(self.doubled))
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            content = self._letter(form)
        except PaperNotSet as failed:
            messages.error(request, failed.sentence)
            return redirect(self._back())
        note_letter(person=self.person, payer=form.line.drops, by=request.user)
        response = HttpResponse(content, content_type="application/pdf")
        name = f"surat-pendanaan-ganda-{self.person.pk}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _letter(self, form: PayerLetterForm) -> bytes:
        """Asked anew, so that the names of payers are in the language of the letter."""
        told: dict[str, Any] = {"told": form.cleaned_data, "by": self.request.user}
        with override(LANGUAGE):
            doubled = double_funding_of(self.request.user, self.person, self.month)
            if doubled is None:
                raise PaperNotSet
            line = letter_lines(doubled)[form.cleaned_data["payer"]]
            return letter_pdf(letter_data(self.person, doubled, line, month=self.month, **told))

    def _back(self) -> str:
        return f"{reverse('double_funding_person', args=[self.person.pk])}?periode={iso_month(self.month)}"

    def _show(self, form: PayerLetterForm, status: int = 200) -> HttpResponse:
        where, seen = self.person.region_id, [self.person.pk]
        note_reading(by=self.request.user, page=ReadPage.DOUBLE_FUNDING, region_code=where, persons=seen)
        context = {"form": form, "person": self.person, "month": self.month, "back": self._back()}
        return render(self.request, "reports/payer_letter.html", context, status=status)
