"""The description of the API for people: one page that tries every address, without a host but this one."""

from drf_spectacular.views import SpectacularSwaggerSplitView


class ApiPage(SpectacularSwaggerSplitView):
    """Its style stands in a file, as the content security policy asks."""

    url_name = "api_schema"
    template_name = "reports/api_page.html"
    title = "Jamsostek Monitor API"
