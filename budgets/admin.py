from typing import Any

from django import forms
from django.contrib import admin

from budgets.models import ContributionRate
from participants.enums import Coverage
from regions.admin import ReferenceAdmin


class ContributionRateForm(forms.ModelForm):
    programmes = forms.MultipleChoiceField(
        label=ContributionRate._meta.get_field("programmes").verbose_name,
        choices=Coverage.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_programmes(self) -> list[Any]:
        return sorted(self.cleaned_data["programmes"])


@admin.register(ContributionRate)
class ContributionRateAdmin(ReferenceAdmin):
    form = ContributionRateForm
    list_display = ["segment", "programmes", "monthly_rupiah", "valid_from", "valid_until", "legal_source"]
    list_filter = ["segment"]
