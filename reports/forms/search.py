from django import forms
from django.utils.translation import gettext_lazy as _

from regions.plain_characters import plain_line
from regions.search_words import may_be_of_a_person

MOST = 100


class SearchForm(forms.Form):
    """What is looked for everywhere."""

    kata = forms.CharField(
        label=_("Cari"),
        max_length=MOST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Ketik kata yang dicari."),
            "max_length": _("Ketik paling banyak %(limit_value)d huruf."),
        },
    )

    def clean_kata(self) -> str:
        return plain_line(self.cleaned_data["kata"])

    @property
    def text(self) -> str:
        return str(self.cleaned_data.get("kata", "")) if self.is_valid() else ""

    @property
    def is_number(self) -> bool:
        """A number that may be somebody's stays out of addresses."""
        return may_be_of_a_person(self.text)
