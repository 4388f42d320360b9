"""The description of the API: the document, and the page for people on which every address can be tried."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language, override
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.request import Request
from rest_framework.views import APIView


class ApiDescription(SpectacularAPIView):
    def _get_schema_response(self, request: Request) -> HttpResponse:
        renderer = request.accepted_renderer
        kind = f"{request.accepted_media_type}; charset={renderer.charset}"
        name = self._get_filename(request, None)
        language = get_language()
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        return HttpResponse(
            _document(known, renderer.format),
            content_type=kind if renderer.charset else request.accepted_media_type,
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


@cache
def _document(language: str, form: str) -> str | bytes:
    """Once in each process for a language and a form: it takes seconds, and whoever signed in may ask."""
    renderer = next(one() for one in ApiDescription.renderer_classes if one.format == form)
    with override(language):
        described = ApiDescription.generator_class().get_schema(public=True)
        return renderer.render(described, renderer_context={})


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
