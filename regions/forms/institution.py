from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regions.enums import InstitutionKind
from regions.forms.fields import DayField, RegionField
from regions.models import Region


class InstitutionChangeForm(forms.Form):
    name = forms.CharField(
        label=_("Nama"),
        max_length=150,
        help_text=_("Seperti tertulis di daftar dan surat; pembayar pada daftar dikenali dari nama ini."),
        error_messages={"required": _("Tulis nama lembaganya.")},
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=InstitutionKind.choices)
    valid_until = DayField(
        label=_("Berakhir sejak"),
        required=False,
        help_text=_(
            "Kosong: masih ada. Sesudah hari itu tidak dapat dipilih lagi; data lama tetap menyebutnya."
        ),
    )


class InstitutionForm(InstitutionChangeForm):
    region = RegionField()
    # Who makes one does not end it at once.
    valid_until = None  # type: ignore[assignment]

    field_order = ["region", "name", "kind"]

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        codes = list(regions.values_list("code", flat=True)[:2])
        region.initial = codes[0] if len(codes) == 1 else None
