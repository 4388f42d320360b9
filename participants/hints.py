"""What is odd about a figure beside those before it: hints in words, and the question that a jump raises.

Hints warn and never refuse. A question is answered before the figure is stored or its month is complete.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.formats import month_name
from regions.month import add_months
from regions.number import grouped

RANGE_MONTHS = 24
OUTLIER_MONTHS = 12
# A jump is one beside the newest figure of so many months before.
QUESTION_MONTHS = 12
# Makes the MAD of a normal distribution its standard deviation.
_MAD_SCALE = Fraction(14826, 10000)


@dataclass(frozen=True)
class Limits:
    """From when on a figure is remarked on; rows of HintLimit override these, which hold without any."""

    jump_percent: int = 20
    deviations: Decimal = Decimal("3.5")
    # With fewer months before it nothing is said of extremes and of what is usual.
    fewest: int = 6
    # Jumps of fewer people than these raise no question.
    fewest_people: int = 10


def hints_of(value: int, month: date, past: Mapping[date, int], limits: Limits) -> list[str]:
    """Sentences on a month's figure. `past` may hold any months; those not before `month` are ignored."""
    before = {at: number for at, number in past.items() if at < month}
    jump, outlier = _oddities(value, month, before, limits)
    found = [jump, _extreme(value, _within(before, month, RANGE_MONTHS), limits), outlier]
    return [sentence for sentence in found if sentence]


def oddities_of(value: int, month: date, past: Mapping[date, int], limits: Limits) -> list[str]:
    """Of the hints those for whoever checks a month: a number that only grew is the highest every month."""
    before = {at: number for at, number in past.items() if at < month}
    return [sentence for sentence in _oddities(value, month, before, limits) if sentence]


def _oddities(value: int, month: date, before: Mapping[date, int], limits: Limits) -> tuple[str, str]:
    return (
        _jump(value, before.get(add_months(month, -1)), limits),
        _outlier(value, _within(before, month, OUTLIER_MONTHS), limits),
    )


def question_of(value: int, month: date, past: Mapping[date, int], limits: Limits) -> str:
    """What makes a figure look like a slip of the hand; empty where nothing has to be answered."""
    before = {at: number for at, number in _within(past, month, QUESTION_MONTHS).items() if at < month}
    if not before:
        return ""
    newest = max(before)
    if abs(value - before[newest]) < limits.fewest_people:
        return ""
    return _jump(value, before[newest], limits, "" if newest == add_months(month, -1) else month_name(newest))


def is_outlier(value: int, past: Iterable[int], limits: Limits) -> bool:
    """|value − median| > deviations × 1.4826 × MAD of those before; never where the MAD is 0."""
    numbers = list(past)
    if len(numbers) < limits.fewest:
        return False
    middle = median(numbers)
    spread = median([abs(number - middle) for number in numbers])
    return spread > 0 and abs(value - middle) > Fraction(limits.deviations) * _MAD_SCALE * spread


def median(numbers: Iterable[Fraction | int]) -> Fraction:
    """The middle one, or the mean of the two in the middle. At least one number."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[half])
    return Fraction(ordered[half - 1] + ordered[half]) / 2


def jump_of(value: int, before: int) -> Fraction | None:
    """Change in percent of the month before; None where that was zero."""
    return Fraction(100 * (value - before), before) if before else None


def change_percent(value: int, before: int) -> Decimal | None:
    """The same with one decimal, for those who read it."""
    change = jump_of(value, before)
    return None if change is None else Decimal(round(change * 10)).scaleb(-1)


def _within(before: Mapping[date, int], month: date, months: int) -> dict[date, int]:
    return {at: number for at, number in before.items() if at >= add_months(month, -months)}


def _jump(value: int, before: int | None, limits: Limits, than: str = "") -> str:
    """`than` names the month of `before` where that is not the last one."""
    if before is None or value == before:
        return ""
    change = jump_of(value, before)
    if change is None and than:
        return _("Pada %(than)s 0, sekarang %(now)s. Pastikan benar.") % {"than": than, "now": grouped(value)}
    if change is None:
        return _("Bulan lalu 0, sekarang %(now)s. Pastikan benar.") % {"now": grouped(value)}
    if abs(change) <= limits.jump_percent:
        return ""
    told = {
        "than": than or _("bulan lalu"),
        "percent": grouped(round(abs(change))),
        "before": grouped(before),
        "now": grouped(value),
        "limit": limits.jump_percent,
    }
    if change > 0:
        return _("Naik %(percent)s%% dari %(than)s: %(before)s menjadi %(now)s (batas %(limit)s%%).") % told
    return _("Turun %(percent)s%% dari %(than)s: %(before)s menjadi %(now)s (batas %(limit)s%%).") % told


def _extreme(value: int, past: Mapping[date, int], limits: Limits) -> str:
    if len(past) < limits.fewest:
        return ""
    lowest, highest = min(past, key=lambda at: (past[at], at)), max(past, key=lambda at: (past[at], at))
    if value > past[highest]:
        return _("Tertinggi dalam 24 bulan; sebelumnya paling tinggi %(number)s (%(month)s).") % {
            "number": grouped(past[highest]),
            "month": date_format(highest, "M Y"),
        }
    if value < past[lowest]:
        return _("Terendah dalam 24 bulan; sebelumnya paling rendah %(number)s (%(month)s).") % {
            "number": grouped(past[lowest]),
            "month": date_format(lowest, "M Y"),
        }
    return ""


def _outlier(value: int, past: Mapping[date, int], limits: Limits) -> str:
    numbers = list(past.values())
    if not is_outlier(value, numbers, limits):
        return ""
    middle = median(numbers)
    spread = median([abs(number - middle) for number in numbers])
    return _(
        "Di luar kebiasaan: tengah-tengah 12 bulan terakhir %(middle)s dan biasanya bergeser %(spread)s, "
        "sekarang bergeser %(now)s."
    ) % {
        "middle": grouped(round(middle)),
        "spread": grouped(round(spread)),
        "now": grouped(round(abs(value - middle))),
    }
