from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment, WorkforceKind
from participants.models import Workforce
from regions.forms.fact import FactForm
from regions.forms.fields import WholeNumberField


class YearField(WholeNumberField):
    default_error_messages = {
        "required": _("Isi tahunnya."),
        "whole": _("“%(typed)s” bukan tahun. Tulis empat angka, misalnya 2025."),
    }

    def prepare_value(self, value: object) -> object:
        return value


class WorkforceForm(FactForm[Workforce]):
    fact = Workforce.fact

    year = YearField(label=_("Tahun"))
    kind = forms.ChoiceField(
        label=_("Jenis penyebut"),
        choices=WorkforceKind.choices,
        help_text=_("Angka dari BPS dan dari BPJS berbeda; keduanya boleh dicatat berdampingan."),
    )
    segment = forms.ChoiceField(label=_("Segmen"), choices=CountedSegment.choices, initial=CountedSegment.ALL)
    workers = WholeNumberField(label=_("Jumlah pekerja"))
    is_official = forms.BooleanField(
        label=_("Pakai sebagai penyebut resmi"),
        required=False,
        initial=True,
        help_text=_("Tanda resmi berpindah dari penyebut lain untuk tahun dan segmen yang sama."),
    )

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Tulis tahun dengan empat angka, misalnya 2025."))
        return year
