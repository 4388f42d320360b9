"""What may be asked for in the address of a list."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from regions.forms.fields import MonthField
from regions.selectors.region import in_subtree


@extend_schema_field(OpenApiTypes.STR)
class MonthFilter(filters.Filter):
    """`2026-07`."""

    field_class = MonthField


@extend_schema_field(OpenApiTypes.STR)
class SubtreeFilter(filters.CharFilter):
    """The region of this code and all below it."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(in_subtree(self.field_name or "region__code", value)) if value else qs
