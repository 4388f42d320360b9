"""Measure values in words: in their units, with what tells them apart, and where they explain themselves."""

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.enums import BalanceBasis, ClaimKind, ProgrammeGroup
from participants.enums import PayerKind, Segment, TargetFrame, short_segment
from regions.formats import MISSING, month_name, percent, points, rupiah, short_rupiah, whole
from regions.month import iso_month, parse_month, year_end_before
from reports.enums import Grade, Unit
from reports.measures.catalogue import MEASURES
from reports.measures.codes import MeasureCode
from reports.measures.measure import BoardLine
from reports.models import MeasureValue, Run

# How the address of an explanation asks for each dimension.
ASKED_AS = {
    "segment": "segmen",
    "category": "kategori",
    "funding": "dana",
    "target": "target",
    "variant": "rincian",
}


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


def explain_url(value: MeasureValue | None) -> str:
    """The address of the page on which a figure explains itself; empty where there is no figure."""
    if value is None:
        return ""
    run = value.run
    path = reverse("explanation", args=[run.region_id, iso_month(run.period), value.measure])
    asked = {parameter: getattr(value, name) for name, parameter in ASKED_AS.items() if getattr(value, name)}
    if not run.is_current:
        # Whatever stood later than the day of its computation stood at the end of that day.
        asked["per"] = localdate(run.computed_at).isoformat()
    return f"{path}?{urlencode(asked)}" if asked else path


def value_text(value: MeasureValue | None, digits: int = 2) -> str:
    """A figure in the unit of its measure."""
    if value is None:
        return MISSING
    unit = MEASURES[value.measure].unit
    if unit == Unit.RUPIAH:
        return _rupiah_text(value, rupiah)
    if unit == Unit.PERCENT:
        return _rate_text(value, digits) if value.rate is not None else whole(value.numerator)
    if unit.is_quotient:
        return _QUOTIENTS[unit](value.rate)
    return whole(value.numerator)


# What is due less what came: which way it went is said, not left to a sign.
_OWED = (MeasureCode.ARREARS, MeasureCode.ARREARS_BY_MONTH)


def _rupiah_text(value: MeasureValue, written: Callable[[int], str]) -> str:
    if value.measure in _OWED and value.numerator < 0:
        return _("lebih bayar %(money)s") % {"money": written(-value.numerator)}
    return written(value.numerator)


def _rate_text(value: MeasureValue, digits: int) -> str:
    """Some of many is never written as nought per cent."""
    least = Decimal(1).scaleb(-digits)
    if value.numerator > 0 and value.rate is not None and value.rate < least / 2:
        return _("kurang dari %(least)s") % {"least": percent(least, digits)}
    return percent(value.rate, digits)


def value_short(value: MeasureValue | None, digits: int = 2) -> str:
    """The same as `value_text`, but amounts of money in millions or billions."""
    if value is not None and MEASURES[value.measure].unit == Unit.RUPIAH:
        return _rupiah_text(value, short_rupiah)
    return value_text(value, digits)


def months_text(rate: Decimal | None) -> str:
    """The stored rate is a hundredfold."""
    if rate is None:
        return MISSING
    months = _rounded(rate.scaleb(-2), "0.1")
    told = {"months": number_format(abs(months), decimal_pos=1, use_l10n=True)}
    return (_("terlampaui %(months)s bulan") if months < 0 else _("%(months)s bulan")) % told


def rupiah_each_text(rate: Decimal | None) -> str:
    """The stored rate is a hundredfold."""
    return MISSING if rate is None else rupiah(_rounded(rate.scaleb(-2), "1"))


def rupiah_per_point_text(rate: Decimal | None) -> str:
    """Divided by hundredths of points, so the hundredfold is right as it stands."""
    return MISSING if rate is None else rupiah(_rounded(rate, "1"))


_QUOTIENTS = {
    Unit.MONTHS: months_text,
    Unit.RUPIAH_PER_PERSON: rupiah_each_text,
    Unit.RUPIAH_PER_POINT: rupiah_per_point_text,
}


def _rounded(exact: Decimal, step: str) -> Decimal:
    return exact.quantize(Decimal(step), rounding=ROUND_HALF_UP)


def denominator_text(value: MeasureValue) -> str:
    """By what a quotient was divided, in its own unit."""
    if value.denominator is None:
        return MISSING
    unit = MEASURES[value.measure].unit
    if unit == Unit.RUPIAH_PER_PERSON:
        return _("%(people)s orang") % {"people": whole(value.denominator)}
    if unit == Unit.RUPIAH_PER_POINT:
        return points(Decimal(value.denominator).scaleb(-2), 2).lstrip("+")
    return rupiah(value.denominator) if unit == Unit.MONTHS else whole(value.denominator)


def division_words(value: MeasureValue) -> str:
    """`Rp41.369.389.200 ÷ 2,22 poin persentase`; empty where nothing is divided."""
    unit = MEASURES[value.measure].unit
    if value.denominator is None or not unit.is_quotient:
        return ""
    divided = whole(value.numerator) if unit == Unit.PERCENT else rupiah(value.numerator)
    return f"{divided} ÷ {denominator_text(value)}"


def line_note(value: MeasureValue) -> str:
    """What its measure says of the denominator where it is shown as a line; mostly nothing."""
    shown = MEASURES[value.measure].shown
    if not isinstance(shown, BoardLine) or not shown.note:
        return ""
    year_end = month_name(year_end_before(value.run.period))
    return str(shown.note) % {"n": denominator_text(value), "year_end": year_end}


def in_unit(amount: int, unit: str) -> str:
    """A stored amount in the unit it was counted in."""
    if unit == Unit.RUPIAH:
        return rupiah(amount)
    return percent(amount, 2) if unit == Unit.PERCENT else whole(amount)


def reporting_flag(value: MeasureValue | None) -> str:
    """`9 dari 10 wilayah melapor` where a figure was summed from below; empty otherwise."""
    if value is None or value.expected is None:
        return ""
    words = (
        _("%(reported)s dari %(expected)s wilayah merinci segmen")
        if value.segment
        else _("%(reported)s dari %(expected)s wilayah melapor")
    )
    return words % {"reported": value.reported, "expected": value.expected}


def reporting_gap(value: MeasureValue | None) -> str:
    """The same only where regions are missing: a warning beside the figure."""
    if value is None or value.reported is None or value.reported == value.expected:
        return ""
    return reporting_flag(value)


class Graded(Protocol):
    @property
    def grade(self) -> str: ...


def grade_words(value: Graded | None) -> str:
    """`Kelengkapan D, belum utuh`; empty for what was closed before figures were graded."""
    if value is None or not value.grade:
        return ""
    words = {"grade": value.grade, "words": Grade(value.grade).label}
    return _("Kelengkapan %(grade)s, %(words)s") % words


def is_partial(value: MeasureValue | None) -> bool:
    """Whether only a part of what a percentage is of is known, so that there is no percentage."""
    return value is not None and value.measure == MeasureCode.COVERAGE and value.denominator is None


def partial_words(value: MeasureValue | None) -> str:
    """What a figure lacks: segments of the region's own report, or regions below; empty where nothing."""
    if value is None:
        return ""
    words = []
    if value.missing:
        segments = {"segments": ", ".join(map(short_segment, value.missing_segments))}
        words.append(_("belum dilaporkan: %(segments)s") % segments)
    elif is_partial(value):
        words.append(reporting_flag(value) or _("penyebutnya belum dari semua wilayah"))
    if value.partial:
        told = {"partial": whole(value.partial)}
        words.append(_("%(partial)s wilayah belum utuh, tidak ikut dijumlahkan") % told)
    return "; ".join(words)


def figure_flag(value: MeasureValue | None) -> str:
    """The warning beside a figure: who did not report, and whose report is no whole."""
    return "; ".join(dict.fromkeys(words for words in (reporting_gap(value), partial_words(value)) if words))


def measure_label(value: MeasureValue) -> str:
    return str(MEASURES[value.measure].label)


def variant_words(value: Dimensioned) -> str:
    """What the variant of a figure stands for: a basis, a programme, a payer, a month."""
    code = value.variant
    for choices in (BalanceBasis, ProgrammeGroup, ClaimKind, PayerKind):
        if code in choices.values:
            return str(choices(code).label)
    return month_name(parse_month(code)) if code else ""


def segments_words(segments: Iterable[str]) -> str:
    """`PU, BPU`, or that it is all of them."""
    told = [segment for segment in Segment.values if segment in set(segments)]
    return _("semua segmen") if len(told) == len(Segment) else ", ".join(map(short_segment, told))


def row_words(run: Run) -> str:
    """How many stored rows of each kind a run rests on, and how many regions below."""
    names = {
        "members": _("peserta aktif"),
        "workforce": _("jumlah pekerja"),
        "headcounts": _("orang per kategori"),
        "spells": _("masa kepesertaan menurut nama"),
        "category_targets": _("target kategori"),
        "allocations": _("pagu"),
        "contributions": _("iuran"),
        "claims": _("klaim"),
        "employers": _("pemberi kerja"),
        "projects": _("paket jasa konstruksi"),
        "below": _("angka wilayah di bawahnya"),
    }
    told = [(names[kind], whole(count)) for kind, count in run.rows.items() if kind in names]
    return ", ".join(_("%(count)s baris %(name)s") % {"name": name, "count": count} for name, count in told)


def named(code: str, names: Mapping[str, str]) -> str:
    """What a category or a source of funds is called."""
    return names.get(code, code)


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


def segment_label(code: str) -> str:
    return str(Segment(code).label)


def difference(one: MeasureValue | None, other: MeasureValue | None) -> Decimal | None:
    """Points between two rates, None where one is missing."""
    if one is None or other is None or one.rate is None or other.rate is None:
        return None
    points_between: Decimal = one.rate - other.rate
    return points_between
