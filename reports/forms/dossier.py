from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.written_rows import RowsWidget
from reports.models import DossierText


class DossierTextForm(forms.ModelForm):  # type: ignore[type-arg]
    revision = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = DossierText
        fields = ["commitment", "innovations"]
        widgets = {
            "commitment": forms.Textarea(attrs={"rows": 5}),
            "innovations": RowsWidget([_("Inovasi"), _("Sejak"), _("Hasilnya")]),
        }
        help_texts = {
            "commitment": _("Apa yang dijanjikan dan dilakukan kepala daerah, dalam beberapa kalimat."),
            "innovations": _("Misalnya: GEMET SEKUL, 2023, perusahaan menanggung iuran pekerja sekitar."),
        }
