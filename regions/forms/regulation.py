from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.forms.fact import FactForm
from regions.forms.fields import DayField
from regions.models import Institution, Regulation
from regions.regulation import DraftingStage, RegulationKind, RegulationRelation
from regions.services.regulation import StageGiven

_OWN_DAYS = (DraftingStage.ENACTED, DraftingStage.PROMULGATED)


class RegulationForm(FactForm[Regulation]):
    """A rule or its draft: without a number and without days it is a draft."""

    fact = Regulation.fact

    kind = forms.ChoiceField(label=_("Jenis"), choices=RegulationKind.choices)
    number = forms.CharField(
        label=_("Nomor"), max_length=60, required=False, help_text=_("Kosongkan selama masih rancangan.")
    )
    year = forms.IntegerField(label=_("Tahun"), min_value=1945, max_value=2100)
    title = forms.CharField(
        label=_("Tentang"),
        max_length=300,
        error_messages={"required": _("Tulis regulasi ini tentang apa.")},
    )
    issuer = forms.CharField(
        label=_("Penerbit"),
        max_length=120,
        required=False,
        help_text=_("Untuk surat dan surat edaran, misalnya Mendagri."),
    )
    enacted_on = DayField(label=_("Ditetapkan"), required=False)
    promulgated_on = DayField(label=_("Diundangkan"), required=False)
    valid_from = DayField(
        label=_("Berlaku sejak"),
        required=False,
        help_text=_("Kosong: sejak diundangkan, atau sejak ditetapkan bila tidak diundangkan."),
    )
    valid_until = DayField(
        label=_("Berakhir sejak"),
        required=False,
        help_text=_("Hari pertama tidak berlaku lagi. Kosong: belum ditentukan."),
    )
    institution = forms.ModelChoiceField(
        label=_("Pemrakarsa"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Tidak disebut"),
    )

    def __init__(self, *args: Any, regions: Any, row: Regulation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        institution: Any = self.fields["institution"]
        institution.queryset = Institution.objects.filter(region__in=regions).order_by("region", "name")
        self.fields["year"].initial = self.initial.get("year", localdate().year)
        self.fields["source"].help_text = _("Berita daerah, surat, atau halaman JDIH tempat ini tertulis.")


class RegulationLinkForm(forms.Form):
    relation = forms.ChoiceField(label=_("Regulasi ini"), choices=RegulationRelation.choices)
    other = forms.ModelChoiceField(
        label=_("Regulasi lain"),
        queryset=Regulation.objects.none(),
        empty_label=_("Pilih regulasi"),
        error_messages={"required": _("Pilih regulasinya.")},
    )

    def __init__(self, *args: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.queryset = rules


class StagesForm(forms.Form):
    """All stages of a draft at once; days of the last two stand with the rule itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for stage in DraftingStage:
            self.fields[f"{stage}-planned_on"] = DayField(label=_("Rencana"), required=False)
            if stage not in _OWN_DAYS:
                self.fields[f"{stage}-done_on"] = DayField(label=_("Selesai"), required=False)
            self.fields[f"{stage}-owner"] = forms.CharField(
                label=_("Penanggung jawab"), max_length=150, required=False
            )

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """Stage in words → its fields, the day done empty where the rule tells it."""
        return [
            (
                str(stage.label),
                [
                    self[f"{stage}-{name}"] if f"{stage}-{name}" in self.fields else None
                    for name in ("planned_on", "done_on", "owner")
                ],
            )
            for stage in DraftingStage
        ]

    def given(self) -> dict[DraftingStage, StageGiven]:
        told = self.cleaned_data
        return {
            stage: StageGiven(
                told[f"{stage}-planned_on"], told.get(f"{stage}-done_on"), told[f"{stage}-owner"]
            )
            for stage in DraftingStage
        }
