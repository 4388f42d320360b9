"""Django's admin for reference tables only; facts are entered through their own forms."""

from django.contrib import admin
from django.http import HttpRequest

from regions.access import scope_of
from regions.models import Institution, Office, OfficeCoverage, Region
from regions.roles import Permission


class ReferenceAdmin(admin.ModelAdmin):
    """Open to whoever may manage reference tables, instead of Django's own model permissions."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)


def _may(request: HttpRequest) -> bool:
    return scope_of(request.user).holds_anywhere(Permission.MANAGE_REFERENCE)


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "bps_code", "valid_from", "valid_until"]
    list_filter = ["level", "kind"]
    search_fields = ["code", "name"]
    raw_id_fields = ["parent", "replaced_by"]


class CoverageInline(admin.TabularInline):
    model = OfficeCoverage
    raw_id_fields = ["region"]
    extra = 0


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "parent"]
    inlines = [CoverageInline]


@admin.register(Institution)
class InstitutionAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "region"]
    raw_id_fields = ["region"]
    search_fields = ["name"]
