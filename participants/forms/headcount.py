from django import forms
from django.utils.translation import gettext_lazy as _

from participants.models import Category, FundingSource, Headcount
from regions.forms.fact import FactForm
from regions.forms.fields import MonthField, WholeNumberField


class HeadcountForm(FactForm[Headcount]):
    fact = Headcount.fact

    month = MonthField(label=_("Bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    funding = forms.ModelChoiceField(
        label=_("Sumber dana"), queryset=FundingSource.objects.all(), empty_label=_("Pilih sumber dana")
    )
    people = WholeNumberField(
        label=_("Orang"), help_text=_("Yang iurannya dibayar sumber dana ini untuk bulan itu.")
    )
