from django.contrib import admin

from regions.admin import ReferenceAdmin
from reports.models import CoverageDefinition


@admin.register(CoverageDefinition)
class CoverageDefinitionAdmin(ReferenceAdmin):
    list_display = ["code", "label", "valid_from"]
