from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.forms.fact import F, FactForm
from regions.models import SourcedFact


class OnceForm(FactForm[F]):
    """Entry of something that may come twice alike: sent twice, one sheet of paper is still one entry."""

    reference = forms.CharField(widget=forms.HiddenInput, max_length=120)
    repeated = forms.BooleanField(
        label=_("Ini pembayaran lain yang kebetulan sama"), required=False, widget=forms.HiddenInput
    )
    # The field at which the question about an equal entry stands.
    asked_at = "amount"

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        if row is None:
            # Marks this sheet of paper.
            kwargs["initial"] = {"reference": f"formulir:{uuid4()}", **kwargs.get("initial", {})}
        super().__init__(*args, row=row, **kwargs)

    def find_same(self) -> SourcedFact | None:
        """Another stored entry that says the same."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.row is None and not self.errors and not cleaned["repeated"]:
            self._ask_about_the_same()
        return cleaned

    def _ask_about_the_same(self) -> None:
        """After the back button a new sheet may hold what was just sent: ask before storing it twice."""
        same = self.find_same()
        if same is None:
            return
        self.fields["repeated"].widget = forms.CheckboxInput()
        self.add_error(
            self.asked_at,
            _(
                "Pembayaran yang sama persis sudah dicatat oleh %(who)s. Bila ini memang "
                "pembayaran lain, centang “Ini pembayaran lain yang kebetulan sama” lalu simpan lagi."
            )
            % {"who": same.entered_by},
        )

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"]
        if self.row is None and not reference.startswith("formulir:"):
            raise forms.ValidationError(_("Muat ulang halaman ini lalu isi kembali."))
        return reference
