from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regions.enums import Level
from regions.models import Region
from regions.roles import Role
from reports.forms.written_rows import RowsWidget
from reports.models import Face, PackText
from reports.pack.period import Period, PeriodKind, parse_period, recent_periods


class PackForm(forms.Form):
    """Which pack: a region and a period; `all_below` asks for one of every region below as well."""

    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none(), empty_label=None)
    period = forms.ChoiceField(label=_("Periode"))
    language = forms.ChoiceField(label=_("Bahasa berkas"), choices=settings.LANGUAGES, required=False)
    all_below = forms.BooleanField(
        label=_("Juga satu paket untuk setiap wilayah di bawahnya, dalam satu arsip ZIP"), required=False
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.label_from_instance = lambda one: one.full_label
        choices: dict[str, list[tuple[str, str]]] = {}
        for period in recent_periods():
            choices.setdefault(str(PeriodKind(period.kind).label), []).append((period.key, period.label))
        field: Any = self.fields["period"]
        field.choices = list(choices.items())
        if not regions.filter(level__lt=Level.REGENCY).exists():
            del self.fields["all_below"]

    def period_chosen(self) -> Period:
        return parse_period(self.cleaned_data["period"])


_ACTING = [("", _("tetap")), ("Plt.", "Plt."), ("Plh.", "Plh.")]


class PackTextForm(forms.ModelForm):  # type: ignore[type-arg]
    revision = forms.IntegerField(widget=forms.HiddenInput)
    branch_head_acting = forms.ChoiceField(
        label=_("Status jabatan Kepala Cabang"), choices=_ACTING, required=False
    )
    office_head_acting = forms.ChoiceField(
        label=_("Status jabatan Kepala Dinas"), choices=_ACTING, required=False
    )

    # What mostly still holds in the next period.
    CARRIED = (
        *("regulations", "projects", "obstacles"),
        *("branch_head_acting", "branch_head_name", "office_head_acting", "office_head_name"),
    )

    class Meta:
        model = PackText
        fields = [
            "overview",
            "regulations",
            "projects",
            "obstacles",
            "signed_at",
            "branch_head_acting",
            "branch_head_name",
            "office_head_acting",
            "office_head_name",
        ]
        widgets = {
            "overview": forms.Textarea(attrs={"rows": 5}),
            "regulations": RowsWidget([_("Regulasi"), _("Status"), _("Keterangan")]),
            "projects": RowsWidget([_("Proyek"), _("Status"), _("Keterangan")]),
            "obstacles": RowsWidget([_("Kendala"), _("Tindak lanjut"), _("Penanggung jawab"), _("Tenggat")]),
        }
        help_texts = {
            "regulations": _(
                "Misalnya: Perda Nomor 3 Tahun 2023, berlaku, tentang perlindungan pekerja. Bila tidak ada, "
                "tulis “Belum ada”."
            ),
            "projects": _("Misalnya: Jembatan Merak, terdaftar, 120 pekerja."),
            "obstacles": _(
                "Misalnya: data nelayan belum lengkap, didata ulang, Dinas Perikanan, 31 Oktober 2025. Bila "
                "tidak ada, tulis “Tidak ada kendala”."
            ),
            "signed_at": _("Misalnya: Cilegon, 10 Oktober 2025"),
        }

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ScheduleForm(forms.Form):
    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none(), empty_label=None)
    roles = forms.MultipleChoiceField(
        label=_("Diberitahukan kepada"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu peran yang diberi tahu.")},
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.label_from_instance = lambda one: one.full_label


class CrestForm(forms.Form):
    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("Berkas lambang"), help_text=_("PNG, JPEG, atau SVG, paling besar 2 MB; disimpan kecil.")
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.label_from_instance = lambda one: one.full_label


class TemplateForm(forms.Form):
    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none(), empty_label=None)
    face = forms.ChoiceField(label=_("Untuk"), choices=[(Face.PDF, "PDF (typst)"), (Face.DOCX, "Word")])
    file = forms.FileField(
        label=_("Berkas templat"), help_text=_("Berkas .typ atau .docx, paling besar 5 MB.")
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.label_from_instance = lambda one: one.full_label
