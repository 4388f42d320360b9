from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.forms.fields import RupiahField
from reports.forms.letter_fields import LetterForm

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


class EndingLetterForm(LetterForm):
    """To which office, and what a letter says beside its figures; nothing of it is kept."""

    office = forms.ChoiceField(label=_("Ditujukan kepada"))

    def __init__(self, *args: Any, offices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office: Any = self.fields["office"]
        office.choices = [(one, one) for one in offices]
