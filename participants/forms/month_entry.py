from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enums import CountedSegment, EmptyReason
from participants.month_entry_key import MonthEntryKey
from participants.nik import mask_digits
from participants.selectors.month_entry.cells import MonthEntryNames
from participants.services.month_entry.cells import MonthEntryTerms, Typed
from regions.errors import Problem
from regions.forms.fields import DayField, WholeNumberField
from regions.month import last_day

# What is typed in a cell to take its figure away; emptying it by accident must not.
REMOVE = "HAPUS"


class MonthEntryTermsForm(forms.Form):
    """Asked once above a grid, for all that is typed in it."""

    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=250,
        help_text=gettext_lazy("Surat atau laporan tempat angka-angka ini tertulis, beserta nomornya."),
        error_messages={"required": gettext_lazy("Sebutkan sumbernya di atas tabel, misalnya nomor surat.")},
    )
    as_of = DayField(
        label=gettext_lazy("Per tanggal"), help_text=gettext_lazy("Tanggal keadaan yang dilaporkan.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan perubahan"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Perlu hanya bila angka yang sudah tersimpan Anda ubah; sekali untuk semua."),
    )

    def __init__(self, *args: Any, month: date, source: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"source": source, "as_of": min(last_day(month), localdate())}
        super().__init__(*args, **kwargs)
        self.fields["as_of"].widget.attrs["autocomplete"] = "off"

    def build(self) -> MonthEntryTerms:
        data = self.cleaned_data
        source, reason = mask_digits(data["source"]), mask_digits(data["reason"].strip())
        return MonthEntryTerms(source, data["as_of"], reason)

    def sentence(self) -> str:
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    @property
    def gist(self) -> str:
        """The terms in one line, for when they are folded away."""
        return self["source"].value() or _("sebutkan sumbernya sebelum mengisi")


class SeenForm(forms.Form):
    """Which row of a grid is sent, and the revisions of its figures that the person saw."""

    enrolment = forms.CharField(max_length=100)
    revision = forms.JSONField(required=False)
    # Why the figures of the row are right though they look like slips of the hand.
    because = forms.CharField(max_length=250, required=False)

    def clean_revision(self) -> dict[str, int]:
        seen = self.cleaned_data["revision"] or {}
        if not isinstance(seen, dict) or not all(type(one) is int for one in seen.values()):
            raise ValidationError("revision")
        return seen


def read_typed(
    columns: Mapping[str, MonthEntryKey], data: Mapping[str, str], seen: Mapping[str, int], because: str = ""
) -> tuple[dict[MonthEntryKey, Typed], dict[str, str]]:
    """What was typed in the named columns of a row, and a sentence for each that is no number."""
    typed, faults = {}, {}
    field = WholeNumberField(required=False)
    for name, key in columns.items():
        if name not in data:
            continue
        text = data[name].strip()
        try:
            value = None if text.upper() == REMOVE else field.clean(text)
        except ValidationError as error:
            faults[name] = " ".join(error.messages)
            continue
        if value is None and not text:
            faults[name] = _(
                "Angka tersimpan tidak hilang dengan mengosongkan selnya. Ketik HAPUS bila salah tempat, "
                "atau 0 bila nol."
            )
            continue
        typed[key] = Typed(value, seen.get(name, 0), mask_digits(because))
    return typed, faults


class EmptyForm(forms.Form):
    reason = forms.ChoiceField(label=gettext_lazy("Kosong karena"), choices=EmptyReason.choices)
    note = forms.CharField(label=gettext_lazy("Penjelasan"), max_length=250, required=False)

    def add_problems(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class BecauseForm(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Benar, karena"),
        max_length=250,
        error_messages={"required": gettext_lazy("Tulis mengapa angkanya benar, atau perbaiki angkanya.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class MonthEntryCommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Komentar baru"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Tulis komentarnya.")},
    )
    is_follow_up = forms.BooleanField(label=gettext_lazy("Tandai untuk ditindaklanjuti"), required=False)

    def add_problems(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class AddMonthEntryForm(forms.Form):
    """Another category and source of funds for the month."""

    kategori = forms.ChoiceField(label=gettext_lazy("Kategori"))
    sumber = forms.ChoiceField(label=gettext_lazy("Sumber dana"))

    def __init__(self, *args: Any, names: MonthEntryNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A field of choices; typed as the plain field it is declared as.
        categories: Any = self.fields["kategori"]
        fundings: Any = self.fields["sumber"]
        categories.choices = [("", _("Pilih kategori")), *names.categories.items()]
        fundings.choices = [("", _("Pilih sumber dana")), *names.fundings.items()]


class RegionGridForm(AddMonthEntryForm):
    """Which figures the grid of many regions shows: segments, or one category and source of funds."""

    segmen = forms.ChoiceField(
        label=gettext_lazy("Segmen"),
        choices=[("", gettext_lazy("Semua segmen")), *CountedSegment.choices],
        required=False,
    )
    field_order = ["segmen", "kategori", "sumber"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kategori"].label = _("atau kategori")
        self.fields["sumber"].label = _("dari sumber dana")
