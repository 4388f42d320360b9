from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from budgets.enums import BalanceBasis, ClaimKind, ProgrammeGroup
from participants.enums import PayerKind, Segment, TargetFrame
from regions.formats import MISSING, month_name, percent, rupiah, whole
from regions.month import iso_month, parse_month
from reports.enums import Unit
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue
from reports.selectors.value import ASKED_AS

register = template.Library()


class Dimensioned(Protocol):
    """A figure by what tells it from the others of its measure: a stored one, or one that a pack names."""

    @property
    def segment(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def funding(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def variant(self) -> str: ...


@register.filter
def explain_url(value: MeasureValue | None) -> str:
    """The address of the page on which a figure explains itself; empty where there is no figure."""
    if value is None:
        return ""
    run = value.run
    path = reverse("explanation", args=[run.region_id, iso_month(run.period), value.measure])
    asked = {parameter: getattr(value, name) for name, parameter in ASKED_AS.items() if getattr(value, name)}
    return f"{path}?{urlencode(asked)}" if asked else path


@register.filter
def value_text(value: MeasureValue | None, digits: int = 2) -> str:
    """A figure in the unit of its measure."""
    if value is None:
        return MISSING
    unit = MEASURES[value.measure].unit
    if unit == Unit.RUPIAH:
        return rupiah(value.numerator)
    if unit == Unit.PERCENT:
        return percent(value.rate, digits) if value.rate is not None else whole(value.numerator)
    if unit == Unit.MONTHS:
        return months_text(value.rate)
    return whole(value.numerator)


def months_text(rate: Decimal | None) -> str:
    """The stored rate is a hundredfold."""
    if rate is None:
        return MISSING
    months = rate.scaleb(-2).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return _("%(months)s bulan") % {"months": number_format(months, decimal_pos=1, use_l10n=True)}


@register.filter
def in_unit(amount: int, unit: str) -> str:
    """A stored amount in the unit it was counted in."""
    if unit == Unit.RUPIAH:
        return rupiah(amount)
    return percent(amount, 2) if unit == Unit.PERCENT else whole(amount)


@register.filter
def reporting_flag(value: MeasureValue | None) -> str:
    """`9 dari 10 wilayah melapor` where a figure was summed from below; empty otherwise."""
    if value is None or value.expected is None:
        return ""
    return _("%(reported)s dari %(expected)s wilayah melapor") % {
        "reported": value.reported,
        "expected": value.expected,
    }


@register.filter
def reporting_gap(value: MeasureValue | None) -> str:
    """The same only where regions are missing: a warning beside the figure."""
    if value is None or value.reported is None or value.reported == value.expected:
        return ""
    return reporting_flag(value)


@register.filter
def measure_label(value: MeasureValue) -> str:
    return str(MEASURES[value.measure].label)


@register.filter
def variant_words(value: Dimensioned) -> str:
    """What the variant of a figure stands for: a basis, a programme, a payer, a month."""
    code = value.variant
    for choices in (BalanceBasis, ProgrammeGroup, ClaimKind, PayerKind):
        if code in choices.values:
            return str(choices(code).label)
    return month_name(parse_month(code)) if code else ""


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """What a category or a source of funds is called."""
    return names.get(code, code)


@register.filter
def dimension_words(value: Dimensioned, names: Mapping[str, str]) -> str:
    """What tells a value from the others of its measure."""
    words = [
        segment_label(value.segment) if value.segment else "",
        named(value.category, names),
        named(value.funding, names),
        str(TargetFrame(value.target).label) if value.target else "",
        variant_words(value),
    ]
    return ", ".join(word for word in words if word)


@register.filter
def segment_label(code: str) -> str:
    return str(Segment(code).label)


@register.filter
def difference(one: MeasureValue | None, other: MeasureValue | None) -> object:
    """Points between two rates, None where one is missing."""
    if one is None or other is None or one.rate is None or other.rate is None:
        return None
    return one.rate - other.rate
