from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.enums import MoneyKind
from budgets.importers.money_columns import COLUMNS, title_of
from budgets.importers.money_fields import MoneyField
from budgets.services.money_batch import MoneyTerms
from participants.forms.protected_file import ProtectedFileForm
from participants.nik import mask_digits
from regions.forms.fields import DayField, RegionField
from regions.models import Region


class MoneyFileForm(ProtectedFileForm):
    """A file of one kind of money, for a region and those below it."""

    field_order = ("region", "file", "password", "source", "as_of")
    region = RegionField()
    file = forms.FileField(
        label=gettext_lazy("Berkas"),
        help_text=gettext_lazy(
            "xlsx, xls, ods, csv, txt, tabel HTML, atau zip berisi berkas seperti itu; paling banyak "
            "5.000 baris."
        ),
        error_messages={
            "required": gettext_lazy("Pilih berkasnya."),
            "empty": gettext_lazy("Berkas kosong. Isi daftarnya, simpan, lalu kirim lagi."),
        },
    )
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=150,
        help_text=gettext_lazy("Surat atau laporan tempat angka ini tertulis, beserta nomornya."),
        error_messages={"required": gettext_lazy("Sebutkan sumbernya, misalnya nomor surat.")},
    )
    as_of = DayField(
        label=gettext_lazy("Per tanggal"), help_text=gettext_lazy("Tanggal keadaan yang dilaporkan.")
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        codes = list(regions.values_list("code", flat=True)[:2])
        region.initial = codes[0] if len(codes) == 1 else None
        self.fields["as_of"].initial = localdate()

    def clean_source(self) -> str:
        return mask_digits(self.cleaned_data["source"])

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > localdate():
            raise forms.ValidationError(_("Tanggal keadaan ini belum tiba. Isi tanggal laporannya."))
        return day

    def terms(self, kind: MoneyKind) -> MoneyTerms:
        data = self.cleaned_data
        return MoneyTerms(kind, data["region"].pk, data["source"], data["as_of"])


class MoneyTitlesForm(forms.Form):
    """What the columns of a file are called, one line for each that its kind may have."""

    def __init__(self, *args: Any, kind: MoneyKind, remembered: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {field: title for title, field in remembered.items()}
        for field in COLUMNS[kind]:
            self.fields[field.value] = forms.CharField(
                label=_(title_of(kind, field)),
                max_length=60,
                required=False,
                initial=said.get(field.value, ""),
            )

    def titles(self) -> dict[MoneyField, str]:
        return {MoneyField(name): self.cleaned_data[name] for name in self.fields}
