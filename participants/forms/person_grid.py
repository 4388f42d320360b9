from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enums import Programme, Segment
from participants.forms.extra_cell import extra_form_field
from participants.importers.extra import ExtraKey, Extras
from participants.importers.faults import Reason, sentence_of
from participants.importers.header import Field
from participants.person_columns import GRID_FIELDS, PERSON_COLUMNS, SEALED_COLUMNS
from participants.selectors.persons.grid import GridCell, GridRow
from participants.services.batches.batch import BatchTerms
from participants.services.persons.entry import CellFault
from regions.forms.fields import DayField, PayingInstitutionField
from regions.models import Institution
from regions.selectors.institution import existing_institutions

OPEN, ONE_MONTH = "open", "month"
# The id of the form for one row.
ROW_FORM = "isian"
_UNTIL = [(OPEN, gettext_lazy("terus sampai diakhiri")), (ONE_MONTH, gettext_lazy("bulan ini saja"))]


def column_labels(extras: Extras = ()) -> dict[str, str]:
    columns = (column for column in PERSON_COLUMNS if column.in_grid)
    known = {column.field.value: str(column.short or column.title) for column in columns}
    return {Field.NIK.value: _("NIK"), **known, **{one.key: one.name for one in extras}}


def masked_columns(extras: Extras) -> set[str]:
    """Those of which what is stored is not shown, so that it is typed anew."""
    sealed = {column.field.value for column in SEALED_COLUMNS}
    return sealed | {one.key.value for one in extras if one.is_personal}


class GridTermsForm(forms.Form):
    """What holds for every new row of a grid."""

    segment = forms.ChoiceField(label=gettext_lazy("Segmen"), choices=Segment.choices)
    programmes = forms.MultipleChoiceField(
        label=gettext_lazy("Program"),
        choices=Programme.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu program.")},
    )
    until = forms.ChoiceField(
        label=gettext_lazy("Berlaku"),
        choices=_UNTIL,
    )
    institution = forms.ModelChoiceField(
        label=gettext_lazy("Lembaga pengusul"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tidak dirinci"),
    )
    payer = PayingInstitutionField()
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=250,
        help_text=gettext_lazy("SK atau surat tempat nama-nama ini tertulis, beserta nomornya."),
        error_messages={"required": gettext_lazy("Sebutkan sumbernya, misalnya nomor SK.")},
    )
    as_of = DayField(label=gettext_lazy("Per tanggal"))

    def __init__(self, *args: Any, cell: GridCell, source: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {
            "segment": cell.category.segment,
            "programmes": [Programme.JKK, Programme.JKM],
            "until": OPEN,
            "source": source or _("Diketik langsung di aplikasi"),
            "as_of": localdate(),
        }
        super().__init__(*args, **kwargs)
        self.cell = cell
        for field in self.fields.values():
            # They stand above the grid and serve both it and the form below it.
            field.widget.attrs["form"] = ROW_FORM
        listed = existing_institutions().filter(region=cell.region)
        # Asked once for both.
        options = [(one.pk, one.name) for one in listed]
        for name in ("institution", "payer"):
            institution: Any = self.fields[name]
            institution.queryset = listed
            institution.choices = [("", institution.empty_label), *options]

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > localdate():
            raise forms.ValidationError(_("Tanggal ini belum tiba. Isi tanggal suratnya."))
        return day

    def build(self) -> BatchTerms:
        """The terms as given; where they do not apply, as in a correction, those offered."""
        given = {**self.initial, **getattr(self, "cleaned_data", {})}
        institution, payer = given.get("institution"), given.get("payer")
        return BatchTerms(
            region_code=self.cell.region.code,
            category=self.cell.category.code,
            funding=self.cell.funding.code,
            segment=given["segment"],
            programmes=tuple(given["programmes"]),
            institution=institution.pk if institution else None,
            payer=payer.pk if payer else None,
            first_month=self.cell.month,
            last_month=None if given["until"] == OPEN else self.cell.month,
            is_proposal=False,
            source=given["source"],
            as_of=given["as_of"],
        )

    def gist(self) -> str:
        """The terms in force, short enough for a heading."""
        given = {**self.initial, **getattr(self, "cleaned_data", {})}
        programmes = " + ".join(code.upper() for code in given["programmes"])
        until = dict(_UNTIL).get(given["until"], "")
        return f"{str(given['segment']).upper()}, {programmes}, {until}, {given['source']}"

    def sentence(self) -> str:
        """All that is wrong with the terms, for a face that has no place beside the fields."""
        errors = [
            f"{self.fields[name].label}: {' '.join(str(text) for text in texts)}"
            for name, texts in self.errors.items()
        ]
        return " ".join(errors)


class RowForm(forms.Form):
    """One row for people without a keyboard or scripts; its cells are judged where they are stored."""

    enrolment = forms.IntegerField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: GridRow | None = None, extras: Extras = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extras = extras
        labels = column_labels()
        for field in GRID_FIELDS:
            self.fields[field.value] = forms.CharField(
                label=labels[field], required=False, max_length=300, help_text=self._help(field)
            )
            self.fields[field.value].widget.attrs["autocomplete"] = "off"
        for one in extras:
            self.fields[one.key] = extra_form_field(one)
        for field, reason in ((Field.NIK, Reason.NIK_MISSING), (Field.NAME, Reason.NAME_MISSING)):
            self.fields[field.value].required = True
            self.fields[field.value].error_messages["required"] = sentence_of(reason)
        self.fields[Field.NIK.value].widget.attrs["inputmode"] = "numeric"
        self.row = row
        if row is not None:
            self.initial.update({**row.cells, "enrolment": row.enrolment, "revision": row.revision})
            self.fields[Field.NIK.value].disabled = True
            # Shown masked it would be stored masked: empty means "as it is".
            self.initial.update(dict.fromkeys(masked_columns(extras), ""))

    def _help(self, field: Field) -> str:
        return {
            Field.NIK: _("16 angka dari KTP."),
            Field.BIRTH_DATE: _("Contoh: 28/02/1980."),
            Field.SEX: _("L atau P."),
        }.get(field, "")

    def cells(self) -> dict[Any, str]:
        cells = typed_cells(self.data, self.extras, is_new=self.row is None)
        kept = masked_columns(self.extras) if self.row else set()
        return {field: text for field, text in cells.items() if text.strip() or field.value not in kept}

    def add_faults(self, faults: tuple[CellFault, ...]) -> None:
        for fault in faults:
            self.add_error(fault.field.value, fault.message)


def typed_cells(data: Mapping[str, str], extras: Extras, *, is_new: bool) -> dict[Any, str]:
    """The cells that were sent. Those left alone are absent; in a new row the office's own stand blank."""
    own: list[Field | ExtraKey] = [one.key for one in extras]
    cells: dict[Any, str] = {
        field: _plain(data[field.value]) for field in (*GRID_FIELDS, *own) if field.value in data
    }
    return {**dict.fromkeys(own, ""), **cells} if is_new else cells


def _plain(text: str) -> str:
    """As much as could be meant, without the one character that the database refuses."""
    return text[:1000].replace("\x00", "")
