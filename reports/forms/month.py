from datetime import timedelta
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from participants.enums import WaitingAnswer
from regions.enums import ReportKind, Verb
from regions.forms.fields import DayField
from regions.month_steps import TRANSITIONS, Transition
from regions.services.reopening import LONGEST
from reports.services.handing_in import WaitingRows


class StepForm(forms.Form):
    """One step of one month: the button says which."""

    verb = forms.ChoiceField(choices=[(verb, Verb(verb).label) for verb in TRANSITIONS])
    reason = forms.CharField(label=_("Alasan"), max_length=500, required=False)
    # What becomes of rows that wait when the month is closed.
    waiting = forms.ChoiceField(choices=WaitingAnswer.choices, required=False)
    drop_reason = forms.CharField(max_length=250, required=False)

    @property
    def waiting_rows(self) -> WaitingRows:
        return WaitingRows(self.cleaned_data["waiting"], self.cleaned_data["drop_reason"])

    @property
    def step(self) -> Transition:
        return TRANSITIONS[Verb(self.cleaned_data["verb"])]


class BulkStepForm(StepForm):
    """The same step for many months; each is `code|YYYY-MM`."""

    cells = forms.MultipleChoiceField()
    # Said by the page that shows the figures of all these months.
    seen = forms.BooleanField(required=False)

    def __init__(self, *args: Any, cells: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cells"]
        field.choices = [(cell, cell) for cell in cells]
        field.error_messages["required"] = _("Pilih sedikitnya satu bulan.")


class AskReopeningForm(forms.Form):
    open_for = forms.MultipleChoiceField(
        label=_("Yang perlu dibuka"),
        choices=ReportKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih laporan mana yang perlu dibuka.")},
    )
    open_until = DayField(label=_("Terbuka sampai"), help_text=_("Sesudah tanggal ini terkunci sendiri."))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=500,
        help_text=_("Angka mana yang salah dan apa buktinya. Dapat dibaca oleh auditor."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tulis alasannya: angka mana yang salah dan apa buktinya.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = localdate()
        self.fields["open_until"].initial = today + timedelta(days=7)
        limits = {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}
        self.fields["open_until"].widget.attrs.update(limits)


class DecideReopeningForm(forms.Form):
    decision = forms.ChoiceField(choices=[("grant", _("Kabulkan")), ("refuse", _("Tolak"))])
    answer = forms.CharField(label=_("Jawaban"), max_length=500, required=False)

    @property
    def is_granted(self) -> bool:
        return bool(self.cleaned_data["decision"] == "grant")
