from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from budgets.enums import BalanceBasis
from participants.enums import Programme, Segment
from participants.programme_set import usual_programmes
from regions.forms.fields import MonthField
from reports.services.definition import ProposedDefinition


class DefinitionForm(forms.Form):
    label = forms.CharField(
        label=_("Nama"),
        max_length=150,
        help_text=_("Tertulis pada setiap angka UCJ, misalnya “UCJ: peserta aktif PU dan BPU”."),
    )
    segments = forms.MultipleChoiceField(
        label=_("Segmen yang dihitung terlindungi"),
        choices=Segment.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu segmen.")},
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program yang harus lengkap"),
        choices=Programme.choices,
        initial=usual_programmes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Seseorang dihitung terlindungi bila memiliki semua program ini sekaligus."),
        error_messages={"required": _("Pilih sedikitnya satu program.")},
    )
    balance_basis = forms.ChoiceField(
        label=_("Basis saldo resmi"),
        choices=BalanceBasis.choices,
        help_text=_("Saldo yang ditandai resmi di antara semua basis pencatatan. Angkanya tidak berubah."),
    )
    valid_from = MonthField(label=_("Berlaku sejak bulan"))
    legal_source = forms.CharField(
        label=_("Dasar hukum"), max_length=300, help_text=_("Peraturan atau keputusan.")
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alasan perubahan; dapat dibaca oleh pemutus dan auditor."),
    )

    def proposed(self) -> ProposedDefinition:
        cleaned: dict[str, Any] = self.cleaned_data
        code = f"{slugify(cleaned['label'])[:22]}-{cleaned['valid_from']:%Y%m}"
        return ProposedDefinition(
            code=code,
            label=cleaned["label"],
            segments=tuple(cleaned["segments"]),
            programmes=tuple(cleaned["programmes"]),
            balance_basis=cleaned["balance_basis"],
            valid_from=cleaned["valid_from"],
            legal_source=cleaned["legal_source"],
            reason=cleaned["reason"],
        )


class DecideDefinitionForm(forms.Form):
    decision = forms.ChoiceField(choices=[("grant", _("Berlakukan")), ("refuse", _("Tolak"))])
    answer = forms.CharField(
        label=_("Jawaban"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def is_granted(self) -> bool:
        return bool(self.cleaned_data["decision"] == "grant")
