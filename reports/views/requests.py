from datetime import date

from django.http import Http404, HttpRequest

from regions.month import parse_month


def period_of(request: HttpRequest) -> date | None:
    """The month asked for in the address, None when none is. An unreadable one is not found."""
    text = request.GET.get("periode", "")
    if not text:
        return None
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404(text) from error
