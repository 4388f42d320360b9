from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from budgets.enums import Phase
from budgets.models import Allocation
from participants.models import Category, FundingSource
from regions.forms.fact import FactForm
from regions.forms.fields import DayField, RupiahField, WholeNumberField
from regions.models import Institution

OVER_LABEL = _("Tetap simpan walau melampaui pagu")
OVER_REASON = _("Alasan melampaui pagu")


class AllocationForm(FactForm[Allocation]):
    """One stage of one budget line: always its whole new amount, never the difference."""

    fact = Allocation.fact

    year = forms.IntegerField(label=_("Tahun anggaran"), min_value=2014, max_value=2100)
    institution = forms.ModelChoiceField(
        label=_("Perangkat Daerah"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )
    sub_activity = forms.CharField(
        label=_("Kode sub kegiatan"),
        max_length=40,
        required=False,
        help_text=_("Misalnya 2.07.05.2.01.0003; dengan atau tanpa titik."),
    )
    account = forms.CharField(
        label=_("Kode rekening"),
        max_length=40,
        required=False,
        help_text=_("Misalnya 5.1.02.02.02.0006; dengan atau tanpa titik."),
    )
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )
    funding = forms.ModelChoiceField(
        label=_("Sumber dana"),
        queryset=FundingSource.objects.all(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )
    phase = forms.ChoiceField(label=_("Tahap"), choices=Phase.choices)
    sequence = forms.IntegerField(
        label=_("Nomor tahap"),
        min_value=1,
        max_value=99,
        initial=1,
        help_text=_("1 untuk yang pertama, 2 untuk pergeseran kedua, dan seterusnya."),
    )
    amount = RupiahField(
        label=_("Pagu"), help_text=_("Seluruh pagu baris ini menurut tahap ini, bukan selisihnya.")
    )
    heads = WholeNumberField(label=_("Jumlah orang"), required=False)
    months = forms.IntegerField(label=_("Jumlah bulan"), min_value=1, max_value=12, required=False)
    monthly_rate = RupiahField(label=_("Iuran per orang per bulan"), required=False)
    decided_on = DayField(label=_("Tanggal penetapan"))
    document = forms.CharField(
        label=_("Dokumen"), max_length=150, required=False, help_text=_("Misalnya nomor DPA atau DPPA.")
    )
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        max_length=250,
        required=False,
        help_text=_("Misalnya nomor Perda atau Perkada."),
    )
    over_ceiling = forms.BooleanField(label=OVER_LABEL, required=False)
    over_reason = forms.CharField(label=OVER_REASON, max_length=250, required=False)

    def __init__(self, *args: Any, regions: Any, row: Allocation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        institution: Any = self.fields["institution"]
        institution.queryset = Institution.objects.filter(region__in=regions).order_by("region", "name")
        self.fields["year"].initial = localdate().year
