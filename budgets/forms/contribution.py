from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budgets.forms.money import MoneyForm
from budgets.models import Contribution
from regions.forms.fields import MonthField, PayingInstitutionField
from regions.selectors.institution import institutions_in


class ContributionForm(MoneyForm[Contribution]):
    fact = Contribution.fact

    first_month = MonthField(label=_("Untuk bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    last_month = MonthField(label=_("Sampai bulan"), widget=forms.TextInput(attrs={"type": "month"}))
    institution = PayingInstitutionField()

    def __init__(self, *args: Any, regions: Any, row: Contribution | None = None, **kwargs: Any) -> None:
        super().__init__(*args, regions=regions, row=row, **kwargs)
        institution: Any = self.fields["institution"]
        institution.queryset = institutions_in(regions)
