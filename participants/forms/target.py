from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import TargetFrame
from participants.forms.workforce import YearField
from participants.models import Target
from regions.forms.fact import FactForm


class PercentField(forms.DecimalField):
    """`57,5` as people here write it; `57.5` is the same."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=5,
            decimal_places=2,
            error_messages={
                "required": _("Isi persennya."),
                "invalid": _("Ini bukan persen. Tulis angka saja, misalnya 57,5."),
                "max_decimal_places": _("Paling banyak dua angka di belakang koma, misalnya 57,55."),
                "max_digits": _("Target UCJ harus di atas 0 sampai 100 persen."),
                "max_whole_digits": _("Target UCJ harus di atas 0 sampai 100 persen."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(str(value).replace("%", "").strip().replace(",", ".") if value else value)

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


class TargetYearField(YearField):
    """The year at whose end a target is to be reached."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Tahun"), help_text=_("Target berlaku untuk akhir tahun ini."), **kwargs)

    def clean(self, value: Any) -> int:
        year: int = super().clean(value)
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(_("Tulis tahun antara 2000 dan 2100, misalnya 2025."))
        return year


class TargetForm(FactForm[Target]):
    fact = Target.fact

    year = TargetYearField()
    frame = forms.ChoiceField(
        label=_("Dasar target"),
        choices=TargetFrame.choices,
        help_text=_("Target dari beberapa penetap boleh berdampingan pada tahun yang sama."),
    )
    percent = PercentField(label=_("Target UCJ (persen)"))


class MakeOfficialForm(forms.Form):
    """Another denominator becomes the official one of its year and segment."""

    row = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        error_messages={"required": _("Tulis alasannya, misalnya nomor surat kesepakatan penyebut.")},
    )
