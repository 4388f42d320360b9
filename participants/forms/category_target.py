from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import TargetFrame
from participants.forms.target import TargetYearField
from participants.models import Category, CategoryTarget
from regions.forms.fact import FactForm
from regions.forms.fields import WholeNumberField


class CategoryTargetForm(FactForm[CategoryTarget]):
    fact = CategoryTarget.fact

    year = TargetYearField()
    frame = forms.ChoiceField(
        label=_("Dasar target"),
        choices=TargetFrame.choices,
        help_text=_("Target dari beberapa penetap boleh berdampingan pada tahun yang sama."),
    )
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    people = WholeNumberField(
        label=_("Target (orang)"),
        help_text=_("Jumlah orang dalam kategori ini yang harus terlindungi pada akhir tahun itu."),
    )
