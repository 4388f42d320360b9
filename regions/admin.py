"""Django's admin for reference tables only; facts are entered through their own forms."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from regions.access import scope_of, within, within_codes
from regions.enums import Verb
from regions.models import Institution, MonthRule, Office, OfficeCoverage, Region, User
from regions.models.region import NATION
from regions.month import first_of
from regions.roles import Permission
from regions.selectors.reach import offices_wholly_within
from regions.services.act import counted_months, record_act
from regions.services.fact_act import pairs_in_act

_MANAGE = Permission.MANAGE_REFERENCE


def manages_nation(request: HttpRequest) -> bool:
    return scope_of(request.user).holds(_MANAGE, NATION)


class ReferencePermissions:
    """Tables that hold everywhere: open to the administrator of the nation, not by Django's permissions."""

    def may(self, request: HttpRequest, obj: object = None) -> bool:
        return manages_nation(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.may(request, obj)


def _actor(request: HttpRequest) -> User | None:
    """The admin lets nobody in who is not signed in."""
    return request.user if isinstance(request.user, User) else None


class ReferenceAdmin(ReferencePermissions, admin.ModelAdmin):  # type: ignore[type-arg]
    """A reference table; every change of it stands in the ledger."""

    formfield_overrides: ClassVar[Any] = {models.URLField: {"assume_scheme": "https"}}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        verb = Verb.CORRECTED if change else Verb.RECORDED
        detail = {"changed": _changed(form), **self.counted(obj, form.initial)}
        record_act(by=_actor(request), verb=verb, subject=_subject(obj), detail=detail, **self.placed(obj))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        subject, detail = _subject(obj), {"deleted": True, **self.counted(obj, {})}
        placed = self.placed(obj)
        super().delete_model(request, obj)
        record_act(by=_actor(request), verb=Verb.CORRECTED, subject=subject, detail=detail, **placed)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Row by row: each stands in the ledger, and what hangs on it is told."""
        for row in queryset:
            self.delete_model(request, row)

    def counted(self, obj: Any, before: dict[str, Any]) -> dict[str, Any]:
        """For the ledger: for which months the change counts, where figures hang on the table."""
        return {}

    def placed(self, obj: Any) -> dict[str, Any]:
        """For the ledger: the region of a row that has one."""
        return {}


def _changed(form: Any) -> dict[str, list[str]]:
    """Column → what the form came with and what it was sent with."""
    sent = getattr(form, "cleaned_data", {})
    pairs = ((name, form.initial.get(name), sent.get(name)) for name in form.changed_data)
    return pairs_in_act((name, _key(old), _key(new)) for name, old, new in pairs)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def counted_since_its_day(obj: Any, before: dict[str, Any]) -> dict[str, Any]:
    """Of a row in force from a day on: from the earlier of what that day was and is."""
    first = first_of(min(before.get("valid_from") or obj.valid_from, obj.valid_from))
    return {"counted_months": counted_months([(first, None)])}


def _subject(obj: Any) -> str:
    return f"{obj._meta.verbose_name} {obj.pk}"


class OwnChoices:
    """Regions and offices to choose from are the person's own, in lists, look-ups and what is sent alike."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.related_model is Region:
            kwargs["queryset"] = Region.objects.filter(own_regions(request, "code"))
        elif db_field.related_model is Office:
            kwargs["queryset"] = Office.objects.filter(own_offices(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


def own_regions(request: HttpRequest, column: str) -> Q:
    return within_codes(request.user, column=column, permission=_MANAGE)


def own_offices(request: HttpRequest) -> Q:
    """All that the office serves, or ever served, lies where the person manages reference tables."""
    if not isinstance(request.user, User):
        return Q(pk__in=[])
    return Q(code__in=offices_wholly_within(request.user, _MANAGE))


class RegionalAdmin(OwnChoices, ReferenceAdmin):
    """A table whose rows belong to a region: open for the rows of one's own regions, and for no other."""

    # What ties a row to what lies above it: set by those above.
    fixed_fields: ClassVar[tuple[str, ...]] = ()

    def rows_of(self, request: HttpRequest) -> Q:
        return within(request.user, permission=_MANAGE)

    def may(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None or obj.pk is None:
            return scope_of(request.user).holds_anywhere(_MANAGE)
        rows = self.model._default_manager.filter(self.rows_of(request), pk=obj.pk)
        return bool(rows.exists())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(self.rows_of(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = () if obj is None or manages_nation(request) else self.fixed_fields
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whatever was sent: what is stored in the end is one's own. Otherwise nothing is."""
        super().save_related(request, form, formsets, change)
        if not self.may(request, form.instance):
            raise PermissionDenied

    def placed(self, obj: Any) -> dict[str, Any]:
        return {"region_code": obj.region_id}


@admin.register(Region)
class RegionAdmin(RegionalAdmin):
    list_display = ["code", "name", "kind", "bps_code", "valid_from", "valid_until"]
    list_filter = ["level", "kind"]
    search_fields = ["code", "name"]
    raw_id_fields = ["parent", "replaced_by"]
    # From when to when a region exists decides which children are counted.
    fixed_fields = ("code", "level", "kind", "parent", "valid_from", "valid_until", "replaced_by")

    def rows_of(self, request: HttpRequest) -> Q:
        return own_regions(request, "code")

    def placed(self, obj: Any) -> dict[str, Any]:
        return {"region_code": obj.code}


class CoverageFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """An office that serves no region belongs to nobody's regions but the nation's."""

    manages_nation = False

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if form.cleaned_data.get("region") and not form.cleaned_data.get("DELETE")
        ]
        if not kept and not self.manages_nation:
            raise ValidationError(_("Isi sedikitnya satu wilayah kerja di wilayah Anda."))


class CoverageInline(OwnChoices, ReferencePermissions, admin.TabularInline):  # type: ignore[type-arg]
    model = OfficeCoverage
    formset = CoverageFormSet
    raw_id_fields = ["region"]
    extra = 0

    def may(self, request: HttpRequest, obj: object = None) -> bool:
        """The office was judged before its rows are shown."""
        return scope_of(request.user).holds_anywhere(_MANAGE)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.manages_nation = manages_nation(request)  # type: ignore[attr-defined]
        return formset


@admin.register(Office)
class OfficeAdmin(RegionalAdmin):
    list_display = ["code", "name", "kind", "parent"]
    inlines = [CoverageInline]
    fixed_fields = ("code", "parent")

    def rows_of(self, request: HttpRequest) -> Q:
        return own_offices(request)

    def placed(self, obj: Any) -> dict[str, Any]:
        return {}


@admin.register(MonthRule)
class MonthRuleAdmin(RegionalAdmin):
    list_display = ["region", "first_month", "due_days", "lock_days", "return_days", "separate_closer"]
    raw_id_fields = ["region"]
    # Steps have a page of their own, which shows what they change.
    exclude = ["steps"]


@admin.register(Institution)
class InstitutionAdmin(RegionalAdmin):
    list_display = ["code", "name", "kind", "region", "valid_until"]
    raw_id_fields = ["region"]
    search_fields = ["name"]
    fixed_fields = ("code",)
