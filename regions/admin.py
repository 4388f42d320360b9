"""Django's admin for reference tables only; facts are entered through their own forms."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from regions.access import scope_of
from regions.enums import Verb
from regions.models import Institution, MonthRule, Office, OfficeCoverage, Region, User
from regions.month import first_of
from regions.roles import Permission
from regions.services.act import counted_months, record_act


class ReferencePermissions:
    """Open to those who may manage reference tables, instead of Django's own model permissions."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return _may(request)


def _actor(request: HttpRequest) -> User | None:
    """The admin lets nobody in who is not signed in."""
    return request.user if isinstance(request.user, User) else None


class ReferenceAdmin(ReferencePermissions, admin.ModelAdmin):  # type: ignore[type-arg]
    """A reference table; every change of it stands in the ledger."""

    formfield_overrides: ClassVar[Any] = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        verb = Verb.CORRECTED if change else Verb.RECORDED
        detail = {"changed": form.changed_data, **self.counted(obj, form.initial)}
        record_act(by=_actor(request), verb=verb, subject=_subject(obj), detail=detail)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        subject, detail = _subject(obj), {"deleted": True, **self.counted(obj, {})}
        super().delete_model(request, obj)
        record_act(by=_actor(request), verb=Verb.CORRECTED, subject=subject, detail=detail)

    def counted(self, obj: Any, before: dict[str, Any]) -> dict[str, Any]:
        """For the ledger: for which months the change counts, where figures hang on the table."""
        return {}


def counted_since_its_day(obj: Any, before: dict[str, Any]) -> dict[str, Any]:
    """Of a row in force from a day on: from the earlier of what that day was and is."""
    first = first_of(min(before.get("valid_from") or obj.valid_from, obj.valid_from))
    return {"counted_months": counted_months([(first, None)])}


def _subject(obj: Any) -> str:
    return f"{obj._meta.verbose_name} {obj.pk}"


def _may(request: HttpRequest) -> bool:
    return scope_of(request.user).holds_anywhere(Permission.MANAGE_REFERENCE)


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "bps_code", "valid_from", "valid_until"]
    list_filter = ["level", "kind"]
    search_fields = ["code", "name"]
    raw_id_fields = ["parent", "replaced_by"]


class CoverageInline(ReferencePermissions, admin.TabularInline):  # type: ignore[type-arg]
    model = OfficeCoverage
    raw_id_fields = ["region"]
    extra = 0


@admin.register(Office)
class OfficeAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "parent"]
    inlines = [CoverageInline]


@admin.register(MonthRule)
class MonthRuleAdmin(ReferenceAdmin):
    list_display = ["region", "first_month", "due_days", "lock_days", "return_days", "separate_closer"]
    raw_id_fields = ["region"]


@admin.register(Institution)
class InstitutionAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "region"]
    raw_id_fields = ["region"]
    search_fields = ["name"]
