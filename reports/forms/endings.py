from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.forms.fields import RupiahField

_MOST_MONTHS = 12


class AskedEndingsForm(forms.Form):
    """For how many months people would be held, and at which price where the tariff knows none."""

    bulan = forms.TypedChoiceField(
        label=_("Ditahan (bulan)"),
        choices=[(count, str(count)) for count in range(1, _MOST_MONTHS + 1)],
        coerce=int,
        initial=3,
        required=False,
    )
    iuran = RupiahField(
        label=_("Iuran per orang bila tarifnya belum diketahui"),
        required=False,
    )


class EndingLetterForm(forms.Form):
    """To which office, and what a letter says beside its figures; nothing of it is kept."""

    office = forms.ChoiceField(label=_("Ditujukan kepada"))
    letter_number = forms.CharField(label=_("Nomor surat"), max_length=80, required=False)
    place_date = forms.CharField(
        label=_("Tempat dan tanggal"),
        max_length=80,
        required=False,
        help_text=_("Misalnya: Cilegon, 27 November 2026. Boleh diisi tangan."),
    )
    signer_title = forms.CharField(
        label=_("Jabatan penanda tangan"), max_length=120, initial=_("Kepala Dinas Tenaga Kerja")
    )
    signer = forms.CharField(label=_("Nama penanda tangan"), max_length=120, required=False)

    def __init__(self, *args: Any, offices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        office.choices = [(one, one) for one in offices]
