"""How views describe themselves in OpenAPI: refusals, chosen columns, the whole list as CSV."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from reports.api.problem import PROBLEM_STATUSES, ProblemRenderer
from reports.api.table import TableView
from reports.api.table_files import CsvRenderer, FileRenderer, SdmxRenderer

ERRORS = inline_serializer(
    "ProblemPart",
    {
        "pointer": serializers.CharField(help_text="JSON pointer into the request, RFC 6901."),
        "code": serializers.CharField(),
        "message": serializers.CharField(help_text="In Indonesian."),
        "message_en": serializers.CharField(required=False),
    },
    many=True,
    required=False,
)
PROBLEM = inline_serializer(
    "Problem",
    {
        "type": serializers.CharField(),
        "status": serializers.IntegerField(),
        "title": serializers.CharField(help_text="In Indonesian."),
        "title_en": serializers.CharField(),
        "detail": serializers.CharField(required=False),
        "number": serializers.CharField(required=False, help_text="Under which the log tells more."),
        "errors": ERRORS,
    },
)
_BINARY = {"type": "string", "format": "binary"}
CHOSEN_COLUMNS = OpenApiParameter("fields", str, description="Only these columns, separated by commas.")

PER = OpenApiParameter("per", str, description="As believed at the end of this day, YYYY-MM-DD.")


def _ordering(view: TableView) -> OpenApiParameter:
    names = view.sortable()
    return OpenApiParameter(
        "ordering",
        str,
        enum=[*names, *(f"-{name}" for name in names)],
        description="By this column; with a minus from the end.",
    )


class ApiSchema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        if not isinstance(self.view, TableView):
            return []
        found = [CHOSEN_COLUMNS, _ordering(self.view)]
        return [*found, PER] if self.view.takes_day else found

    def _is_list_view(self, serializer: Any = None) -> bool:
        return isinstance(self.view, TableView) or bool(super()._is_list_view(serializer))

    def get_operation_id(self) -> str:
        """`regions_list`, `facts_headcount_list`."""
        if isinstance(self.view, TableView):
            place = self.path.removeprefix("/api/v1/").strip("/")
            return f"{place.replace('/', '_').replace('-', '_')}_list"
        return str(super().get_operation_id())

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        """Every address may refuse; a list may be asked for as CSV."""
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in PROBLEM_STATUSES:
            bodies.setdefault(
                str(status),
                self._get_response_for_code(
                    OpenApiResponse(PROBLEM), str(status), [ProblemRenderer.media_type], direction
                ),
            )
        if isinstance(self.view, TableView) and "200" in bodies:
            for renderer in self.view.renderer_classes:
                if not issubclass(renderer, FileRenderer):
                    continue
                shape = {"type": "string"} if renderer in {CsvRenderer, SdmxRenderer} else _BINARY
                bodies["200"]["content"][renderer.media_type] = {"schema": shape}
        return bodies
