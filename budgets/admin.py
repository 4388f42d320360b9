from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from budgets.models import Benefit, ContributionRate, ContributionRelief, MembershipRule
from budgets.services.tariff import note_tariff_change
from regions.admin import ReferenceAdmin, counted_since_its_day


class TariffAdmin(ReferenceAdmin):
    """A row that prices hang on: what was computed with it is computed anew."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = form.initial.get("valid_from") or obj.valid_from
        super().save_model(request, obj, form, change)
        note_tariff_change(since=min(before, obj.valid_from))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        since = obj.valid_from
        super().delete_model(request, obj)
        note_tariff_change(since=since)

    def counted(self, obj: Any, before: dict[str, Any]) -> dict[str, Any]:
        return counted_since_its_day(obj, before)


@admin.register(ContributionRate)
class ContributionRateAdmin(TariffAdmin):
    list_display = [
        "segment",
        "programme",
        "base",
        "risk_class",
        "percent",
        "rupiah",
        "valid_from",
        "valid_until",
        "legal_source",
    ]
    list_filter = ["segment", "programme", "base"]


@admin.register(ContributionRelief)
class ContributionReliefAdmin(TariffAdmin):
    list_display = ["segment", "programme", "sector", "percent_off", "valid_from", "valid_until"]


@admin.register(Benefit)
class BenefitAdmin(ReferenceAdmin):
    list_display = ["programme", "segment", "name", "rupiah", "wage_multiple", "valid_from", "valid_until"]
    list_filter = ["programme", "segment"]


@admin.register(MembershipRule)
class MembershipRuleAdmin(ReferenceAdmin):
    list_display = ["code", "segment", "months", "day", "valid_from", "valid_until"]
