from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.enums import Programme
from budgets.selectors.money import same_payment
from participants.models import Category, FundingSource
from regions.forms.fact import F, FactForm
from regions.forms.fields import DayField, RupiahField


class MoneyForm(FactForm[F]):
    """What the entry of a contribution and of a claim share."""

    fixed = ("region", "reference")

    reference = forms.CharField(widget=forms.HiddenInput, max_length=120)
    programme = forms.ChoiceField(label=_("Program"), choices=Programme.choices)
    amount = RupiahField(label=_("Rupiah"))
    paid_on = DayField(label=_("Tanggal bayar"))
    funding = forms.ModelChoiceField(
        label=_("Sumber dana"),
        queryset=FundingSource.objects.all(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )
    repeated = forms.BooleanField(
        label=_("Ini pembayaran lain yang kebetulan sama"), required=False, widget=forms.HiddenInput
    )
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )

    def __init__(self, *args: Any, row: Any = None, **kwargs: Any) -> None:
        if row is None:
            # Marks this sheet of paper: sent twice, it is still one payment.
            kwargs["initial"] = {"reference": f"formulir:{uuid4()}", **kwargs.get("initial", {})}
        super().__init__(*args, row=row, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.row is None and not self.errors and not cleaned["repeated"]:
            self._ask_about_the_same()
        return cleaned

    def _ask_about_the_same(self) -> None:
        """After the back button a new sheet may hold what was just sent: ask before storing it twice."""
        same = same_payment(self.build())
        if same is None:
            return
        self.fields["repeated"].widget = forms.CheckboxInput()
        self.add_error(
            "amount",
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
