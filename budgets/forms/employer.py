from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.enums import BusinessSector, EmployerSize, EmployerStanding
from budgets.models import Employer
from regions.forms.fact import FactForm
from regions.forms.fields import MonthField, RupiahField, WholeNumberField

_UNKNOWN = [("", _("Belum diketahui"))]


class EmployerForm(FactForm[Employer]):
    fact = Employer.fact

    month = MonthField(
        label=_("Bulan laporan"),
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text=_("Berlaku sampai laporan berikutnya tentang pemberi kerja ini, paling lama 12 bulan."),
    )
    name = forms.CharField(
        label=_("Nama pemberi kerja"),
        max_length=150,
        error_messages={"required": _("Isi nama pemberi kerja.")},
    )
    standing = forms.ChoiceField(label=_("Kepesertaan"), choices=EmployerStanding.choices)
    npp = forms.CharField(
        label=_("NPP"),
        max_length=40,
        required=False,
        help_text=_("Nomor pendaftaran perusahaan. Kosong bila belum terdaftar."),
    )
    sector = forms.ChoiceField(
        label=_("Sektor (KBLI)"), choices=[*_UNKNOWN, *BusinessSector.choices], required=False
    )
    size = forms.ChoiceField(
        label=_("Skala usaha"), choices=[*_UNKNOWN, *EmployerSize.choices], required=False
    )
    workers_known = WholeNumberField(
        label=_("Tenaga kerja diketahui"),
        required=False,
        help_text=_("Semua yang bekerja di sana. Kosong berarti belum diketahui, bukan nol."),
    )
    workers_registered = WholeNumberField(label=_("Tenaga kerja terdaftar"), required=False)
    wages = RupiahField(
        label=_("Upah dilaporkan sebulan"),
        required=False,
        help_text=_("Jumlah upah semua tenaga kerja terdaftar menurut laporannya."),
    )
    arrears_months = WholeNumberField(label=_("Bulan menunggak"), required=False)
    arrears = RupiahField(
        label=_("Tunggakan iuran"),
        required=False,
        help_text=_("Tulis 0 bila lunas; kosong berarti belum diketahui."),
    )
    fine = RupiahField(label=_("Denda"), required=False)
