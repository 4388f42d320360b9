from django import forms
from django.utils.translation import gettext_lazy as _

from regions.enums import Verb
from regions.forms.fields import MonthField
from regions.month import iso_month
from regions.personal_numbers import has_personal_number
from regions.selectors.act import LedgerQuestion

_WITHOUT_NIK = _("Jangan menulis NIK di sini; cari dengan nomor berkas atau nama pengguna.")


class LedgerFilterForm(forms.Form):
    """What to look for in the ledger; kept in the address of the page."""

    orang = forms.CharField(label=_("Nama pengguna"), required=False, max_length=150)
    perbuatan = forms.ChoiceField(
        label=_("Aktivitas"), required=False, choices=[("", _("semua")), *Verb.choices]
    )
    wilayah = forms.RegexField(
        r"^(ID|[0-9.]{1,13})$", label=_("Kode wilayah"), required=False, strip=True, max_length=13
    )
    dari = forms.DateField(
        label=_("Dari tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    sampai = forms.DateField(
        label=_("Sampai tanggal"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    bulan = MonthField(
        label=_("Bulan laporan"), required=False, widget=forms.TextInput(attrs={"type": "month"})
    )
    # A browser does not send what looks like a NIK: it would stand in the address.
    tentang = forms.CharField(
        label=_("Tentang"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"pattern": r"(?!.*(\d[ .\-]?){16}).*", "title": _WITHOUT_NIK}),
    )

    def clean_tentang(self) -> str:
        text: str = self.cleaned_data["tentang"]
        if has_personal_number(text):
            raise forms.ValidationError(_WITHOUT_NIK)
        return text

    def question(self, *, oldest_first: bool = False) -> LedgerQuestion:
        """What is valid is asked; the rest says on the page why not."""
        given = self.cleaned_data if self.is_bound and (self.is_valid() or self.cleaned_data) else {}
        return LedgerQuestion(
            person=given.get("orang") or "",
            verb=given.get("perbuatan") or "",
            region=given.get("wilayah") or "",
            subject=given.get("tentang") or "",
            since=given.get("dari"),
            until=given.get("sampai"),
            month=given.get("bulan"),
            oldest_first=oldest_first,
        )

    def told(self) -> dict[str, str]:
        """The filters in force, for the act about a download."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: iso_month(value) if name == "bulan" else str(value) for name, value in given.items()}
