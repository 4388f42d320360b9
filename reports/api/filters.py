"""What may be asked for in the address of a list."""

from datetime import date
from typing import Any

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Field
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from regions.month import parse_month
from regions.selectors.region import in_subtree


class MonthField(Field):
    """`2026-07`."""

    def to_python(self, value: Any) -> date | None:
        if not value:
            return None
        try:
            return parse_month(str(value))
        except ValueError as error:
            raise ValidationError("YYYY-MM", code="invalid") from error


@extend_schema_field(OpenApiTypes.STR)
class MonthFilter(filters.Filter):
    field_class = MonthField


@extend_schema_field(OpenApiTypes.STR)
class SubtreeFilter(filters.CharFilter):
    """The region of this code and all below it."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(in_subtree(self.field_name or "region__code", value)) if value else qs
