from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from participants.forms.protected_file import ProtectedFileForm
from regions.forms.fields import DayField, RegionField
from regions.models import Region


class MatchingForm(ProtectedFileForm):
    """The answer of Dukcapil or BPJS to a list that was sent for matching."""

    field_order = ("region", "answered_on", "source", "file", "password")
    region = RegionField()
    answered_on = DayField(label=_("Tanggal jawaban"))
    source = forms.CharField(
        label=_("Sumber"),
        max_length=250,
        help_text=_("Siapa yang menjawab, dengan nomor suratnya. Contoh: Dukcapil, 470/12/2025."),
        error_messages={"required": _("Sebutkan siapa yang menjawab dan nomor suratnya.")},
    )
    file = forms.FileField(
        label=_("Berkas jawaban"),
        help_text=_("Excel atau .csv dengan kolom NIK dan Status, paling besar 25 MB."),
        allow_empty_file=True,
        error_messages={"required": _("Pilih berkasnya."), "missing": _("Pilih berkasnya.")},
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = self.offered = regions
        # The two first tell whether there is a choice; the first is what the page shows unasked.
        self.first_regions = list(regions[:2])
        region.initial = self.first_regions[0].code if len(self.first_regions) == 1 else None
        self.fields["answered_on"].initial = localdate()
