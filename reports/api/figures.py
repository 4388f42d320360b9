"""What was computed: values of measures, runs, and what others published."""

from typing import Any, ClassVar

import django_filters as filters
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from regions.models import User
from reports.api.columns import row_serializer
from reports.api.filters import MonthFilter, SubtreeFilter
from reports.api.sdmx import SDMX, sdmx_columns, sdmx_row
from reports.api.table import TableView
from reports.api.table_files import SdmxRenderer, csv_blocks
from reports.models import MeasureValue, PublishedFigure, Run
from reports.selectors.listed import list_published, list_told_runs, list_told_values
from reports.views.requests import per_of


class ValueFilter(filters.FilterSet):
    region = filters.CharFilter(field_name="run__region_id", help_text="This region alone.")
    under = SubtreeFilter(field_name="run__region__code", help_text="This region and all below it.")
    level = filters.NumberFilter(field_name="run__region__level")
    period = MonthFilter(field_name="run__period", help_text="YYYY-MM")
    period_from = MonthFilter(field_name="run__period", lookup_expr="gte")
    period_to = MonthFilter(field_name="run__period", lookup_expr="lte")

    class Meta:
        model = MeasureValue
        fields: ClassVar[list[str]] = ["measure", "segment", "category", "funding", "target", "variant"]


class ValueList(TableView):
    """Values of measures that stand now, or stood at the end of the day `per`.

    Leaders are told of closed months. As CSV all of them are streamed.
    """

    ordering = "pk"
    takes_day = True
    renderer_classes: Any = (*TableView.renderer_classes, SdmxRenderer)
    columns: ClassVar[dict[str, str]] = {
        "region": "run__region",
        "period": "run__period",
        "measure": "measure",
        "segment": "segment",
        "category": "category",
        "funding": "funding",
        "target": "target",
        "variant": "variant",
        "numerator": "numerator",
        "denominator": "denominator",
        "rate": "rate",
        "reported": "reported",
        "expected": "expected",
        "grade": "grade",
        "missing": "missing",
        "partial": "partial",
        "definition": "definition",
        "run": "run",
        "computed_at": "run__computed_at",
        "closing": "run__closing",
    }
    serializer_class = row_serializer("Value", MeasureValue, columns)
    filterset_class = ValueFilter

    def rows(self, user: User) -> QuerySet[MeasureValue]:
        return list_told_values(user, per_of(self.request))

    def as_sdmx(self, rows: QuerySet[MeasureValue]) -> HttpResponseBase:
        names, paths = sdmx_columns()
        found = rows.values_list(*paths).iterator(chunk_size=5_000)
        answer = StreamingHttpResponse(csv_blocks(names, map(sdmx_row, found)), content_type=SDMX)
        answer["Content-Disposition"] = 'attachment; filename="values.csv"'
        return answer


class RunFilter(filters.FilterSet):
    region = filters.CharFilter(field_name="region_id")
    under = SubtreeFilter(field_name="region__code")
    period = MonthFilter(field_name="period")

    class Meta:
        model = Run
        fields: ClassVar[list[str]] = []


class RunList(TableView):
    """Computations that stand: when, by which version, from which inputs, with which closing."""

    ordering = "pk"
    takes_day = True
    columns: ClassVar[dict[str, str]] = {
        "id": "id",
        "region": "region",
        "period": "period",
        "code_version": "code_version",
        "inputs_hash": "inputs_hash",
        "computed_at": "computed_at",
        "milliseconds": "milliseconds",
        "closing": "closing",
        "moved_at": "moved_at",
    }
    serializer_class = row_serializer("Run", Run, columns)
    filterset_class = RunFilter

    def rows(self, user: User) -> QuerySet[Run]:
        return list_told_runs(user, per_of(self.request))


class PublishedFilter(filters.FilterSet):
    region = filters.CharFilter(field_name="region_id")
    under = SubtreeFilter(field_name="region__code")

    class Meta:
        model = PublishedFigure
        fields: ClassVar[list[str]] = ["figure"]


class PublishedList(TableView):
    """What others said a figure was, as they said it."""

    ordering = "pk"
    columns: ClassVar[dict[str, str]] = {
        name: name
        for name in (
            *("id", "region", "as_of", "figure", "value", "unit", "basis", "source", "source_url", "note"),
        )
    }
    serializer_class = row_serializer("PublishedFigure", PublishedFigure, columns)
    filterset_class = PublishedFilter

    def rows(self, user: User) -> QuerySet[Any]:
        return list_published(user)
