from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import CountedSegment, Programme
from participants.models import MembershipCount
from participants.programme_set import usual_programmes
from regions.forms.fact import FactForm
from regions.forms.fields import MonthField, WholeNumberField


class MembershipCountForm(FactForm[MembershipCount]):
    fact = MembershipCount.fact

    month = MonthField(label=_("Bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    segment = forms.ChoiceField(
        label=_("Segmen"),
        choices=CountedSegment.choices,
        help_text=_("Pilih “Semua segmen” hanya bila laporan tidak merincinya."),
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        initial=usual_programmes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Yang dihitung ialah peserta dengan semua program ini sekaligus."),
        error_messages={"required": _("Pilih sedikitnya satu program.")},
    )
    members = WholeNumberField(
        label=_("Peserta aktif"), help_text=_("Orang yang iurannya dibayar untuk bulan itu.")
    )
