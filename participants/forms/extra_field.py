from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from participants.enums import ExtraAbout, ExtraKind
from participants.models import ExtraField
from participants.services.extra_field import FieldTerms
from regions.forms.fields import MonthField, RegionField
from regions.models import Region
from regions.month import first_of
from regions.roles import Role


class ExtraFieldForm(forms.Form):
    """What an administrator may mend of a field."""

    name = forms.CharField(
        label=_("Nama isian"),
        max_length=60,
        help_text=_("Sebagai judul di formulir, daftar, unduhan, dan kolom berkas yang dibaca."),
        error_messages={"required": _("Tulis nama isian.")},
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=ExtraKind.choices)
    options = forms.CharField(
        label=_("Pilihan"),
        required=False,
        max_length=5000,
        help_text=_("Untuk jenis pilihan: satu per baris."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_required = forms.BooleanField(label=_("Wajib diisi"), required=False)
    is_personal = forms.BooleanField(
        label=_("Data pribadi"),
        required=False,
        help_text=_("Disimpan tersandi dan disamarkan seperti NIK; hanya untuk isian peserta."),
    )
    seen_by = forms.MultipleChoiceField(
        label=_("Dilihat dan diisi oleh"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu peran yang melihat dan mengisinya.")},
    )
    first_month = MonthField(
        label=_("Sejak bulan"),
        help_text=_("Isian tampil sejak bulan ini tiba, juga saat mengisi data bulan yang lalu."),
        widget=forms.TextInput(attrs={"type": "month"}),
    )

    def terms(self) -> FieldTerms:
        data = self.cleaned_data
        return FieldTerms(
            name=data["name"],
            kind=ExtraKind(data["kind"]),
            choices=data["options"].splitlines(),
            is_required=data["is_required"],
            is_personal=data["is_personal"],
            seen_by=[Role(one) for one in data["seen_by"]],
            first_month=data["first_month"],
        )

    def refuse(self, field: str, message: str) -> None:
        """A refusal of the service at the cell it speaks of."""
        name = {"choices": "options"}.get(field, field)
        self.add_error(name if name in self.fields else None, message)


class ExtraFieldAddForm(ExtraFieldForm):
    region = RegionField()
    about = forms.ChoiceField(label=_("Ditambahkan pada"), choices=ExtraAbout.choices)

    field_order = ["region", "about", "name", "kind", "options"]

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        codes = list(regions.values_list("code", flat=True)[:2])
        region.initial = codes[0] if len(codes) == 1 else None


class ExtraFieldMendForm(ExtraFieldForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ExtraFieldEndForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    last_month = MonthField(
        label=_("Bulan terakhir"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text=_("Kosong: isian berlanjut. Nilai yang sudah tertulis tetap ada."),
    )


def stored_terms(field: ExtraField) -> dict[str, Any]:
    """What stands in the form of a field before it is mended."""
    return {
        "name": field.name,
        "kind": field.kind,
        "options": "\n".join(field.choices),
        "is_required": field.is_required,
        "is_personal": field.is_personal,
        "seen_by": field.seen_by,
        "first_month": first_of(field.first_month),
        "revision": field.revision,
    }
