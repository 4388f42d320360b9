from typing import Any

from django import forms
from django.contrib import admin

from participants.models import Category, FundingSource, HintLimit, OverlapAllowance
from regions.admin import ReferenceAdmin


@admin.register(Category)
class CategoryAdmin(ReferenceAdmin):
    list_display = ["code", "name", "segment", "is_vulnerable", "is_fixed_term", "owner"]
    search_fields = ["code", "name"]


@admin.register(FundingSource)
class FundingSourceAdmin(ReferenceAdmin):
    list_display = ["code", "name", "payer", "is_government", "precedence", "valid_from", "valid_until"]


class OverlapAllowanceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The pair in either order: the table keeps it in the order of the codes."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        pair = [one for one in (cleaned.get("first"), cleaned.get("second")) if one]
        if len(pair) == 2:
            cleaned["first"], cleaned["second"] = sorted(pair, key=lambda category: category.pk)
        return cleaned


@admin.register(OverlapAllowance)
class OverlapAllowanceAdmin(ReferenceAdmin):
    form = OverlapAllowanceForm
    list_display = ["first", "second", "reason"]
    list_select_related = ["first", "second"]


@admin.register(HintLimit)
class HintLimitAdmin(ReferenceAdmin):
    list_display = ["valid_from", "jump_percent", "deviations", "fewest", "fewest_people"]
