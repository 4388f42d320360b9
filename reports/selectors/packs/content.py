"""Everything that a pack tells of a region and period, read in a handful of questions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy

from participants.selectors.target import targets_in_force
from regions.enums import Level
from regions.models import Region
from regions.month import add_months, iso_month, last_day
from regions.selectors.meeting import open_below, told_in_period
from regions.selectors.region import existing
from regions.selectors.reporting_month import closed_in
from reports.measures.catalogue import measures_in_pack
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, PackText, Run
from reports.pack.assembly import GatheredPack, Percents, Words
from reports.pack.content import Kind, Number, Signatory
from reports.pack.figure_book import FigureBook, Key, StoredValue
from reports.pack.follow_up import follow_up_lines
from reports.pack.period import Period
from reports.pack.place import PackPlace
from reports.selectors.boards.comparison import list_names

_TREND = 13
# What is overdue in regions below, in the table of a region above.
_MOST_BELOW = 40
_COLUMNS = (
    *("run__region_id", "run__period", "measure", "segment", "category", "funding", "target", "variant"),
    *("numerator", "denominator", "rate", "reported", "expected", "definition"),
    *("grade", "missing", "partial"),
)


def gather_pack(region: Region, period: Period) -> GatheredPack:
    below = _below(region, period, Level(region.level + 1)) if region.level < Level.REGENCY else []
    far = _below(region, period, Level.REGENCY) if region.level == Level.NATION else []
    shown = {one.code: one.label for one in (region, *below, *far)}
    book = _book(region, period, list(shown))

    def place(one: Region) -> PackPlace:
        return PackPlace(one.code, one.full_label, period, book)

    return GatheredPack(
        place=place(region),
        below=[place(one) for one in below],
        far_below=[place(one) for one in far],
        percents=_percents([region, *below], period.last),
        words=_words(region, period),
        closings=_closings(region, period, [one.code for one in below], [one.code for one in far]),
        labels={one.code: one.full_label for one in (region, *below, *far)},
    )


def _below(region: Region, period: Period, level: Level) -> list[Region]:
    rows = Region.objects.filter(existing(last_day(period.last)), level=level)
    if region.level != Level.NATION:
        rows = rows.filter(parent=region)
    return list(rows.order_by("code"))


def _book(region: Region, period: Period, codes: Sequence[str]) -> FigureBook:
    trend = [add_months(period.last, -back) for back in range(_TREND)]
    wanted = Q(run__region__in=codes, run__period__in=[period.last, period.before]) | Q(
        run__region=region, run__period__in=trend, measure=MeasureCode.COVERAGE
    )
    rows = MeasureValue.objects.filter(
        wanted, run__is_current=True, measure__in=[measure.code for measure in measures_in_pack()]
    ).order_by()
    figures: dict[tuple[str, str], dict[Key, StoredValue]] = {}
    for code, month, measure, *rest in rows.values_list(*_COLUMNS):
        key: Key = (measure, *rest[:5])
        figures.setdefault((code, iso_month(month)), {})[key] = StoredValue(*rest[5:])
    return FigureBook(figures, list_names().names)


def _percents(regions: Iterable[Region], month: date) -> dict[str, Percents]:
    in_force = targets_in_force(month)
    found: dict[str, Percents] = {}
    for region in regions:
        bound = sorted(in_force.get(region.code, {}).values(), key=lambda one: (one.year, one.frame))
        found[region.code] = [(one.frame, one.year, Number(one.percent, Kind.PERCENT)) for one in bound]
    return found


def _closings(
    region: Region, period: Period, below: Sequence[str], far: Sequence[str]
) -> dict[tuple[str, date], int | None]:
    """Of the months of the period and the one before; of those in the annex only, of the last month.

    Of the region itself, of all months whose coverage is drawn.
    """
    told = [period.before, *period.months]
    drawn = [add_months(period.last, -back) for back in reversed(range(_TREND))]
    months = sorted({*told, *drawn})
    places = [(region.code, month) for month in months]
    places += [(code, month) for code in below for month in told]
    places += [(code, period.last) for code in far]
    closed = {month: closed_in(month) for month in months}
    runs = Run.objects.filter(
        region__in={code for code, _month in places}, period__in=months, is_current=True
    )
    rows = runs.values_list("region_id", "period", "closing")
    found = {(code, month): closing for code, month, closing in rows}
    return {at: _closing(found.get(at), closed[at[1]].get(at[0])) for at in places}


def _closing(of_run: int | None, of_month: int | None) -> int | None:
    """A month counts as closed when its closing has been computed."""
    return of_run if of_run is not None and of_run == of_month else None


_HEADS = {
    Level.NATION: (gettext_lazy("BPJS Ketenagakerjaan"), gettext_lazy("Kementerian Ketenagakerjaan")),
    Level.PROVINCE: (
        gettext_lazy("Kepala Kantor Wilayah BPJS Ketenagakerjaan"),
        gettext_lazy("Kepala Dinas Tenaga Kerja Provinsi"),
    ),
}


def _plain(region: Region) -> Words:
    """Who signs, as far as nobody said more."""
    if region.level not in _HEADS:
        return Words()
    head, office = (Signatory(str(title)) for title in _HEADS[Level(region.level)])
    return Words(branch_head=head, office_head=office)


def _words(region: Region, period: Period) -> Words:
    row = find_text(region, period)
    end = last_day(period.last)
    promised = told_in_period(region.pk, period.first, end)
    below = open_below(region.pk, end, _MOST_BELOW) if region.level < Level.REGENCY else []
    plain = replace(_plain(region), follow_up=follow_up_lines(promised, below, period.first, end))
    if row is None:
        return plain
    head, office = plain.branch_head, plain.office_head
    return replace(
        plain,
        overview=row.overview.replace("\r", "").strip(),
        regulations=_lines(row.regulations),
        projects=_lines(row.projects),
        obstacles=_lines(row.obstacles),
        signed_at=row.signed_at,
        branch_head=Signatory(head.title, row.branch_head_name, row.branch_head_acting),
        office_head=Signatory(office.title, row.office_head_name, row.office_head_acting),
    )


def find_text(region: Region, period: Period) -> PackText | None:
    return PackText.objects.filter(region=region, kind=period.kind, first_month=period.first).first()


def find_earlier_text(region: Region, period: Period) -> PackText | None:
    """The newest that was written for a period before."""
    rows = PackText.objects.filter(region=region, first_month__lt=period.first)
    return rows.order_by("-first_month", "-pk").first()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
