from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from participants.enums import ExtraKind, MatchResult, Occurrence
from participants.forms.batch import PersonCellsForm
from participants.forms.extra_cell import extra_form_field
from participants.importers.checks import ERASE
from participants.importers.header import Field
from participants.models import Category, Enrolment, FundingSource, Participant
from participants.nik import mask_digits
from participants.person_columns import open_cells
from participants.selectors.extra_field import extra_cells
from participants.selectors.persons.person import PersonFilters
from participants.selectors.persons.stop import PERSON_STOPS
from regions.forms.fields import DayField, MonthField

ALL = [("", _("semua"))]

# What each filter is called in the address.
_ASKED_AS = {
    "region_code": "wilayah",
    "category": "kategori",
    "funding": "dana",
    "month": "bulan",
    "state": "keadaan",
    "name": "nama",
    "concern": "perlu",
    "match_result": "padanan",
    "elsewhere": "lain",
    "kpj": "kpj",
    "stop": "tahap",
    "batch": "unggahan",
}
_CHOSEN = ("state", "concern", "match_result", "elsewhere", "kpj", "stop", "batch")


class PersonFilterForm(forms.Form):
    """The filters of a list, as the address has them; a value that makes no sense filters nothing."""

    wilayah = forms.CharField(label=_("Kode wilayah"), required=False, max_length=13)
    kategori = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.all(), required=False, empty_label=_("semua")
    )
    dana = forms.ModelChoiceField(
        label=_("Sumber dana"), queryset=FundingSource.objects.all(), required=False, empty_label=_("semua")
    )
    bulan = MonthField(
        label=_("Bulan"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    keadaan = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            *ALL,
            ("aktif", _("aktif")),
            ("diusulkan", _("diusulkan")),
            ("berjalan", _("aktif atau diusulkan")),
            ("berakhir", _("berakhir")),
        ],
    )
    # Digits belong into the search by NIK, which leaves no trace in the address.
    nama = forms.CharField(
        label=_("Nama"),
        required=False,
        max_length=120,
        widget=forms.TextInput(
            attrs={"pattern": "[^0-9]*", "title": _("Untuk NIK pakai kotak Cari NIK."), "autocomplete": "off"}
        ),
    )
    perlu = forms.ChoiceField(
        label=_("Perlu ditinjau"),
        required=False,
        choices=[
            *ALL,
            ("ditinjau", _("usia atau tanggal lahir")),
            ("usia", _("usia di luar 17–65 tahun")),
            ("lahir", _("tanggal lahir kosong")),
        ],
    )
    padanan = forms.ChoiceField(
        label=_("Hasil pemadanan"),
        required=False,
        choices=[
            *ALL,
            *[choice for choice in MatchResult.choices if choice[0]],
            ("belum", MatchResult.NONE.label),
            ("bukan", _("selain padan")),
        ],
    )
    lain = forms.ChoiceField(
        label=_("Dibayar pihak lain"),
        required=False,
        choices=[*ALL, ("ya", _("ya")), ("tidak", _("tidak"))],
    )
    kpj = forms.ChoiceField(
        label=_("Nomor KPJ"),
        required=False,
        choices=[*ALL, ("ada", _("ada")), ("tanpa", _("tidak ada"))],
    )
    tahap = forms.ChoiceField(
        label=_("Berhenti di tahap"),
        required=False,
        choices=[
            *ALL,
            *[(stop.value, stop.label) for stop in PERSON_STOPS],
            ("tercatat", _("tercatat, dan sesudahnya")),
            ("padan", _("padan, dan sesudahnya")),
            ("tunggal", _("tidak ganda, dan sesudahnya")),
            ("terdaftar", _("nomor KPJ ada, dan sesudahnya")),
        ],
    )
    unggahan = forms.RegexField(
        r"^[0-9]{1,9}$",
        label=_("Nomor unggahan"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 9, "autocomplete": "off"}),
    )

    def filters(self) -> PersonFilters:
        self.is_valid()
        data = self.cleaned_data
        name = data.get("nama") or ""
        return PersonFilters(
            region_code=data.get("wilayah") or "",
            category=data["kategori"].pk if data.get("kategori") else "",
            funding=data["dana"].pk if data.get("dana") else "",
            month=data.get("bulan"),
            name="" if any(map(str.isdigit, name)) else name,
            **{name: data.get(_ASKED_AS[name]) or "" for name in _CHOSEN},
        )


class FunnelForm(forms.Form):
    """The category in the address of a funnel; one that makes no sense narrows nothing."""

    kategori = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.all(), required=False, empty_label=_("semua")
    )

    def category(self) -> str:
        self.is_valid()
        chosen = self.cleaned_data.get("kategori")
        return chosen.pk if chosen else ""


def query_of(filters: PersonFilters) -> str:
    """The address query that asks for these filters."""
    return urlencode(asked_as(filters))


def asked_as(filters: PersonFilters) -> dict[str, str]:
    return {_ASKED_AS[name]: text for name, text in filters.said().items()}


class PersonAddForm(PersonCellsForm):
    """The cells of a person who is new."""

    def __init__(self, *args: Any, places: Mapping[str, str], **kwargs: Any) -> None:
        """`places`: of fields of the office's own, by key, the region where not all have them."""
        super().__init__(*args, **kwargs)
        for one in self.extras:
            place = places.get(one.key, "")
            self.fields[one.key] = extra_form_field(one, "", place, demanded=not place)
        self.fields[Field.NIK.value].widget.attrs["inputmode"] = "numeric"
        self.fields[Field.BIRTH_DATE.value].help_text = _("Hari/bulan/tahun, misalnya 28/02/1980.")


class FindForm(forms.Form):
    nik = forms.CharField(
        label=_("NIK"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Ketik 16 angka NIK.")},
    )


class PersonCorrectForm(PersonCellsForm):
    """The cells of a stored person but the NIK. KPJ and telephone stay hidden: blank leaves them alone."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan koreksi"),
        max_length=250,
        help_text=_("Dicatat dalam riwayat dan dapat dibaca oleh auditor."),
        error_messages={"required": _("Tulis alasan koreksi, misalnya “salah ketik”.")},
    )

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        extras = kwargs.get("extras", ())
        super().__init__(*args, cells={**open_cells(person), **extra_cells(extras, person)}, **kwargs)
        del self.fields[Field.NIK.value]
        self.fields["revision"].initial = person.revision
        for field, masked in ((Field.PHONE, person.masked_phone), (Field.KPJ, person.masked_kpj)):
            self.fields[field.value].help_text = _(
                "Tercatat: %(masked)s. Kosongkan bila tetap; tulis HAPUS untuk menghapusnya."
            ) % {"masked": masked or "–"}
        for one in extras:
            if not (one.is_personal and one.key in person.extra):
                text = self.fields[one.key].initial
                self.fields[one.key] = extra_form_field(one, text, demanded=True)
            else:
                self.fields[one.key].help_text = _(
                    "Sudah tercatat. Kosongkan bila tetap; tulis HAPUS untuk menghapusnya."
                )
                if one.kind == ExtraKind.CHOICE:
                    # What is chosen stays unseen; HAPUS must be among the choices to be chosen.
                    again = [("", "–"), *((text, text) for text in one.choices), (ERASE, ERASE)]
                    self.fields[one.key].widget = forms.Select(choices=again)
        self.order_fields([*[name for name in self.fields if name != "reason"], "reason"])


class EventForm(forms.Form):
    """What happened on a day. Moving to another category asks which, and who pays there."""

    kind = forms.ChoiceField(label=_("Peristiwa"), choices=[("", _("Pilih peristiwa")), *Occurrence.choices])
    happened_on = DayField(
        label=_("Tanggal kejadian"),
        help_text=_("Iuran berhenti sesudah bulan tanggal ini; bulan itu sendiri masih dihitung."),
    )
    source = forms.CharField(
        label=_("Sumber"),
        max_length=250,
        help_text=_("Surat atau keterangan yang mendasarinya, beserta nomornya."),
        error_messages={"required": _("Sebutkan sumbernya, misalnya nomor surat kematian.")},
    )
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False)
    from_category = forms.ModelChoiceField(
        label=_("Pindah dari kategori"), queryset=Category.objects.none(), required=False
    )
    to_category = forms.ModelChoiceField(
        label=_("Pindah ke kategori"), queryset=Category.objects.all(), required=False
    )
    funding = forms.ModelChoiceField(
        label=_("Sumber dana yang baru"), queryset=FundingSource.objects.all(), required=False
    )
    moving = ("from_category", "to_category", "funding")

    def __init__(self, *args: Any, running: list[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [spell.category_id for spell in running]
        field: Any = self.fields["from_category"]
        field.queryset = Category.objects.filter(pk__in=codes)
        field.initial = codes[0] if len(set(codes)) == 1 else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Occurrence.CHANGED_CATEGORY:
            for name in self.moving:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Pilih ini untuk pindah kategori."))
        return data

    def clean_source(self) -> str:
        """What is written here is shown to many: a NIK among it is masked."""
        return mask_digits(self.cleaned_data["source"])

    def clean_note(self) -> str:
        return mask_digits(self.cleaned_data["note"])

    @property
    def is_move(self) -> bool:
        return bool(self.cleaned_data["kind"] == Occurrence.CHANGED_CATEGORY)


class EndForAgeForm(forms.Form):
    """Confirmation of the age limit for the chosen persons."""

    ended_on = DayField(
        label=_("Berakhir per tanggal"),
        help_text=_("Bulan tanggal ini masih dibayar; bulan berikutnya tidak."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        help_text=_(
            "Misalnya nomor surat pemberitahuan. Tercatat pada data setiap peserta dan dalam log aktivitas."
        ),
        error_messages={"required": _("Tulis alasannya, misalnya nomor surat pemberitahuan.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].initial = localdate()
