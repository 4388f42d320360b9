from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.duty import AddresseeKind, DueKind, DutyRule
from regions.forms.fields import DayField
from regions.models import Duty, Regulation
from regions.services.duty import DutyGiven


class DutyForm(forms.Form):
    """What a rule asks; the categories to choose from are given by whoever knows them."""

    regulation = forms.ModelChoiceField(
        label=_("Regulasi"),
        queryset=Regulation.objects.none(),
        empty_label=_("Pilih regulasi"),
        error_messages={"required": _("Pilih regulasinya.")},
    )
    title = forms.CharField(
        label=_("Kewajiban"),
        max_length=200,
        help_text=_("Satu kewajiban per baris, misalnya: Menganggarkan iuran non-ASN."),
        error_messages={"required": _("Tulis apa yang wajib dilakukan.")},
    )
    clause = forms.CharField(
        label=_("Bunyi atau butir"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    addressees = forms.MultipleChoiceField(
        label=_("Ditujukan kepada"),
        choices=AddresseeKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih kepada siapa kewajiban ini ditujukan.")},
    )
    due_kind = forms.ChoiceField(label=_("Tenggat"), choices=DueKind.choices)
    due_on = DayField(label=_("Tanggal tenggat"), required=False)
    rule = forms.ChoiceField(
        label=_("Status dari data"),
        choices=[("", _("tidak; dari bukti yang diperiksa petugas lain")), *DutyRule.choices],
        required=False,
    )
    argument = forms.ChoiceField(
        label=_("Kategori yang dilihat"), choices=[("", _("tidak ada"))], required=False
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=250,
        error_messages={"required": _("Sebutkan sumbernya, misalnya nomor surat atau nama laporan.")},
    )
    ended_on = DayField(
        label=_("Berakhir sejak"),
        required=False,
        help_text=_("Sejak hari itu tidak ditanyakan lagi. Kosong: masih berlaku."),
    )

    def __init__(
        self,
        *args: Any,
        rules: Any,
        categories: list[tuple[str, str]],
        row: Duty | None = None,
        **kwargs: Any,
    ) -> None:
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        regulation: Any = self.fields["regulation"]
        regulation.queryset = rules
        argument: Any = self.fields["argument"]
        argument.choices = [*argument.choices, *categories]
        if row is not None:
            regulation.disabled = True

    def given(self) -> DutyGiven:
        told = {name: value for name, value in self.cleaned_data.items() if name != "regulation"}
        return DutyGiven(**told)


class EvidenceForm(forms.Form):
    statement = forms.CharField(
        label=_("Apa yang dilakukan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Sebut kapan dan dengan surat atau acara apa. Dokumennya dilampirkan sesudah ini."),
        error_messages={"required": _("Tulis apa yang dilakukan dan kapan.")},
    )
