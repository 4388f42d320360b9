"""The description of the API for people: one page that tries every address, without a host but this one."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.views import APIView


class ApiPage(SpectacularSwaggerSplitView):
    """Its style stands in a file, as the content security policy asks."""

    url_name = "api_schema"
    template_name = "reports/api_page.html"
    title = "Jamsostek Monitor API"


@extend_schema(exclude=True)
class NothingHere(APIView):
    """Whatever else is asked for under this version, answered in the words of the API."""

    def initial(self, request: Request, *args: Any, **where: Any) -> None:
        super().initial(request, *args, **where)
        raise Http404
