from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.forms.fact import FactForm
from regions.forms.fields import DayField, MonthField
from regions.meeting import CommitmentState, MeetingKind
from regions.models import Commitment, Minutes
from regions.month import first_of


class MinutesForm(FactForm[Minutes]):
    fact = Minutes.fact

    held_on = DayField(label=_("Tanggal rapat"))
    meeting_kind = forms.ChoiceField(label=_("Jenis rapat"), choices=MeetingKind.choices)
    title = forms.CharField(
        label=_("Acara"),
        max_length=200,
        error_messages={"required": _("Tulis acara rapatnya.")},
    )
    place = forms.CharField(label=_("Tempat"), max_length=150, required=False)
    chair = forms.CharField(label=_("Pimpinan rapat"), max_length=150, required=False)
    attendance = forms.CharField(
        label=_("Daftar hadir"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Satu orang per baris: nama | jabatan | lembaga. Pejabat sementara ditulis dengan Pj. atau Plt."
        ),
    )
    decisions = forms.CharField(
        label=_("Isi dan kesimpulan"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class CommitmentForm(FactForm[Commitment]):
    fact = Commitment.fact

    month = MonthField(label=_("Bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    minutes = forms.ModelChoiceField(
        label=_("Rapat"),
        queryset=Minutes.objects.none(),
        required=False,
        empty_label=_("Bukan dari rapat"),
    )
    problem = forms.CharField(
        label=_("Kendala"), max_length=300, error_messages={"required": _("Tulis kendalanya.")}
    )
    promise = forms.CharField(
        label=_("Tindak lanjut"),
        max_length=300,
        error_messages={"required": _("Tulis apa yang akan dilakukan.")},
    )
    owner = forms.CharField(
        label=_("Penanggung jawab"),
        max_length=150,
        help_text=_("Jabatan atau perangkat daerah yang bertanggung jawab."),
        error_messages={"required": _("Tulis siapa yang bertanggung jawab.")},
    )
    due_on = DayField(label=_("Tenggat"), required=False)
    state = forms.ChoiceField(
        label=_("Status"), choices=CommitmentState.choices, initial=CommitmentState.OPEN
    )
    settled_on = DayField(label=_("Tanggal selesai"), required=False)
    outcome = forms.CharField(
        label=_("Hasil"),
        max_length=300,
        required=False,
        help_text=_("Wajib bila selesai atau dibatalkan. Buktinya dilampirkan sebagai dokumen."),
    )

    def __init__(self, *args: Any, regions: Any, row: Commitment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        minutes: Any = self.fields["minutes"]
        minutes.queryset = Minutes.objects.filter(region__in=regions).order_by("-held_on", "-pk")
        if row is None:
            self.fields["month"].initial = first_of(localdate())
