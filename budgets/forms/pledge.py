from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from budgets.forms.once import OnceForm
from budgets.models import Pledge, PledgePayment
from budgets.selectors.planning.source import list_plan_sources
from budgets.selectors.pledge import choosable_pledges, same_payment, same_pledge
from participants.models import Category, FundingSource
from regions.forms.fields import DayField, MonthField, PayingInstitutionField, RupiahField, WholeNumberField
from regions.models import SourcedFact
from regions.selectors.institution import institutions_in


class PledgeForm(OnceForm[Pledge]):
    """An offer to a payer; that it was pledged or withdrawn is filled in by correcting it."""

    fact = Pledge.fact
    asked_at = "people"

    year = forms.IntegerField(label=_("Tahun"), min_value=2014, max_value=2100)
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    funding = forms.ModelChoiceField(
        label=_("Ditawarkan kepada (sumber dana)"),
        queryset=FundingSource.objects.none(),
        empty_label=_("Pilih sumber dana"),
    )
    institution = PayingInstitutionField()
    people = WholeNumberField(label=_("Jumlah orang"))
    first_month = MonthField(label=_("Mulai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    months = forms.IntegerField(label=_("Lama (bulan)"), min_value=1, max_value=12)
    monthly_rate = RupiahField(
        label=_("Iuran per orang per bulan"),
        help_text=_("Nilainya orang × bulan × iuran. Tarif bagi pembayar ini ada di kalkulator iuran."),
    )
    offered_on = DayField(label=_("Tanggal tawaran"))
    document = forms.CharField(
        label=_("Surat tawaran atau janji"),
        max_length=150,
        required=False,
        help_text=_("Nomor suratnya; berkasnya dilampirkan lewat “Dokumen” sesudah tersimpan."),
    )
    pledged_on = DayField(
        label=_("Tanggal janji"), required=False, help_text=_("Kosongkan selama baru ditawarkan.")
    )
    due_on = DayField(
        label=_("Jatuh tempo pembayaran"),
        required=False,
        help_text=_("Pengingat muncul sebelum dan sesudah tanggal ini."),
    )
    withdrawn_on = DayField(
        label=_("Ditarik pada"),
        required=False,
        help_text=_("Isi hanya bila batal."),
    )

    def __init__(self, *args: Any, regions: Any, row: Pledge | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        institution: Any = self.fields["institution"]
        institution.queryset = institutions_in(regions)
        funding: Any = self.fields["funding"]
        funding.queryset = list_plan_sources()
        self.fields["year"].initial = localdate().year
        self.fields["offered_on"].initial = localdate()

    def find_same(self) -> SourcedFact | None:
        return same_pledge(self.build())


class PledgeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Pledge) -> str:
        parts = [str(obj.year), obj.region.label, obj.category, obj.institution or obj.funding]
        return " · ".join(str(part) for part in [*parts, str(obj).rpartition(": ")[2]])


class PledgePaymentForm(OnceForm[PledgePayment]):
    fact = PledgePayment.fact

    pledge = PledgeField(label=_("Janji"), queryset=Pledge.objects.none(), empty_label=_("Pilih janjinya"))
    paid_on = DayField(label=_("Tanggal bayar"))
    amount = RupiahField(label=_("Dibayar"))
    document = forms.CharField(
        label=_("Bukti bayar"),
        max_length=150,
        required=False,
        help_text=_("Nomornya; berkasnya dilampirkan lewat “Dokumen” sesudah tersimpan."),
    )

    def __init__(self, *args: Any, regions: Any, row: PledgePayment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        pledge: Any = self.fields["pledge"]
        pledge.queryset = choosable_pledges(regions)

    def find_same(self) -> SourcedFact | None:
        return same_payment(self.build())
