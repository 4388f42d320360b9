from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from budgets.forms.wage_base import RISK_CLASSES
from budgets.price import PriceAsked
from budgets.selectors.calculator import TariffQuestion
from participants.enums import Programme, Segment
from regions.forms.fields import MonthField, RupiahField, WholeNumberField
from regions.month import iso_month

_MOST_PEOPLE = 10_000_000


class CalculatorForm(forms.Form):
    """The questions stand in the address, hence the names of their fields."""

    segmen = forms.ChoiceField(label=_("Segmen"), choices=Segment.choices)
    program = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang paling sedikit satu program.")},
    )
    upah = RupiahField(
        label=_("Upah sebulan"), required=False, help_text=_("Untuk PU, dan Jakon yang upahnya diketahui.")
    )
    kelas = forms.TypedChoiceField(
        label=_("Tingkat risiko lingkungan kerja"),
        choices=RISK_CLASSES,
        coerce=int,
        help_text=_("Menentukan iuran JKK; hanya untuk PU."),
    )
    penghasilan = RupiahField(
        label=_("Penghasilan sebulan"),
        required=False,
        help_text=_("Hanya untuk BPU; kosong berarti lapisan penghasilan terendah."),
    )
    kontrak = RupiahField(
        label=_("Nilai kontrak sebelum PPN"),
        required=False,
        help_text=_("Untuk Jakon tanpa upah yang diketahui; iuran untuk seluruh proyek."),
    )
    perjanjian = forms.IntegerField(
        label=_("Lama perjanjian kerja (bulan)"),
        min_value=1,
        max_value=120,
        required=False,
        help_text=_("Hanya untuk PMI: 6, 12, atau 24 bulan; kelebihannya dihitung tiap bulan."),
    )
    penempatan = forms.ChoiceField(
        label=_("Berangkat lewat"),
        choices=[("perusahaan", _("perusahaan penempatan")), ("sendiri", _("perseorangan"))],
        help_text=_("Hanya untuk PMI; perseorangan tidak membayar masa sebelum bekerja."),
    )
    pembayar = forms.ChoiceField(
        label=_("Pembayar"),
        choices=[
            ("pemerintah", _("APBN, APBD, atau dana pemerintah lainnya")),
            ("sendiri", _("peserta, pemberi kerja, atau pihak lain")),
        ],
    )
    sektor = forms.ChoiceField(
        label=_("Sektor"),
        choices=[
            ("lain", _("selain yang berikut")),
            ("angkutan", _("angkutan")),
            ("padat_karya", _("industri padat karya, sedikitnya 50 pekerja")),
        ],
        help_text=_("Menentukan keringanan iuran; tidak berlaku bila dibayar uang negara atau daerah."),
    )
    bulan = MonthField(label=_("Mulai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    lama = forms.IntegerField(label=_("Berapa bulan"), min_value=1, max_value=60)
    orang = WholeNumberField(label=_("Berapa orang"))

    @classmethod
    def asked_in(cls, query: Any) -> "CalculatorForm":
        """What the address does not say is what governments ask most: the floor of non-wage workers."""
        data = query.copy()
        usual = {
            "segmen": [Segment.BPU.value],
            "program": ["jkk", "jkm"],
            "kelas": ["1"],
            "pembayar": ["pemerintah"],
            "sektor": ["lain"],
            "penempatan": ["perusahaan"],
            "bulan": [iso_month(localdate())],
            "lama": ["12"],
            "orang": ["1"],
        }
        for name, values in usual.items():
            # Boxes that were all unticked are not in the address of a form that was sent.
            unticked = name == "program" and "segmen" in query
            if name not in query and not unticked:
                data.setlist(name, values)
        return cls(data)

    def clean_orang(self) -> int:
        people: int = self.cleaned_data["orang"]
        if not 1 <= people <= _MOST_PEOPLE:
            raise forms.ValidationError(_("Isi jumlah orang dari 1 sampai 10.000.000."))
        return people

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("upah", "penghasilan", "kontrak"):
            if cleaned.get(name) is not None and cleaned[name] < 0:
                self.add_error(name, _("Nilai tidak boleh negatif."))
        return cleaned

    def question(self) -> TariffQuestion:
        told = self.cleaned_data
        asked = PriceAsked(
            wage=told["upah"],
            risk_class=told["kelas"],
            income=told["penghasilan"],
            government=told["pembayar"] == "pemerintah",
            transport=told["sektor"] == "angkutan",
            labour_intensive=told["sektor"] == "padat_karya",
        )
        return TariffQuestion(
            segment=told["segmen"],
            programmes=tuple(told["program"]),
            asked=asked,
            first_month=told["bulan"],
            months=told["lama"],
            people=told["orang"],
            contract=told["kontrak"],
            contract_months=told["perjanjian"],
            through_firm=told["penempatan"] == "perusahaan",
        )
