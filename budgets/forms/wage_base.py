from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.models import WageBase
from participants.enums import Programme
from participants.models import Category
from regions.forms.fact import FactForm
from regions.forms.fields import MonthField, RupiahField

RISK_CLASSES = [
    (1, _("1 – sangat rendah, misalnya kantor")),
    (2, _("2 – rendah, misalnya pertanian dan perdagangan")),
    (3, _("3 – sedang, misalnya perkebunan")),
    (4, _("4 – tinggi, misalnya angkutan darat dan bangunan")),
    (5, _("5 – sangat tinggi, misalnya pertambangan")),
]


class WageBaseForm(FactForm[WageBase]):
    fact = WageBase.fact

    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    first_month = MonthField(label=_("Mulai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    rupiah = RupiahField(
        label=_("Dasar upah sebulan"),
        help_text=_("Upah yang dilaporkan kepada BPJS Ketenagakerjaan untuk kategori ini."),
    )
    risk_class = forms.TypedChoiceField(
        label=_("Tingkat risiko lingkungan kerja"), choices=RISK_CLASSES, coerce=int
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=["jkk", "jkm"],
        error_messages={"required": _("Centang paling sedikit satu program.")},
    )

    def clean_programmes(self) -> list[str]:
        return sorted(self.cleaned_data["programmes"])
