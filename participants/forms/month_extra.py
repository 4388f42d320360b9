from typing import Any

from django import forms

from participants.forms.extra_cell import extra_form_field
from participants.importers.extra import Extras
from participants.models import MonthExtra
from participants.selectors.extra_field import extra_cells


class MonthExtraForm(forms.Form):
    """The fields that an office added to a month."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, extras: Extras, row: MonthExtra, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extras = extras
        self.fields["revision"].initial = row.revision
        stored = extra_cells(extras, row)
        for one in extras:
            self.fields[one.key] = extra_form_field(one, stored.get(one.key, ""), demanded=True)

    def cells(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[one.key] for one in self.extras}
