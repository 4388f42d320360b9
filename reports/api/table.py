"""What every list of the API has in common: pages, chosen columns, order, whole as CSV, unchanged as 304."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from itertools import islice
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from regions.dead_cells import dead
from regions.models import User

# So many rows come from the database at once when all are streamed.
_CHUNK = 5_000
_BLOCK = 1_000


class CsvRenderer(BaseRenderer):
    """Only says that the whole list can be had as CSV; the rows are streamed past it."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(self, data: Any, *_args: Any, **_more: Any) -> bytes:
        return data if isinstance(data, bytes) else str(data).encode()


@method_decorator(conditional_page, name="dispatch")
class TableView(GenericAPIView):
    """A list of rows. `columns`: name → way in the model; `ordering`: the column that tells rows apart."""

    columns: ClassVar[dict[str, str]]
    ordering: ClassVar[str]
    # Whether it can be asked for as it was believed at the end of a day.
    takes_day: ClassVar[bool] = False
    renderer_classes = (JSONRenderer, CsvRenderer)

    def rows(self, user: User) -> QuerySet[Any]:
        """Those that the user may see."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        user: Any = self.request.user
        return self.rows(user)

    def get(self, request: Request, *_args: Any, **_where: Any) -> HttpResponseBase:
        rows, names = self.filter_queryset(self.get_queryset()), self._chosen(request)
        rows = rows.order_by(self.ordering)
        if request.accepted_renderer.format == CsvRenderer.format:
            return self._streamed(rows, names)
        paths = {*(self.columns[name] for name in names), self.ordering.removeprefix("-")}
        page: Any = self.paginate_queryset(rows.values(*paths))
        told = [{name: row[self.columns[name]] for name in names} for row in page]
        return self.get_paginated_response(told)

    def _chosen(self, request: Request) -> list[str]:
        asked = [one for one in request.query_params.get("fields", "").split(",") if one]
        unknown = sorted(set(asked) - set(self.columns))
        if unknown:
            raise ValidationError({"fields": f"{', '.join(unknown)}: {', '.join(self.columns)}"})
        return asked or list(self.columns)

    def _streamed(self, rows: QuerySet[Any], names: list[str]) -> HttpResponseBase:
        found = rows.values_list(*(self.columns[name] for name in names)).iterator(chunk_size=_CHUNK)
        response = StreamingHttpResponse(_blocks(names, found), content_type="text/csv; charset=utf-8")
        name = self.request.path.strip("/").rpartition("/")[2]
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response


# Codes come again row by row.
_dead = lru_cache(maxsize=4096)(dead)


def _blocks(names: list[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines, a thousand in a piece: servers send each piece by itself."""
    yield _lines([names])
    left = iter(rows)
    while block := list(islice(left, _BLOCK)):
        yield _lines([_written(value) for value in row] for row in block)


def _lines(rows: Iterable[Sequence[Any]]) -> str:
    held = StringIO()
    csv.writer(held).writerows(rows)
    return held.getvalue()


def _written(value: Any) -> Any:
    """Days and moments by ISO 8601, nothing for what is not known; no text that a spreadsheet would run."""
    if value is None or isinstance(value, (int, Decimal)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return dead(" ".join(map(str, value)))
    return _dead(value)


def told(rows: Iterable[Any]) -> Response:
    """A short list that is told whole."""
    return Response({"data": list(rows), "next": None})
