"""Ratios of money: whole rupiah and people in, Decimal out, None where nothing can be said."""

from decimal import ROUND_HALF_UP, Decimal

_HUNDREDTH = Decimal("0.01")
_TENTH = Decimal("0.1")


def share_percent(part: int, whole: int | None) -> Decimal | None:
    """1,493,319,120 of 2,239,339,680 → 66.69. Nothing of a missing or empty whole."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def months_of_cover(*, ceiling: int, paid: int, people: int, rate: int | None) -> Decimal | None:
    """For how many months what is left of the money pays for the present number of people."""
    if not rate or people <= 0:
        return None
    left = Decimal(ceiling - paid)
    return (left / (people * rate)).quantize(_TENTH, rounding=ROUND_HALF_UP)


def cost_per_gain(paid: int, gained: int | Decimal) -> Decimal | None:
    """Rupiah per newly covered worker or per point of coverage; nothing was gained, nothing is said."""
    if gained <= 0:
        return None
    return (Decimal(paid) / gained).quantize(Decimal(1), rounding=ROUND_HALF_UP)
