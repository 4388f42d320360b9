from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.forms.allocation import OVER_LABEL
from budgets.forms.once import OnceForm
from budgets.models import Allocation, Realisation
from budgets.selectors.allocation import list_choosable_lines, newest_of_line
from budgets.selectors.realisation import same_bill
from participants.models import Category, FundingSource
from regions.forms.fields import DayField, MonthField, PayingInstitutionField, RupiahField, WholeNumberField
from regions.models import SourcedFact
from regions.selectors.institution import institutions_in


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A budget line, by its newest stage."""

    def label_from_instance(self, obj: Allocation) -> str:
        parts = [str(obj.year), obj.region.label, obj.category, obj.funding, obj.account, obj]
        return " · ".join(str(part) for part in parts if part)


class RealisationForm(OnceForm[Realisation]):
    """One bill; what happens to it later is filled in by correcting it."""

    fact = Realisation.fact
    asked_at = "billed_amount"

    allocation = LineField(
        label=_("Baris anggaran"),
        queryset=Allocation.objects.none(),
        required=False,
        empty_label=_("Tidak dari baris anggaran yang tercatat"),
        help_text=_("Kategori, sumber dana, dan lembaga pembayar yang kosong diambil dari baris ini."),
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
    institution = PayingInstitutionField()
    first_month = MonthField(label=_("Untuk bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    last_month = MonthField(label=_("Sampai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    heads = WholeNumberField(label=_("Jumlah orang"), required=False)
    billed_amount = RupiahField(label=_("Ditagih BPJS"), required=False)
    billed_on = DayField(label=_("Tanggal tagihan"), required=False)
    bill_number = forms.CharField(label=_("Nomor tagihan"), max_length=80, required=False)
    paid_amount = RupiahField(
        label=_("Dibayar"),
        required=False,
        help_text=_("Kosongkan bila belum dibayar; isi nanti lewat Koreksi."),
    )
    paid_on = DayField(label=_("Tanggal SP2D atau bukti setor"), required=False)
    payment_order = forms.CharField(label=_("Nomor SP2D"), max_length=80, required=False)
    posted_amount = RupiahField(label=_("Dibukukan BPJS"), required=False)
    posted_on = DayField(label=_("Tanggal dibukukan"), required=False)
    posting_reference = forms.CharField(label=_("Nomor pembukuan"), max_length=80, required=False)
    over_ceiling = forms.BooleanField(label=OVER_LABEL, required=False)
    over_reason = forms.CharField(
        label=_("Alasan melampaui pagu atau tagihan"), max_length=250, required=False
    )

    def __init__(self, *args: Any, regions: Any, row: Realisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        line: Any = self.fields["allocation"]
        line.queryset = list_choosable_lines(regions, of_region=row.region_id if row else "")
        institution: Any = self.fields["institution"]
        institution.queryset = institutions_in(regions)
        if row is not None and row.allocation is not None:
            self.initial["allocation"] = newest_of_line(row.allocation)

    def clean(self) -> dict[str, Any]:
        line = self.cleaned_data.get("allocation")
        for name in ("category", "funding", "institution"):
            if line is not None and not self.cleaned_data.get(name):
                self.cleaned_data[name] = getattr(line, name)
        return super().clean()

    def find_same(self) -> SourcedFact | None:
        return same_bill(self.build())
