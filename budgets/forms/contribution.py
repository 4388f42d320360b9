from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.forms.money import MoneyForm
from budgets.models import Contribution
from regions.forms.fields import MonthField


class ContributionForm(MoneyForm[Contribution]):
    fact = Contribution.fact

    first_month = MonthField(label=_("Untuk bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    last_month = MonthField(label=_("Sampai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
