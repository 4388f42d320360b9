from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from regions.admin import ReferenceAdmin, counted_since_its_day
from reports.models import AlertRule, CoverageDefinition
from reports.services.definition import note_definition_change


@admin.register(CoverageDefinition)
class CoverageDefinitionAdmin(ReferenceAdmin):
    list_display = ["code", "label", "valid_from"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        before = form.initial.get("valid_from") or obj.valid_from
        super().save_model(request, obj, form, change)
        note_definition_change(since=min(before, obj.valid_from))

    def counted(self, obj: Any, before: dict[str, Any]) -> dict[str, Any]:
        return counted_since_its_day(obj, before)


@admin.register(AlertRule)
class AlertRuleAdmin(ReferenceAdmin):
    list_display = ["kind", "threshold", "valid_from", "legal_source"]
    list_filter = ["kind"]
