from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.letter_fields import LetterForm

# In place of one name.
ALL_ADDRESSEES = "*"


class ReminderLetterForm(LetterForm):
    """To whom, and what a letter says beside its table; nothing of it is kept."""

    addressee = forms.ChoiceField(label=_("Ditujukan kepada"))
    sender = forms.CharField(label=_("Pengirim"), max_length=150)

    def __init__(self, *args: Any, addressees: list[str], sender: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        addressee: Any = self.fields["addressee"]
        every = [(ALL_ADDRESSEES, _("Semua penerima, satu surat masing-masing (ZIP)"))]
        addressee.choices = [*(every if len(addressees) > 1 else []), *((one, one) for one in addressees)]
        self.fields["sender"].initial = sender
        self.fields["signer_title"].initial = _("Sekretaris Daerah")
