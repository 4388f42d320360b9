from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.enums import ClaimKind
from budgets.forms.money import MoneyForm
from budgets.models import Claim
from regions.forms.fields import DayField, WholeNumberField


class ClaimForm(MoneyForm[Claim]):
    fact = Claim.fact

    kind = forms.ChoiceField(
        label=_("Bentuk manfaat"),
        choices=ClaimKind.choices,
        initial=ClaimKind.CASH,
        required=False,
        help_text=_("Natura dan kewajiban tahun-tahun berikut dihitung terpisah dari uang yang dibayar."),
    )
    cases = WholeNumberField(
        label=_("Jumlah kasus"),
        required=False,
        help_text=_("Hanya jumlahnya; nama dan rincian orang tidak dicatat di sini."),
    )
    happened_on = DayField(label=_("Tanggal kejadian"), required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or ClaimKind.CASH

    def clean_cases(self) -> int | None:
        cases: int | None = self.cleaned_data["cases"]
        if cases is not None and cases < 0:
            self.add_error("cases", _("Jumlah kasus tidak boleh negatif."))
        return cases
