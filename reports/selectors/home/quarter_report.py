"""How far the monitoring report of the last quarter is, region by region: closed, written, issued, taken."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.addresses import address
from regions.enums import MonthState
from regions.models import Region, ReportingMonth
from reports.models import Pack, PackDownload, PackText
from reports.models.pack import Document
from reports.pack.period import Period, PeriodKind
from reports.quarter import Quarter, quarter_before


@dataclass(frozen=True)
class ReportStep:
    """`note` says how far it is where that is more than yes or no."""

    label: str
    is_done: bool
    url: str
    note: str = ""


@dataclass(frozen=True)
class RegionReport:
    region: Region
    steps: Sequence[ReportStep]

    @property
    def way(self) -> list[tuple[str, bool]]:
        return [(step.label, step.is_done) for step in self.steps]

    @property
    def next(self) -> ReportStep | None:
        return next((step for step in self.steps if not step.is_done), None)


@dataclass(frozen=True)
class QuarterReport:
    quarter: Quarter
    rows: Sequence[RegionReport]

    @property
    def days_left(self) -> int:
        return (self.quarter.due - localdate()).days

    @property
    def finished(self) -> int:
        return sum(row.next is None for row in self.rows)


def get_quarter_report(regions: Sequence[Region]) -> QuarterReport:
    """Of the quarter that ended last; a draft is no report, and a report that nobody took is not shared."""
    quarter = quarter_before(localdate())
    closed = _closed_months(regions, quarter.months)
    texts = _of_quarter(PackText.objects.all(), regions, quarter.first)
    written = set(texts.values_list("region", flat=True))
    packs = _issued(regions, quarter.first)
    downloads = PackDownload.objects.filter(file__pack__in=[pack.pk for pack in packs.values()])
    taken = set(downloads.order_by().values_list("file__pack__region", flat=True))
    rows = []
    for region in regions:
        code = region.code
        so_far = _SoFar(closed[code], packs.get(code), is_written=code in written, is_taken=code in taken)
        rows.append(RegionReport(region, _steps(region, quarter, so_far)))
    return QuarterReport(quarter, sorted(rows, key=lambda row: (row.next is None, row.region.code)))


@dataclass(frozen=True)
class _SoFar:
    closed: int
    pack: Pack | None
    is_written: bool
    is_taken: bool


def _closed_months(regions: Sequence[Region], months: Sequence[date]) -> Mapping[str, int]:
    rows = ReportingMonth.objects.filter(region__in=regions, month__in=months, state=MonthState.CLOSED)
    return Counter(rows.values_list("region_id", flat=True))


def _of_quarter(rows: QuerySet[Any], regions: Sequence[Region], first: date) -> QuerySet[Any]:
    return rows.filter(region__in=regions, kind=PeriodKind.QUARTER, first_month=first).order_by()


def _issued(regions: Sequence[Region], first: date) -> dict[str, Pack]:
    """Region → its newest report that is no draft."""
    packs = Pack.objects.filter(document=Document.PACK, is_draft=False).defer("content")
    return {pack.region_id: pack for pack in _of_quarter(packs, regions, first).order_by("version")}


def _steps(region: Region, quarter: Quarter, so_far: _SoFar) -> list[ReportStep]:
    key = Period(PeriodKind.QUARTER, quarter.first).key
    every, pack = len(quarter.months), so_far.pack
    is_closed = so_far.closed == every
    counted = _("%(closed)s dari %(every)s bulan") % {"closed": so_far.closed, "every": every}
    detail = reverse("pack_detail", args=[pack.code]) if pack else reverse("pack_list")
    make = f"{reverse('pack_make')}?region={region.code}&period={key}"
    return [
        ReportStep(_("Tutup bulan"), is_closed, _matrix_url(region, quarter), "" if is_closed else counted),
        ReportStep(_("Tulis teks"), so_far.is_written, reverse("pack_text", args=[region.code, key])),
        ReportStep(_("Terbitkan paket"), pack is not None, detail if pack else make),
        ReportStep(_("Unduh dan bagikan"), so_far.is_taken, detail),
    ]


def _matrix_url(region: Region, quarter: Quarter) -> str:
    return address("month_matrix", region=region.code, month=quarter.last)
