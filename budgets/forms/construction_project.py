from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from budgets.enums import ProjectStanding
from budgets.models import ConstructionProject, ProjectCount
from regions.forms.fact import FactForm
from regions.forms.fields import DayField, MonthField, RupiahField, WholeNumberField

_BEFORE_TAX = _(
    "Sebelum PPN. Bila yang diketahui nilai termasuk PPN, kurangi dahulu PPN yang tertulis dalam kontraknya."
)


def _month_picker() -> forms.TextInput:
    return forms.TextInput(attrs={"type": "month"})


class ConstructionProjectForm(FactForm[ConstructionProject]):
    fact = ConstructionProject.fact

    year = forms.IntegerField(label=_("Tahun anggaran"), min_value=2014, max_value=2100)
    package_name = forms.CharField(
        label=_("Nama paket"),
        max_length=250,
        error_messages={"required": _("Isi nama paket pekerjaannya.")},
    )
    package_code = forms.CharField(
        label=_("Kode paket (RUP)"),
        max_length=40,
        required=False,
        help_text=_("Kosong bila tidak ada; paket lalu dikenali dari namanya."),
    )
    office = forms.CharField(label=_("Perangkat Daerah"), max_length=150, required=False)
    first_month = MonthField(
        label=_("Bulan mulai"),
        widget=_month_picker(),
        help_text=_("Paket dihitung sejak bulan ini sampai Desember tahun anggarannya."),
    )
    last_month = MonthField(label=_("Bulan selesai"), widget=_month_picker(), required=False)
    contract_value = RupiahField(
        label=_("Nilai kontrak sebelum PPN"),
        required=False,
        help_text=_BEFORE_TAX,
    )
    contractor = forms.CharField(label=_("Penyedia"), max_length=150, required=False)
    jakon_status = forms.ChoiceField(label=_("Status Jakon"), choices=ProjectStanding.choices)
    registration_number = forms.CharField(
        label=_("Nomor pendaftaran Jakon"),
        max_length=40,
        required=False,
        help_text=_("Kosong bila belum terdaftar."),
    )
    registered_on = DayField(
        label=_("Tanggal pendaftaran Jakon"),
        required=False,
        help_text=_("Paket dihitung terdaftar sejak bulan ini; bila kosong, sejak bulan mulai."),
    )
    contribution = RupiahField(
        label=_("Iuran Jakon dibayar"), required=False, help_text=_("Kosong berarti belum diketahui.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = localdate().year


class ProjectCountForm(FactForm[ProjectCount]):
    fact = ProjectCount.fact

    month = MonthField(
        label=_("Sampai bulan"),
        widget=_month_picker(),
        help_text=_(
            "Paket tahun anggaran ini sejak Januari sampai akhir bulan ini. Berlaku sampai jumlah "
            "berikutnya, paling lama sampai Desember."
        ),
    )
    packages = WholeNumberField(label=_("Jumlah paket"))
    registered = WholeNumberField(label=_("Paket terdaftar"))
    total_value = RupiahField(
        label=_("Nilai seluruh paket sebelum PPN"), required=False, help_text=_BEFORE_TAX
    )
    registered_value = RupiahField(
        label=_("Nilai paket terdaftar sebelum PPN"),
        required=False,
        help_text=_("Kosong berarti belum diketahui, bukan nol."),
    )
