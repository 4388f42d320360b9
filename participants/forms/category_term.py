from django import forms
from django.utils.translation import gettext_lazy as _

from participants.models import Category, CategoryTerm
from regions.forms.fact import FactForm
from regions.forms.fields import DayField


class CategoryTermForm(FactForm[CategoryTerm]):
    fact = CategoryTerm.fact

    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    starts_on = DayField(label=_("Mulai"))
    ends_on = DayField(
        label=_("Berakhir"),
        help_text=_("Hari terakhir tugas atau kontraknya."),
    )
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=250, required=False)
    document = forms.CharField(
        label=_("Keputusan"), max_length=150, required=False, help_text=_("Misalnya: SK Wali Kota 12/2026.")
    )
