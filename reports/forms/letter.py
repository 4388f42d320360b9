from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from budgets.selectors.double_funding import Line
from budgets.selectors.double_funding_steps import addressee


class PayerLetterForm(forms.Form):
    """To which payer, and what a letter says beside its figures; nothing of it is kept."""

    payer = forms.TypedChoiceField(label=_("Ditujukan kepada"), coerce=int)
    letter_number = forms.CharField(label=_("Nomor surat"), max_length=80, required=False)
    place_date = forms.CharField(
        label=_("Tempat dan tanggal"),
        max_length=80,
        required=False,
        help_text=_("Misalnya: Cilegon, 27 November 2026. Boleh diisi tangan."),
    )
    signer_title = forms.CharField(label=_("Jabatan penanda tangan"), max_length=120)
    signer = forms.CharField(label=_("Nama penanda tangan"), max_length=120, required=False)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payer: Any = self.fields["payer"]
        payer.choices = [(place, capfirst(addressee(line.drops))) for place, line in enumerate(lines)]
        self.fields["signer_title"].initial = _("Kepala Dinas Tenaga Kerja")
        self.lines = lines

    @property
    def line(self) -> Line:
        place: int = self.cleaned_data["payer"]
        return self.lines[place]
