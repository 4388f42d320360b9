from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from budgets.selectors.double_funding import Line
from budgets.selectors.double_funding_steps import addressee
from reports.forms.letter_fields import LetterForm


class PayerLetterForm(LetterForm):
    """To which payer, and what a letter says beside its figures; nothing of it is kept."""

    payer = forms.TypedChoiceField(label=_("Ditujukan kepada"), coerce=int)

    def __init__(self, *args: Any, lines: list[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payer: Any = self.fields["payer"]
        payer.choices = [(place, capfirst(addressee(line.drops))) for place, line in enumerate(lines)]
        self.lines = lines

    @property
    def line(self) -> Line:
        place: int = self.cleaned_data["payer"]
        return self.lines[place]
