from django.contrib import admin

from regions.admin import ReferenceAdmin
from reports.models import AlertRule


@admin.register(AlertRule)
class AlertRuleAdmin(ReferenceAdmin):
    list_display = ["kind", "threshold", "valid_from", "legal_source"]
    list_filter = ["kind"]
