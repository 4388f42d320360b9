"""Reporting months and issued packs."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet

from regions.models import ReportingMonth, User
from reports.api.columns import row_serializer
from reports.api.filters import MonthFilter, SubtreeFilter
from reports.api.table import TableView
from reports.models import Pack
from reports.selectors.listed import list_months
from reports.selectors.packs.pack import list_packs


class MonthTableFilter(filters.FilterSet):
    region = filters.CharFilter(field_name="region_id")
    under = SubtreeFilter(field_name="region__code")
    month = MonthFilter(field_name="month")
    state = filters.CharFilter(field_name="state")

    class Meta:
        model = ReportingMonth
        fields: ClassVar[list[str]] = []


class MonthList(TableView):
    """How far each reporting month is; a month of which nothing has happened stands in no row."""

    ordering = "pk"
    columns: ClassVar[dict[str, str]] = {
        name: name for name in ("id", "region", "month", "state", "closing", "changed_at", "open_until")
    }
    serializer_class = row_serializer("ReportingMonth", ReportingMonth, columns)
    filterset_class = MonthTableFilter

    def rows(self, user: User) -> QuerySet[ReportingMonth]:
        return list_months(user)


class PackFilter(filters.FilterSet):
    region = filters.CharFilter(field_name="region_id")
    under = SubtreeFilter(field_name="region__code")

    class Meta:
        model = Pack
        fields: ClassVar[list[str]] = ["document", "kind", "is_draft"]


class PackList(TableView):
    """Reports that were issued, by the code printed on their pages; drafts for those who see drafts."""

    ordering = "-pk"
    columns: ClassVar[dict[str, str]] = {
        name: name
        for name in (
            "code",
            "document",
            "region",
            "kind",
            "first_month",
            "version",
            "is_draft",
            "sha256",
            "made_at",
        )
    }
    serializer_class = row_serializer("Pack", Pack, columns)
    filterset_class = PackFilter

    def rows(self, user: User) -> QuerySet[Any]:
        return list_packs(user).select_related(None).defer(None)
