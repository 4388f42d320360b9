"""What others said, beside what we compute, and in words why the two differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enums import short_segment
from participants.models import Category, FundingSource
from regions.formats import percent, points, rupiah, whole
from regions.stored_text import shown
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, PublishedFigure

# A figure published as a whole percent is met when ours rounds to it.
_ROUNDED = Decimal("0.5")

_LABELS: dict[str, Any] = {
    "ucj": gettext_lazy("UCJ"),
    "covered": gettext_lazy("peserta aktif"),
    "eligible": gettext_lazy("jumlah pekerja"),
    "contributions": gettext_lazy("iuran"),
    "claims": gettext_lazy("klaim"),
    "enrolled_stated_total": gettext_lazy("peserta yang iurannya ditanggung, jumlah yang dipublikasikan"),
    "still_paid_stated": gettext_lazy("peserta yang iurannya masih ditanggung, jumlah yang dipublikasikan"),
    "enrolled_category": gettext_lazy("peserta yang iurannya ditanggung"),
    "allocated": gettext_lazy("anggaran"),
    "paid": gettext_lazy("anggaran terbayar"),
    "proposed": gettext_lazy("orang yang diusulkan"),
    "regulation": gettext_lazy("peraturan"),
    "payer_category": gettext_lazy("pembagian pembayar"),
}


@dataclass(frozen=True)
class MeasureNames:
    """What codes of categories and of sources of funds are called, and which categories end by date."""

    names: Mapping[str, str]
    fixed_term: frozenset[str]

    def of(self, code: str, otherwise: str = "") -> str:
        return self.names.get(code, otherwise or code)


@dataclass(frozen=True)
class PublishedComparison:
    """A published figure, ours for the same month (None where we compute none), and the difference."""

    published: PublishedFigure
    label: str
    said: str
    ours: str
    value: MeasureValue | None
    verdict: str
    agrees: bool | None


class _ValuesOfMonth:
    """Values of one month, looked up by measure."""

    def __init__(self, values: Iterable[MeasureValue]) -> None:
        self.values = list(values)

    def one(self, measure: str, **dimensions: str) -> MeasureValue | None:
        for value in self.values:
            if value.measure == measure and all(
                getattr(value, name) == dimensions.get(name, "") for name in ("segment", "category", "target")
            ):
                return value
        return None


def compare(
    published: Iterable[PublishedFigure], values: Iterable[MeasureValue], names: MeasureNames
) -> list[PublishedComparison]:
    """Published figures of one region with ours beside them; `values` are of that region."""
    by_month: dict[date, list[MeasureValue]] = {}
    for value in values:
        by_month.setdefault(value.run.period, []).append(value)
    # Targets have a table of their own.
    figures = [figure for figure in published if not figure.figure.startswith("target")]
    return [
        _compare_one(figure, _ValuesOfMonth(by_month.get(figure.as_of.replace(day=1), [])), names)
        for figure in figures
    ]


def _compare_one(figure: PublishedFigure, month: _ValuesOfMonth, names: MeasureNames) -> PublishedComparison:
    name, _colon, detail = figure.figure.partition(":")
    label = str(_LABELS.get(name, name))
    if detail:
        label = f"{label}: {names.of(detail, short_segment(detail))}"
    said = _said(figure)
    if name == "ucj":
        return _compare_rate(figure, label, said, month.one(MeasureCode.COVERAGE))
    found = _our_count(name, detail, month, names)
    if found is None:
        return PublishedComparison(figure, label, said, "", None, _("tidak dihitung oleh aplikasi"), None)
    value, count = found
    return _compare_count(figure, label, said, value, count)


def _said(figure: PublishedFigure) -> str:
    if figure.unit == "persen":
        return percent(figure.value, 2 if figure.value % 1 else 0)
    if figure.unit == "rupiah":
        return rupiah(int(figure.value))
    return whole(int(figure.value))


def _compare_rate(
    figure: PublishedFigure, label: str, said: str, value: MeasureValue | None
) -> PublishedComparison:
    if value is None or value.rate is None:
        words = _("belum ada laporan bulan itu untuk menghitungnya")
        return PublishedComparison(figure, label, said, "", None, words, None)
    difference = value.rate - figure.value
    ours = percent(value.rate, 2)
    if abs(difference) <= _ROUNDED and figure.value % 1 == 0:
        return PublishedComparison(figure, label, said, ours, value, _("sama setelah dibulatkan"), True)
    if difference == 0:
        return PublishedComparison(figure, label, said, ours, value, _("sama"), True)
    parts = _(
        "%(numerator)s dibagi %(denominator)s menghasilkan %(rate)s, selisih %(points)s; %(reason)s"
    ) % {
        "numerator": whole(value.numerator),
        "denominator": whole(value.denominator),
        "rate": ours,
        "points": points(difference, 2),
        "reason": _reason(figure, value),
    }
    return PublishedComparison(figure, label, said, ours, value, parts, False)


def _reason(figure: PublishedFigure, value: MeasureValue) -> str:
    if value.reported is not None and value.expected and value.reported < value.expected:
        return _("kami baru menerima %(reported)s dari %(expected)s wilayah") % {
            "reported": value.reported,
            "expected": value.expected,
        }
    if figure.basis in ("", "tidak disebut"):
        return _("penyebut yang dipakai publikasi tidak disebut")
    return _("publikasi menyebut dasar: %(basis)s") % {"basis": figure.basis}


def _our_count(
    name: str, detail: str, month: _ValuesOfMonth, names: MeasureNames
) -> tuple[MeasureValue, int] | None:
    if name in ("covered", "eligible"):
        value = (
            month.one(MeasureCode.SEGMENT_COVERAGE, segment=detail)
            if detail
            else month.one(MeasureCode.COVERAGE)
        )
        if value is None:
            return None
        count = value.numerator if name == "covered" else value.denominator
        return None if count is None else (value, count)
    if name == "still_paid_stated":
        return _still_paid(month, names)
    measures = {
        "contributions": MeasureCode.CONTRIBUTIONS,
        "claims": MeasureCode.CLAIMS,
        "enrolled_stated_total": MeasureCode.FUNDED,
    }
    if name in measures and not detail:
        value = month.one(measures[name])
    elif name == "enrolled_category":
        value = month.one(MeasureCode.FUNDED_BY_CELL, category=detail)
    else:
        return None
    return (value, value.numerator) if value is not None else None


def _still_paid(month: _ValuesOfMonth, names: MeasureNames) -> tuple[MeasureValue, int] | None:
    """People whose duty has no end: all categories without those of fixed term."""
    total = month.one(MeasureCode.FUNDED)
    if total is None:
        return None
    lasting = [
        value.numerator
        for value in month.values
        if value.measure == MeasureCode.FUNDED_BY_CELL and value.category not in names.fixed_term
    ]
    return total, sum(lasting)


def _compare_count(
    figure: PublishedFigure, label: str, said: str, value: MeasureValue, count: int
) -> PublishedComparison:
    shown = rupiah(count) if figure.unit == "rupiah" else whole(count)
    difference = count - int(figure.value)
    if difference == 0:
        return PublishedComparison(figure, label, said, shown, value, _("sama"), True)
    stated_total = figure.figure in {"enrolled_stated_total", "still_paid_stated"}
    told = {"ours": _counted(figure, count), "difference": _counted(figure, abs(difference))}
    words = _SUMMED[difference > 0] if stated_total else _ALONE[difference > 0]
    return PublishedComparison(figure, label, said, shown, value, str(words) % told, False)


# By whether ours is more.
_SUMMED: dict[bool, Any] = {
    True: gettext_lazy(
        "jumlah rinciannya %(ours)s, yaitu %(difference)s lebih banyak daripada angka yang dipublikasikan"
    ),
    False: gettext_lazy(
        "jumlah rinciannya %(ours)s, yaitu %(difference)s lebih sedikit daripada angka yang dipublikasikan"
    ),
}
_ALONE: dict[bool, Any] = {
    True: gettext_lazy(
        "tercatat di aplikasi %(ours)s, yaitu %(difference)s lebih banyak daripada angka yang dipublikasikan"
    ),
    False: gettext_lazy(
        "tercatat di aplikasi %(ours)s, yaitu %(difference)s lebih sedikit daripada angka yang dipublikasikan"
    ),
}


def _counted(figure: PublishedFigure, amount: int) -> str:
    """With its unit, which is why two numbers on end are not read as one with decimals."""
    return rupiah(amount) if figure.unit == "rupiah" else _("%(n)s orang") % {"n": whole(amount)}


def list_names() -> MeasureNames:
    """Names of categories and of sources of funds by code, in one query."""
    categories = Category.objects.order_by().values_list("code", "name", "is_fixed_term")
    sources = FundingSource.objects.order_by().annotate(never=Value(False))
    rows = list(categories.union(sources.values_list("code", "name", "never")))
    return MeasureNames(
        {code: shown(name) for code, name, _fixed in rows},
        frozenset(code for code, _name, fixed in rows if fixed),
    )
