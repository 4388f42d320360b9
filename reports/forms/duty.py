from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ReminderLetterForm(forms.Form):
    """To whom, and what a letter says beside its table; nothing of it is kept."""

    addressee = forms.ChoiceField(label=_("Ditujukan kepada"))
    sender = forms.CharField(label=_("Pengirim"), max_length=150)
    letter_number = forms.CharField(label=_("Nomor surat"), max_length=80, required=False)
    place_date = forms.CharField(
        label=_("Tempat dan tanggal"),
        max_length=80,
        required=False,
        help_text=_("Misalnya: Cilegon, 27 November 2026. Boleh diisi tangan."),
    )
    signer_title = forms.CharField(label=_("Jabatan penanda tangan"), max_length=120)
    signer = forms.CharField(label=_("Nama penanda tangan"), max_length=120, required=False)

    def __init__(self, *args: Any, addressees: list[str], sender: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        addressee: Any = self.fields["addressee"]
        addressee.choices = [(one, one) for one in addressees]
        self.fields["sender"].initial = sender
        self.fields["signer_title"].initial = _("Sekretaris Daerah")
