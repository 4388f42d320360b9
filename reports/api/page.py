"""The description of the API for people: one page that tries every address, without a host but this one."""

from typing import Any

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.response import Response


class ApiPage(SpectacularSwaggerSplitView):
    """Its style stands in a file, as the content security policy asks."""

    url_name = "api_schema"
    template_name = "reports/api_page.html"
    title = "Jamsostek Monitor API"

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        answer: Response = super().get(request, *args, **kwargs)
        return answer
