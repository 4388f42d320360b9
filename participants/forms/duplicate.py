from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participants.enums import Decision
from participants.models import DuplicateCandidate
from regions.errors import Problem


class DecisionForm(forms.Form):
    """What an officer decides of a suspected pair; the revisions are those of the rows on the page."""

    decision = forms.ChoiceField(
        choices=Decision.choices,
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Pilih keputusannya dengan salah satu tombol."),
            "invalid_choice": _("Pilih keputusannya dengan salah satu tombol."),
        },
    )
    keep = forms.TypedChoiceField(
        label=_("Bila orang yang sama, data yang dipakai"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih catatan A atau B.")},
    )
    first_revision = forms.IntegerField(widget=forms.HiddenInput)
    second_revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        help_text=_("Misalnya “KTP sudah diperiksa”. Dapat dibaca oleh auditor; jangan tulis NIK."),
        error_messages={"required": _("Tulis alasannya, misalnya “KTP sudah diperiksa, orangnya sama”.")},
    )

    def __init__(self, data: Any = None, *, candidate: DuplicateCandidate) -> None:
        initial = {
            "keep": candidate.first_id,
            "first_revision": candidate.first.revision,
            "second_revision": candidate.second.revision,
        }
        super().__init__(data, initial=initial, auto_id=f"dugaan-{candidate.pk}-%s")
        keep: Any = self.fields["keep"]
        keep.choices = [(candidate.first_id, _("catatan A")), (candidate.second_id, _("catatan B"))]

    def decided(self) -> dict[str, Any]:
        """What the service of decisions wants to know."""
        data = self.cleaned_data
        return {
            "decision": data["decision"],
            "keep": data["keep"],
            "revisions": (data["first_revision"], data["second_revision"]),
            "reason": data["reason"],
        }

    def add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
