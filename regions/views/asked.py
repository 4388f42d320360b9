"""What an address asks for."""

from datetime import date

from django.http import Http404

from regions.month import parse_month


def month_of(text: str) -> date:
    """An unreadable month is not found."""
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404(text) from error
