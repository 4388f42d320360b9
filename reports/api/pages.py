"""Lists of the API, page by page: `data` and the address of the next page."""

from typing import Any

from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class CursorPages(CursorPagination):
    """A page keeps its place while rows come and go; how many there are in all is not counted."""

    page_size = 100
    max_page_size = 1000
    page_size_query_param = "limit"
    cursor_query_param = "cursor"

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        return view.order() if hasattr(view, "order") else (view.ordering,)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"data": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["data", "next"],
            "properties": {
                "data": schema,
                "next": {"type": "string", "format": "uri", "nullable": True},
            },
        }
