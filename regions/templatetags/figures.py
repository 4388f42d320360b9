"""Numbers and dates as people here read them; every face formats through these."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format

register = template.Library()

MISSING = "–"
_MINUS = "\u2212"
_NBSP = "\u00a0"


@register.filter
def whole(value: int | Decimal | None) -> str:
    """1528 → `1.528`; None → `–`."""
    if value is None or value == "":
        return MISSING
    return _with_minus(number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True))


@register.filter
def percent(value: Decimal | None, digits: int = 1) -> str:
    """53 → `53,0 %`, with `digits` decimals."""
    if value is None or value == "":
        return MISSING
    return f"{_decimal(value, digits)}{_NBSP}%"


@register.filter
def rupiah(value: int | None) -> str:
    """-309542340 → `−Rp 309.542.340`."""
    if value is None or value == "":
        return MISSING
    sign = _MINUS if value < 0 else ""
    return f"{sign}Rp{_NBSP}{number_format(abs(value), decimal_pos=0, force_grouping=True)}"


@register.filter
def points(value: Decimal | None, digits: int = 1) -> str:
    """A difference of percentages: 6 → `+6,0 poin`."""
    if value is None or value == "":
        return MISSING
    plus = "+" if value > 0 else ""
    return f"{plus}{_decimal(value, digits)}{_NBSP}poin"


@register.filter
def signed(value: int | None) -> str:
    if value is None or value == "":
        return MISSING
    return f"+{whole(value)}" if value > 0 else whole(value)


@register.filter
def month_name(value: date | None) -> str:
    return date_format(value, "F Y") if value else MISSING


@register.filter
def day_name(value: date | datetime | None) -> str:
    return date_format(value, "j F Y") if value else MISSING


@register.filter
def iso_month(value: date | None) -> str:
    return f"{value:%Y-%m}" if value else ""


def _decimal(value: Decimal, digits: int) -> str:
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-digits), rounding="ROUND_HALF_UP")
    return _with_minus(number_format(rounded, decimal_pos=digits, force_grouping=True))


def _with_minus(text: str) -> str:
    return text.replace("-", _MINUS, 1)
