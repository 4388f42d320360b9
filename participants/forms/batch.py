from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from participants.enums import Programme, Segment
from participants.forms.extra_cell import extra_form_field
from participants.importers.extra import Extras
from participants.importers.faults import Reason, sentence_of
from participants.importers.header import Field
from participants.models import Category, FundingSource, HeldFile
from participants.person_columns import PERSON_COLUMNS, TYPED_FIELDS
from participants.services.batches.batch import BatchTerms
from regions.access import covers
from regions.forms.fields import DayField, MonthField, PayingInstitutionField, RegionField
from regions.models import Institution, Region

FIELD_LABELS = {
    Field.NIK: _("NIK"),
    **{column.field: column.title for column in PERSON_COLUMNS},
    Field.ORDER: _("Nomor urut"),
    Field.FAMILY_CARD: _("Nomor kartu keluarga"),
    Field.NEIGHBOURHOOD: _("RT/RW"),
    Field.REGENCY: _("Kabupaten/kota"),
    Field.EMAIL: _("Surel"),
    Field.OCCUPATION: _("Pekerjaan"),
    Field.WAGE: _("Penghasilan"),
    Field.MOTHER_NAME: _("Nama ibu kandung"),
    Field.STARTED: _("Mulai bekerja"),
    Field.PROGRAMMES: _("Program"),
    Field.NOTE: _("Keterangan"),
    Field.STATUS: _("Status kepesertaan"),
    Field.ENDED: _("Tanggal keluar"),
    Field.PAYER: _("Pemberi kerja / OPD pembayar"),
}


class BatchTermsForm(forms.Form):
    """For whom a list is, who pays, and for which months."""

    region = RegionField()
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"), queryset=Category.objects.all(), empty_label=_("Pilih kategori")
    )
    funding = forms.ModelChoiceField(
        label=_("Sumber dana"), queryset=FundingSource.objects.all(), empty_label=_("Pilih sumber dana")
    )
    first_month = MonthField(label=_("Mulai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    last_month = MonthField(
        label=_("Sampai bulan"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
        help_text=_("Kosongkan bila berlanjut sampai ada perubahan."),
    )
    segment = forms.ChoiceField(
        label=_("Segmen"),
        required=False,
        choices=[("", _("Menurut kategori")), *Segment.choices],
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        initial=[Programme.JKK, Programme.JKM],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu program.")},
    )
    institution = forms.ModelChoiceField(
        label=_("Lembaga pengirim"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Tidak disebut"),
    )
    payer = PayingInstitutionField()
    is_proposal = forms.BooleanField(
        label=_("Baru usulan: belum dihitung sebagai terlindungi"), required=False
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=250,
        help_text=_("Surat pengantar atau keputusan yang memuat daftar ini, beserta nomornya."),
        error_messages={"required": _("Sebutkan sumbernya, misalnya nomor surat pengantar.")},
    )
    as_of = DayField(label=_("Per tanggal"), help_text=_("Tanggal keadaan daftar ini."))

    def __init__(
        self,
        *args: Any,
        regions: QuerySet[Region],
        institutions: QuerySet[Institution],
        is_bound: bool = False,
        **kwargs: Any,
    ) -> None:
        """`is_bound`: the person sends for an institution of theirs, and says which."""
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions
        codes = list(regions.values_list("code", flat=True)[:2])
        region.initial = codes[0] if len(codes) == 1 else None
        for name in ("institution", "payer"):
            self.fields[name].queryset = institutions  # type: ignore[attr-defined]
        if is_bound:
            sender: Any = self.fields["institution"]
            sender.required, sender.empty_label = True, None
            sender.initial = institutions.first()
            sender.error_messages["required"] = _("Pilih lembaga Anda.")
        self.fields["as_of"].initial = localdate()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_month"), data.get("last_month")
        if first and last and last < first:
            self.add_error("last_month", _("Bulan terakhir mendahului bulan pertama. Tukar keduanya."))
        region = data.get("region")
        for name in ("institution", "payer"):
            institution = data.get(name)
            if institution and region and not covers(institution.region_id, region.code):
                self.add_error(name, _("Lembaga ini milik wilayah lain. Pilih lembaga wilayah daftar ini."))
        return data

    def terms(self) -> BatchTerms:
        data = self.cleaned_data
        return BatchTerms(
            region_code=data["region"].code,
            category=data["category"].pk,
            funding=data["funding"].pk,
            segment=data["segment"] or data["category"].segment,
            programmes=tuple(data["programmes"]),
            institution=data["institution"].pk if data["institution"] else None,
            payer=data["payer"].pk if data["payer"] else None,
            first_month=data["first_month"],
            last_month=data["last_month"],
            is_proposal=data["is_proposal"],
            source=data["source"],
            as_of=data["as_of"],
        )


class BatchForm(BatchTermsForm):
    file = forms.FileField(
        label=_("Berkas daftar"),
        help_text=_("Excel (.xlsx, .xls), .ods atau .csv, paling besar 25 MB."),
        allow_empty_file=True,
        error_messages={
            "required": _("Pilih berkasnya."),
            "missing": _("Pilih berkasnya."),
            "invalid": _("Berkasnya tidak sampai. Pilih sekali lagi."),
        },
    )

    # A file that was dropped before; then none has to be chosen.
    held = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)

    field_order = ["file", "region", "category", "funding", "first_month", "last_month"]

    def __init__(self, *args: Any, held: HeldFile | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if held is not None:
            file: Any = self.fields["file"]
            file.required = False
            file.label = _("Ganti berkasnya")
            self.fields["held"].initial = held.pk


class ColumnsForm(forms.Form):
    """Which sheets to read, and one choice per column of a list: what it holds."""

    def __init__(
        self,
        *args: Any,
        columns: dict[str, list[tuple[str, int, str]]],
        sheets: list[tuple[str, bool]],
        extras: Extras = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(sheets) > 1:
            hidden = _("%(name)s (tersembunyi)")
            self.fields["sheets"] = forms.MultipleChoiceField(
                label=_("Lembar yang dibaca"),
                choices=[
                    (name, hidden % {"name": name} if is_hidden else name) for name, is_hidden in sheets
                ],
                initial=list(columns),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Pilih sedikitnya satu lembar.")},
            )
        self.titles: dict[str, str] = {}
        self.understood: dict[str, str] = {}
        choices = [("", _("tidak dipakai")), *FIELD_LABELS.items(), *((one.key, one.name) for one in extras)]
        for sheet in columns.values():
            for field, _index, title in sheet:
                if not title or title in self.titles.values():
                    continue
                name = f"kolom_{len(self.titles)}"
                self.titles[name], self.understood[name] = title, field
                self.fields[name] = forms.ChoiceField(
                    label=title, choices=choices, initial=field, required=False
                )

    def chosen(self) -> dict[str, str]:
        """Title → field; a column that was understood and is to be left out is of no use."""
        said = {name: self.cleaned_data[name] for name in self.titles}
        return {
            title: said[name] or Field.UNUSED.value
            for name, title in self.titles.items()
            if said[name] or self.understood[name]
        }

    def sheets(self) -> list[str]:
        return list(self.cleaned_data.get("sheets", []))


class PersonCellsForm(forms.Form):
    """The cells of one person, typed as in a list; judged by the service, not here."""

    def __init__(
        self,
        *args: Any,
        cells: Mapping[Any, str] | None = None,
        question: str = "",
        extras: Extras = (),
        **kwargs: Any,
    ) -> None:
        """`extras` are fields that the office added itself."""
        super().__init__(*args, **kwargs)
        if question:
            self.fields["is_member"] = forms.BooleanField(
                label=_("Ya, orang ini tetap peserta aktif"), required=False, help_text=question
            )
        for field in TYPED_FIELDS:
            self.fields[field.value] = forms.CharField(
                label=FIELD_LABELS[field],
                required=False,
                max_length=300,
                initial=(cells or {}).get(field, ""),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
        for field, reason in ((Field.NIK, Reason.NIK_MISSING), (Field.NAME, Reason.NAME_MISSING)):
            self.fields[field.value].required = True
            self.fields[field.value].error_messages["required"] = sentence_of(reason)
        self.extras = extras
        for one in extras:
            self.fields[one.key] = extra_form_field(one, (cells or {}).get(one.key, ""))

    def cells(self) -> dict[Any, str]:
        named: list[Any] = [*TYPED_FIELDS, *(one.key for one in self.extras)]
        return {field: self.cleaned_data[field.value] for field in named if field.value in self.cleaned_data}
