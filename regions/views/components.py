from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def components(request: HttpRequest) -> HttpResponse:
    """Every building block of the pages with sample values."""
    return render(request, "regions/components_page.html")
