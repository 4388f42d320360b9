from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import Occurrence
from participants.models import Category, FundingSource
from regions.errors import Problem
from regions.forms.fields import DayField, MonthField
from regions.month import first_of


class OpenGridForm(forms.Form):
    """Where to go: a month of a region, or one category and payer of it."""

    wilayah = forms.RegexField(r"^(ID|[0-9.]{2,13})$", widget=forms.HiddenInput)
    periode = MonthField(widget=forms.HiddenInput)
    kategori = forms.ModelChoiceField(
        label=_("Kategori"), queryset=Category.objects.all(), required=False, empty_label=_("Pilih kategori")
    )
    sumber = forms.ModelChoiceField(
        label=_("Sumber dana"),
        queryset=FundingSource.objects.all(),
        required=False,
        empty_label=_("Pilih sumber dana"),
    )


class EndCategoryForm(forms.Form):
    on_date = DayField(
        label=_("Tanggal berakhir"), help_text=_("Iuran bulan tanggal ini masih dihitung, sesudahnya tidak.")
    )
    cause = forms.ChoiceField(label=_("Sebab"), choices=Occurrence.choices)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        help_text=_("Surat dan nomornya, misalnya SK pemberhentian badan ad hoc."),
        error_messages={"required": _("Tulis alasannya, misalnya nomor SK pemberhentian.")},
    )

    def month(self) -> Any:
        return first_of(self.cleaned_data["on_date"])

    def add_problems(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Komentar baru"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dapat dibaca oleh semua yang melihat nama di wilayah ini. Jangan menulis NIK."),
        error_messages={"required": _("Tulis komentarnya.")},
    )

    def add_problems(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
