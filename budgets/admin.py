from django.contrib import admin

from budgets.models import Benefit, ContributionRate, ContributionRelief, MembershipRule
from regions.admin import ReferenceAdmin


@admin.register(ContributionRate)
class ContributionRateAdmin(ReferenceAdmin):
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
class ContributionReliefAdmin(ReferenceAdmin):
    list_display = ["segment", "programme", "sector", "percent_off", "valid_from", "valid_until"]


@admin.register(Benefit)
class BenefitAdmin(ReferenceAdmin):
    list_display = ["programme", "segment", "name", "rupiah", "wage_multiple", "valid_from", "valid_until"]
    list_filter = ["programme", "segment"]


@admin.register(MembershipRule)
class MembershipRuleAdmin(ReferenceAdmin):
    list_display = ["code", "segment", "months", "valid_from", "valid_until"]
