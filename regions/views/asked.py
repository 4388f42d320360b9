"""What an address asks for."""

import re
from datetime import date

from django.http import Http404

from regions.month import YEARS, parse_month

_FOUR_DIGITS = re.compile(r"[0-9]{4}")


def month_of(text: str) -> date:
    """An unreadable month is not found."""
    try:
        return parse_month(text)
    except ValueError as error:
        raise Http404(text) from error


def year_of(text: str) -> int | None:
    """None where no year that is reported on is asked for."""
    return int(text) if _FOUR_DIGITS.fullmatch(text) and int(text) in YEARS else None
