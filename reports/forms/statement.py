from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.forms.fields import RegionField
from regions.models import Region
from reports.statements.limits import MOST_SIGNS, is_too_long

_MOST_BYTES = 400_000


class StatementForm(forms.Form):
    """A text that is pasted or sent as a file, where and when it was said."""

    statement = forms.CharField(
        label=_("Pernyataan"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Tempel satu kalimat, siaran pers, notula, atau seluruh berita; "
            "angka dengan sebutannya saja juga boleh."
        ),
    )
    file = forms.FileField(
        label=_("Berkas teks"), required=False, help_text=_("Berkas .txt, sebagai ganti teks yang ditempel.")
    )
    region = RegionField()
    day = forms.DateField(
        label=_("Tanggal pernyataan"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Isi tanggalnya: kata seperti “bulan ini” dihitung dari hari itu."),
            "invalid": _("Tanggal itu tidak dikenal. Tulis seperti 2024-08-22."),
        },
    )
    source = forms.CharField(
        label=_("Sumber"),
        required=False,
        max_length=250,
        help_text=_("Misalnya nama surat kabar dan tanggal terbitnya, atau rapat apa."),
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        region.help_text = _("Wilayah yang dibicarakan; wilayah lain dalam teks dikenali dari namanya.")

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > localdate() or day.year < 2014:
            raise forms.ValidationError(_("Tulis hari antara 1 Januari 2014 dan hari ini."))
        return day

    def clean(self) -> dict[str, Any]:
        """The text itself, whichever way it came."""
        given = super().clean() or {}
        sent = given.get("file")
        if sent is not None:
            given["statement"] = self._text(sent)
        if not (given.get("statement") or "").strip() and not self.errors:
            self.add_error("statement", _("Tempel teksnya atau pilih berkasnya dahulu."))
        if is_too_long(given.get("statement") or ""):
            self.add_error(
                "statement",
                _("Teks ini terlalu panjang atau berisi terlalu banyak angka. Periksa bagian demi bagian."),
            )
        return given

    def _text(self, sent: Any) -> str:
        content: bytes = sent.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES or b"\x00" in content:
            self.add_error(
                "file", _("Berkas ini bukan teks atau terlalu besar. Kirim .txt paling banyak 400 kB.")
            )
            return ""
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
        return text
