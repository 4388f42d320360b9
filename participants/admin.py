from django.contrib import admin

from participants.models import Category, FundingSource
from regions.admin import ReferenceAdmin


@admin.register(Category)
class CategoryAdmin(ReferenceAdmin):
    list_display = ["code", "name", "segment", "is_vulnerable", "is_fixed_term", "owner"]
    search_fields = ["code", "name"]


@admin.register(FundingSource)
class FundingSourceAdmin(ReferenceAdmin):
    list_display = ["code", "name", "payer", "is_government", "valid_from", "valid_until"]
