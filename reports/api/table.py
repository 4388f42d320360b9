"""What every list of the API has in common: pages, chosen columns, whole as a file, unchanged as 304."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.exceptions import NotAcceptable, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from regions.models import User
from reports.api.asked import KnownAsked, chosen_columns
from reports.api.columns import field_at, has_order
from reports.api.table_files import (
    FILE_RENDERERS,
    CsvRenderer,
    FileRenderer,
    SdmxRenderer,
    WorkbookRenderer,
    csv_blocks,
    parquet,
    workbook,
)

# So many rows come from the database at once when all are streamed.
_CHUNK = 5_000


@method_decorator(conditional_page, name="dispatch")
class TableView(KnownAsked, GenericAPIView):
    """A list of rows. `columns`: name → way in the model; `ordering`: the column that tells rows apart."""

    columns: ClassVar[dict[str, str]]
    ordering: ClassVar[str]
    # Whether it can be asked for as it was believed at the end of a day.
    takes_day: ClassVar[bool] = False
    renderer_classes: Any = (JSONRenderer, *FILE_RENDERERS)

    def rows(self, user: User) -> QuerySet[Any]:
        """Those that the user may see."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        user: Any = self.request.user
        return self.rows(user)

    def get(self, request: Request, *_args: Any, **_where: Any) -> HttpResponseBase:
        rows, names = self.filter_queryset(self.get_queryset()), chosen_columns(request, self.columns)
        rows = rows.order_by(*self.order())
        if isinstance(request.accepted_renderer, FileRenderer):
            return self._as_file(rows, names, request.accepted_renderer)
        paths = {*(self.columns[name] for name in names), *(one.removeprefix("-") for one in self.order())}
        page: Any = self.paginate_queryset(rows.values(*paths))
        told = [{name: row[self.columns[name]] for name in names} for row in page]
        return self.get_paginated_response(told)

    def order(self) -> tuple[str, ...]:
        """As `ordering=` asks, rows that are equal in that by what tells them apart."""
        asked = self.request.query_params.get("ordering", "")
        if not asked:
            return (self.ordering,)
        sign, name = ("-", asked[1:]) if asked.startswith("-") else ("", asked)
        if name not in self.sortable():
            raise ValidationError({"ordering": ", ".join(self.sortable())})
        return tuple(
            dict.fromkeys((f"{sign}{self.columns[name]}", f"{sign}{self.ordering.removeprefix('-')}"))
        )

    @classmethod
    def sortable(cls) -> list[str]:
        """Columns that every row has and that have an order."""
        model = cls.serializer_class.model  # type: ignore[union-attr]
        return [name for name, path in cls.columns.items() if has_order(model, path)]

    def known(self, method: str) -> set[str]:
        if method not in {"GET", "HEAD"}:
            return super().known(method)
        filters = getattr(self, "filterset_class", None)
        known = {"limit", "cursor", "fields", "ordering", *(filters.base_filters if filters else ())}
        return known | {"per"} if self.takes_day else known

    def _as_file(self, rows: QuerySet[Any], names: list[str], renderer: FileRenderer) -> HttpResponseBase:
        """The whole list, however long: rows come from the database as they are written."""
        paths = [self.columns[name] for name in names]
        found = rows.values_list(*paths).iterator(chunk_size=_CHUNK)
        answer: StreamingHttpResponse | FileResponse
        if isinstance(renderer, SdmxRenderer):
            return self.as_sdmx(rows)
        if renderer.format == CsvRenderer.format:
            answer = StreamingHttpResponse(csv_blocks(names, found), content_type="text/csv; charset=utf-8")
        elif renderer.format == WorkbookRenderer.format:
            answer = FileResponse(workbook(names, found), content_type=renderer.media_type)
        else:
            kinds = [kind_of(field_at(rows.model, path)) for path in paths]
            answer = FileResponse(parquet(names, kinds, found), content_type=renderer.media_type)
        name = self.request.path.strip("/").rpartition("/")[2]
        answer["Content-Disposition"] = f'attachment; filename="{name}.{renderer.format}"'
        return answer

    def as_sdmx(self, rows: QuerySet[Any]) -> HttpResponseBase:
        """Only lists of values say how they are written as SDMX."""
        raise NotAcceptable


def kind_of(field: Any) -> str:
    """What a column of the database is in a data frame."""
    return _KINDS.get(type(getattr(field, "output_field", field)), "string")


_KINDS: dict[type[Any], str] = {
    models.BooleanField: "boolean",
    models.DateField: "datetime64[ns]",
    models.DateTimeField: "datetime64[ns]",
    models.DecimalField: "float64",
    models.FloatField: "float64",
    **dict.fromkeys(
        (
            *(models.IntegerField, models.BigIntegerField, models.PositiveIntegerField),
            *(models.PositiveSmallIntegerField, models.SmallIntegerField, models.BigAutoField),
            *(models.PositiveBigIntegerField, models.AutoField),
        ),
        "Int64",
    ),
}


def told(rows: Iterable[Any]) -> Response:
    """A short list that is told whole."""
    return Response({"data": list(rows), "next": None})
