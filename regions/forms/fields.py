"""Form fields that read what Indonesian offices type and answer in their words."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from regions.models import Institution, Region
from regions.models.region import full_label_of
from regions.month import YEARS, iso_month, parse_month
from regions.number import NotAWholeNumber, parse_rupiah, parse_whole, typed

# What fits a bigint with room for sums of many, and what a count of people or cases can be at most.
_LARGEST = 10**15
_LARGEST_COUNT = 10**9


class WholeNumberField(forms.Field):
    """People: `1.528` and `1528` are the same number; letters and decimals are refused with a sentence."""

    widget = forms.TextInput
    parse: Callable[[str], int] = staticmethod(parse_whole)
    example = "1.528"
    largest = _LARGEST_COUNT

    default_error_messages = {
        "required": _("Isi angkanya. Tulis 0 bila memang nol."),
        "whole": _("“%(typed)s” bukan bilangan bulat. Tulis angka saja, misalnya %(example)s."),
        "large": _("“%(typed)s” terlalu besar. Periksa apakah kelebihan angka nol."),
    }

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = str(value)
        try:
            number = self.parse(text)
        except NotAWholeNumber as error:
            raise self._error("whole", text) from error
        if abs(number) > self.largest:
            raise self._error("large", text)
        return number

    def _error(self, code: str, typed: str) -> ValidationError:
        params = {"typed": typed[:40], "example": self.example}
        return ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, int) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "class": "number"}


class RupiahField(WholeNumberField):
    """Rupiah without cents: `Rp480.457.660` is 480457660."""

    parse = staticmethod(parse_rupiah)
    example = "480.457.660"
    largest = _LARGEST


class MonthField(forms.Field):
    """A month from the browser's picker or typed: `2024-08`, `08/2024`, `Agustus 2024`."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Pilih bulannya."),
        "month": _("“%(typed)s” bukan bulan. Tulis seperti 2024-08 atau Agustus 2024."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_month(str(value))
        except ValueError as error:
            params = {"typed": str(value)[:40]}
            raise ValidationError(self.error_messages["month"], code="month", params=params) from error

    def prepare_value(self, value: Any) -> Any:
        return iso_month(value) if isinstance(value, date) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "2024-08", "autocomplete": "off"}


class DayField(forms.DateField):
    """A day from the browser's picker, or typed day first as people here do."""

    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y"]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            widget=widget,
            input_formats=self.input_formats,
            error_messages={
                "required": _("Isi tanggalnya."),
                "invalid": _("Ini bukan tanggal yang ada. Contoh: 28/02/2025."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class PayingInstitutionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Which institution pays, where a source of funds is that of several; choices are set by the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Institution.objects.none(),
            label=_("Lembaga pembayar"),
            required=False,
            empty_label=_("Tidak disebut"),
            help_text=_("OPD, desa, KPU, Bawaslu, atau perusahaan yang membayar iurannya."),
            **kwargs,
        )


class _RegionChoices(ModelChoiceIterator):  # type: ignore[type-arg]
    """What the options say of hundreds of regions needs four columns of them, and no instance."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for code, *named in self.queryset.values_list("code", "name", "level", "kind"):
            yield code, f"{full_label_of(*named)} ({code})"


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Only regions where the person may enter; any other code gets the same sentence as an unknown one."""

    iterator = _RegionChoices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Region.objects.none(),
            label=_("Wilayah"),
            empty_label=_("Pilih wilayah"),
            error_messages={
                "required": _("Pilih wilayahnya."),
                "invalid_choice": _(
                    "Wilayah ini di luar wewenang Anda. Pilih salah satu wilayah dalam daftar."
                ),
            },
            **kwargs,
        )
