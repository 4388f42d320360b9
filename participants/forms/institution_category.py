from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.selectors.institution_category import category_choices


class InstitutionCategoriesForm(forms.Form):
    categories = forms.MultipleChoiceField(
        label=_("Kategori yang dilaporkan lembaga ini"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Operator yang dibatasi pada lembaga ini mengisi jumlah orang kategori ini saja."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories: Any = self.fields["categories"]
        categories.choices = category_choices()
