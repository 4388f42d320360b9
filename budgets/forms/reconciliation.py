from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from budgets.services.reconciliation import FileQuestion, Upload
from participants.forms.protected_file import ProtectedFileForm
from participants.models import Category, FundingSource
from regions.enums import Level
from regions.forms.fields import MonthField, RegionField
from regions.models import Region


class ReconciliationForm(ProtectedFileForm):
    """Which list of which month, and the files of the other two sides."""

    field_order = ("region", "month", "category", "funding", "members", "payments", "password")
    region = RegionField()
    month = MonthField(label=_("Bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("Semua kategori"),
    )
    funding = forms.ModelChoiceField(
        label=_("Sumber dana"),
        queryset=FundingSource.objects.all(),
        required=False,
        empty_label=_("Semua sumber dana"),
    )
    members = forms.FileField(
        label=_("Daftar peserta aktif dari BPJS"),
        help_text=_("Kolom NIK atau KPJ, nama, dan bila ada rupiah iurannya."),
        error_messages={"required": _("Pilih berkas dari BPJS."), "empty": _("Berkas kosong.")},
    )
    payments = forms.FileField(
        label=_("Daftar SP2D atau pembayaran bank"),
        required=False,
        help_text=_("Tanggal, nomor, rupiah. Tanpa berkas dipakai realisasi atau iuran yang tercatat."),
        error_messages={"empty": _("Berkas kosong.")},
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions.filter(level=Level.REGENCY)
        codes = list(region.queryset.values_list("code", flat=True)[:2])
        region.initial = codes[0] if len(codes) == 1 else None

    def question(self) -> FileQuestion:
        data = self.cleaned_data
        category, funding = data["category"], data["funding"]
        return FileQuestion(
            data["region"].pk,
            data["month"],
            category.pk if category else "",
            funding.pk if funding else "",
        )

    def uploads(self) -> dict[str, Any]:
        files = {name: self.cleaned_data[name] for name in ("members", "payments")}
        return {name: Upload(file.name, file.read()) if file else None for name, file in files.items()}
