"""Numbers and dates as people here read them; every face formats through these."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = int | float | Decimal

MISSING = "–"
_MINUS = "\u2212"
_NBSP = "\u00a0"


def whole(value: Number | None) -> str:
    """1528 → `1.528`; None → `–`."""
    if value is None or value == "":
        return MISSING
    rounded = _round(value, 0)
    return f"{_minus(rounded)}{_written(rounded, 0)}"


def percent(value: Number | None, digits: int = 1) -> str:
    """53 → `53,0%`, with `digits` decimals."""
    if value is None or value == "":
        return MISSING
    rounded = _round(value, digits)
    return f"{_minus(rounded)}{_written(rounded, digits)}%"


def rupiah(value: Number | None) -> str:
    """-309542340 → `−Rp309.542.340`."""
    if value is None or value == "":
        return MISSING
    rounded = _round(value, 0)
    return f"{_minus(rounded)}Rp{_written(rounded, 0)}"


def short_rupiah(value: Number | None) -> str:
    """1298347200 → `Rp1,30 miliar`; below a million in full. The full amount belongs beside it."""
    if value is None or value == "":
        return MISSING
    words = (
        (Decimal(10) ** 12, _("%(amount)s triliun")),
        (Decimal(10) ** 9, _("%(amount)s miliar")),
        (Decimal(10) ** 6, _("%(amount)s juta")),
    )
    size = abs(Decimal(value))
    for unit, word in words:
        # What rounds up to a thousand of the smaller unit is said in the greater one.
        if size >= unit - unit / 200_000:
            return f"{_minus(Decimal(value))}Rp" + word % {"amount": _written(_round(size / unit, 2), 2)}
    return rupiah(value)


def points(value: Number | None, digits: int = 1) -> str:
    """A difference of percentages: 6 → `+6,0 poin`."""
    if value is None or value == "":
        return MISSING
    rounded = _round(value, digits)
    sign = "+" if rounded > 0 else _minus(rounded)
    unit = _("poin persentase")
    return f"{sign}{_written(rounded, digits)}{_NBSP}{unit}"


def signed(value: Number | None) -> str:
    """A change of a count: 12 → `+12`."""
    if value is None or value == "":
        return MISSING
    rounded = _round(value, 0)
    return f"{'+' if rounded > 0 else _minus(rounded)}{_written(rounded, 0)}"


def signed_percent(value: Number | None) -> str:
    """A change in percent of what was: 12.3 → `+12,3%`."""
    written = percent(value)
    return f"+{written}" if value and value > 0 else written


def signed_rupiah(value: Number | None) -> str:
    """A change of an amount: 103189200 → `+Rp103.189.200`."""
    written = rupiah(value)
    return f"+{written}" if value and value > 0 else written


def svg_share(value: Number | None) -> str:
    """A percentage as a length in SVG, whatever the language: 153 → `100%`."""
    inside = min(max(Decimal(value or 0), Decimal(0)), Decimal(100))
    return f"{_round(inside, 2):f}%"


def month_name(value: date | None) -> str:
    return date_format(value, "F Y") if value else MISSING


def day_name(value: date | datetime | None) -> str:
    return date_format(value, "j F Y") if value else MISSING


def moment(value: datetime | None) -> str:
    """`22 Agustus 2024 pukul 14.02`, in the time of the installation."""
    return _moment(value, "j F Y", "H.i")


def short_moment(value: datetime | None) -> str:
    """For tables: `22 Agu 2024 pukul 14.02`."""
    return _moment(value, "j M Y", "H.i")


def exact_moment(value: datetime | None) -> str:
    """Where the order within a minute matters: `22 Agu 2024 pukul 14.02.31`."""
    return _moment(value, "j M Y", "H.i.s")


def _moment(value: datetime | None, day: str, time: str) -> str:
    if not value:
        return MISSING
    at = localtime(value)
    # English sets the parts of a time apart by colons.
    between = "." if (get_language() or "id").startswith("id") else ":"
    words = {"day": date_format(at, day), "time": date_format(at, time.replace(".", between))}
    return _("%(day)s pukul %(time)s") % words


def iso_month(value: date | None) -> str:
    return f"{value:%Y-%m}" if value else ""


def _round(value: Number, digits: int) -> Decimal:
    """Half away from zero, as people round; Django's own formatting would cut."""
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _minus(rounded: Decimal) -> str:
    return _MINUS if rounded < 0 else ""


def _written(rounded: Decimal, digits: int) -> str:
    """Without sign, with the separators of the language in use."""
    return str(number_format(abs(rounded), decimal_pos=digits, force_grouping=True))
