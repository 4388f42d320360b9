from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from participants.models import AgentRecruits, Category, OutreachEvent, PerisaiAgent
from participants.outreach import Audience, Topic
from participants.selectors.outreach import agents_at_work, agents_in
from regions.forms.fact import FactForm
from regions.forms.fields import DayField, MonthField, RupiahField, WholeNumberField
from regions.models import Institution
from regions.month import first_of
from regions.selectors.institution import institutions_in


class AgentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: PerisaiAgent) -> str:
        return " · ".join(part for part in (obj.number, obj.area, obj.region.full_label) if part)


class OutreachEventForm(FactForm[OutreachEvent]):
    """A plan; that it took place or not is filled in by correcting it."""

    fact = OutreachEvent.fact

    planned_on = DayField(label=_("Tanggal rencana"))
    title = forms.CharField(
        label=_("Nama kegiatan"),
        max_length=150,
        error_messages={"required": _("Tulis nama kegiatannya.")},
    )
    audience = forms.ChoiceField(label=_("Peserta kegiatan"), choices=Audience.choices)
    target_group = forms.CharField(
        label=_("Kelompok atau sektor"),
        max_length=100,
        required=False,
        help_text=_("Misalnya pedagang pasar, nelayan tangkap, industri pengolahan."),
    )
    institution = forms.ModelChoiceField(
        label=_("Lembaga yang didatangi"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Tidak ada"),
        help_text=_("OPD, desa, atau pemberi kerja; dari sini terlihat siapa yang belum didatangi."),
    )
    topic = forms.ChoiceField(label=_("Materi"), choices=Topic.choices)
    materials = forms.CharField(
        label=_("Bahan yang dipakai"),
        max_length=250,
        required=False,
        help_text=_("Judul paparan atau brosur; berkasnya dilampirkan lewat “Dokumen”."),
    )
    category = forms.ModelChoiceField(
        label=_("Kategori yang dituju"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("Semua kategori"),
    )
    district_name = forms.CharField(
        label=_("Kecamatan"),
        max_length=80,
        required=False,
        help_text=_("Kosongkan bila kegiatannya untuk seluruh wilayah."),
    )
    village_name = forms.CharField(label=_("Desa/kelurahan"), max_length=80, required=False)
    agent = AgentField(
        label=_("Agen Perisai"),
        queryset=PerisaiAgent.objects.none(),
        required=False,
        empty_label=_("Tanpa agen"),
    )
    expected_people = WholeNumberField(label=_("Rencana orang hadir"))
    planned_cost = RupiahField(label=_("Rencana biaya"))
    held_on = DayField(
        label=_("Tanggal pelaksanaan"),
        required=False,
        help_text=_("Kosongkan selama belum terlaksana."),
    )
    attended = WholeNumberField(label=_("Orang hadir"), required=False)
    cost = RupiahField(label=_("Biaya"), required=False)
    cancelled_on = DayField(label=_("Dibatalkan pada"), required=False, help_text=_("Isi hanya bila batal."))

    def __init__(self, *args: Any, regions: Any, row: OutreachEvent | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        institution: Any = self.fields["institution"]
        institution.queryset = institutions_in(regions)
        agent: Any = self.fields["agent"]
        agent.queryset = agents_at_work(regions)
        if row is not None and row.held_on is None and row.cancelled_on is None:
            # The first report of what took place corrects nothing.
            self.fields["reason"].initial = _("pelaksanaan dilaporkan")


class PerisaiAgentForm(FactForm[PerisaiAgent]):
    fact = PerisaiAgent.fact

    number = forms.CharField(
        label=_("Nomor agen"),
        max_length=30,
        help_text=_("Nomor dari BPJS Ketenagakerjaan, bukan NIK."),
    )
    name = forms.CharField(label=_("Nama"), max_length=120)
    organisation = forms.CharField(label=_("Wadah atau kantor"), max_length=120, required=False)
    district_name = forms.CharField(
        label=_("Kecamatan"),
        max_length=80,
        required=False,
        help_text=_("Kosongkan bila bertugas di seluruh wilayah."),
    )
    village_name = forms.CharField(label=_("Desa/kelurahan"), max_length=80, required=False)
    since = DayField(label=_("Bertugas sejak"))
    until = DayField(label=_("Bertugas sampai"), required=False)
    yearly_target = WholeNumberField(label=_("Target peserta baru setahun"))


class AgentRecruitsForm(FactForm[AgentRecruits]):
    fact = AgentRecruits.fact

    agent = AgentField(
        label=_("Agen Perisai"), queryset=PerisaiAgent.objects.none(), empty_label=_("Pilih agennya")
    )
    month = MonthField(label=_("Bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    people = WholeNumberField(
        label=_("Peserta baru"),
        help_text=_("Pekerja yang didaftarkan agen ini untuk pertama kali dalam bulan itu."),
    )

    def __init__(self, *args: Any, regions: Any, row: AgentRecruits | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        agent: Any = self.fields["agent"]
        agent.queryset = agents_in(regions)
        if row is None:
            self.fields["month"].initial = first_of(localdate())
