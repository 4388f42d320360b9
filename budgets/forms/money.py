from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.enums import ProgrammeGroup
from budgets.forms.once import OnceForm
from budgets.selectors.money import same_payment
from participants.models import Category, FundingSource
from regions.forms.fact import F
from regions.forms.fields import DayField, RupiahField
from regions.models import SourcedFact


class MoneyForm(OnceForm[F]):
    """What the entry of a contribution and of a claim share."""

    programme = forms.ChoiceField(label=_("Program"), choices=ProgrammeGroup.choices)
    amount = RupiahField(label=_("Rupiah"))
    paid_on = DayField(label=_("Tanggal bayar"))
    funding = forms.ModelChoiceField(
        label=_("Sumber dana"),
        queryset=FundingSource.objects.all(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )
    category = forms.ModelChoiceField(
        label=_("Kategori pekerja"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("Tidak dirinci"),
    )

    def find_same(self) -> SourcedFact | None:
        row: Any = self.build()
        return same_payment(row)
