from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import PopulationKind
from participants.forms.workforce import YearField
from participants.models import Category, CategoryPopulation
from regions.forms.fact import FactForm
from regions.forms.fields import WholeNumberField


class CategoryPopulationForm(FactForm[CategoryPopulation]):
    fact = CategoryPopulation.fact

    year = YearField(
        label=_("Tahun"), help_text=_("Angka ini dipakai sampai ada angka dari tahun yang lebih baru.")
    )
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    people = WholeNumberField(
        label=_("Jumlah pekerja"),
        help_text=_(
            "Semua pekerja kategori ini di wilayah itu, terlindungi atau belum. Isi 0 bila memang tidak ada."
        ),
    )
    kind = forms.ChoiceField(label=_("Diketahui dari"), choices=PopulationKind.choices)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Tulis tahun dengan empat angka, misalnya 2025."))
        return year
