from django import forms
from django.utils.translation import gettext_lazy as _


class LetterForm(forms.Form):
    """What every letter asks for beside its figures; nothing of it is kept."""

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
