from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regions.forms.fields import RegionField
from regions.models import Region
from reports.models import ExchangeCode

_MOST_LINES = 5_000
# The address of the page that adds a system.
_TAKEN = "tambah"


class CodeLinesField(forms.CharField):
    """`theirs;ours` a line, or the two columns as a spreadsheet copies them; cleaned to theirs → ours."""

    widget = forms.Textarea(attrs={"rows": 12, "class": "code", "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=True, **kwargs)

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        found: dict[str, str] = {}
        longest = ExchangeCode._meta.get_field("theirs").max_length
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.replace("\t", ";").split(";") if part.strip()]
            if len(parts) != 2 or len(parts[0]) > (longest or 0):
                raise forms.ValidationError(
                    _("Baris %(number)s: tulis kode mereka, titik koma, lalu kode kita.") % {"number": number}
                )
            if parts[0] in found:
                raise forms.ValidationError(
                    _("Baris %(number)s: kode %(code)s sudah disebut di atas.")
                    % {"number": number, "code": parts[0]}
                )
            found[parts[0]] = parts[1]
        if len(found) > _MOST_LINES:
            raise forms.ValidationError(_("Paling banyak 5.000 baris."))
        return found


class ExchangeSystemForm(forms.Form):
    code = forms.CharField(
        label=_("Kode"),
        max_length=40,
        validators=[validate_slug],
        help_text=_("Pendek, tanpa spasi; menjadi bagian alamat API, misalnya dhis2-banten."),
    )
    label = forms.CharField(label=_("Nama"), max_length=120)
    region = RegionField()

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code == _TAKEN:
            raise forms.ValidationError(_("Kode ini sudah dipakai. Pilih kode lain."))
        return code

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.help_text = _("Kodenya berlaku untuk wilayah ini dan semua di bawahnya.")


class ExchangeCodesForm(forms.Form):
    places = CodeLinesField(
        label=_("Wilayah"), help_text=_("Kode wilayah mereka;kode Kemendagri, misalnya O6uvpzGd5pu;36.72")
    )
    figures = CodeLinesField(
        label=_("Angka"),
        help_text=_(
            "Kode angka mereka;angka kita, misalnya fbfJHSPpUQD;headcount:linmas:apbd_kabkota, "
            "cYeuwXTCPkU;membership_count:pu, atau Jtf34kNZhzP;COV-01 (hanya dibaca)."
        ),
    )
