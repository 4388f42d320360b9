"""Which months wait in which regencies, and what of them is missing, for every page that says so."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q
from django.urls import reverse
from django.utils.timezone import localdate

from regions.enums import LOCKED_STATES, Level, MonthState, ReportKind
from regions.models import Assignment, MonthRule, OfficeCoverage, Region, ReportingMonth
from regions.models.region import ancestor_codes
from regions.month import add_months, first_of, iso_month, months_between
from regions.month_way import MonthWay, way_of
from regions.roles import Role
from regions.selectors.reporting_month import Rules, due_on, list_reporting_months
from reports.selectors.months.reporting import MonthCell, month_cells

# What was begun longer ago is looked at alone; it does not make all months since late.
_LOOKED_BACK = 24
# Where nobody has begun anything.
_UNBEGUN = 12
_COUNTED = frozenset({ReportKind.MEMBERS, ReportKind.HEADCOUNTS})
_HANDING_IN = (Role.OPERATOR, Role.SUPERVISOR)


@dataclass(frozen=True)
class WaitingMonth:
    """An ended month of a regency that is not closed, and which of its four reports are missing."""

    region: Region
    month: date
    row: ReportingMonth
    rule: MonthRule
    cell: MonthCell

    @property
    def due(self) -> date:
        return due_on(self.month, self.rule)

    @property
    def is_late(self) -> bool:
        return self.due < localdate()

    @property
    def way(self) -> MonthWay:
        return way_of(self.row, self.rule)

    @property
    def is_locked(self) -> bool:
        return self.row.state in LOCKED_STATES

    @property
    def missing(self) -> list[ReportKind]:
        return self.cell.missing_kinds

    @property
    def gap_url(self) -> str:
        """Where the first of the missing reports is entered, else the page of the month."""
        return entry_url(self.region.code, self.month, self.missing[0]) if self.missing else self.url

    @property
    def url(self) -> str:
        return reverse("month_page", args=[self.region.code, iso_month(self.month)])

    @property
    def gaps(self) -> list[tuple[str, str]]:
        """Each missing report in words, and where it is entered."""
        return [(str(kind.label), entry_url(self.region.code, self.month, kind)) for kind in self.missing]


def entry_url(code: str, month: date, kind: ReportKind) -> str:
    """The grid in which a report of a month is entered."""
    name = "month_entry_grid" if kind in _COUNTED else "money_month"
    return reverse(name, args=[code, iso_month(month)])


def waiting_months(regions: Sequence[Region]) -> list[WaitingMonth]:
    """Of these regencies, oldest first. Months before a region began, and running ones, wait for nobody."""
    codes = [region.code for region in regions if region.level == Level.REGENCY]
    asked = _asked(codes)
    if not asked:
        return []
    months = sorted({month for _code, month in asked})
    stored, rules = list_reporting_months(codes, months), Rules.of(codes)
    reported = month_cells([one for one in regions if one.code in set(codes)], months)
    found = []
    for region in regions:
        for month in months:
            at = (region.code, month)
            row = stored.get(at) or ReportingMonth(region=region, month=month)
            if at in asked and row.state != MonthState.CLOSED:
                found.append(WaitingMonth(region, month, row, rules.at(*at), reported[at]))
    return sorted(found, key=lambda one: (one.month, one.region.code))


def _asked(codes: Sequence[str]) -> set[tuple[str, date]]:
    """Region code and month of all that is or was to be handed in."""
    last = add_months(first_of(localdate()), -1)
    asked = {
        (code, month) for code, first in begin_months(codes).items() for month in months_between(first, last)
    }
    older = ReportingMonth.objects.filter(region__in=codes, month__lte=last)
    older = older.exclude(state__in=(MonthState.OPEN, MonthState.CLOSED))
    return asked | set(older.values_list("region_id", "month"))


def begin_months(codes: Iterable[str]) -> dict[str, date]:
    """Region code → the first month that is asked of it.

    That of its oldest step of the last two years, else that in which somebody was first given the duty,
    else a year ago.
    """
    wanted = list(codes)
    this_month = first_of(localdate())
    recent = ReportingMonth.objects.filter(
        region__in=wanted, month__gte=add_months(this_month, -_LOOKED_BACK), month__lt=this_month
    )
    begun = dict(recent.order_by().values_list("region_id").annotate(first=Min("month")))
    unbegun = add_months(this_month, -_UNBEGUN)
    duties = _duties([code for code in wanted if code not in begun])
    return begun | {
        code: max(unbegun, min(first_of(duties[code]), this_month)) if code in duties else unbegun
        for code in wanted
        if code not in begun
    }


def _duties(codes: Collection[str]) -> dict[str, date]:
    """Region code → the day since which somebody hands in its months."""
    above = {code: [*ancestor_codes(code), code] for code in codes}
    places = {place for found in above.values() for place in found}
    # Who is bound to an institution hands in no month.
    held = Assignment.objects.filter(role__in=_HANDING_IN, is_bound=False)
    held = held.filter(Q(region__in=places) | Q(office__isnull=False))
    rows = held.order_by().values_list("region_id", "office_id").annotate(first=Min("valid_from"))
    since = {place: first for place, _office, first in rows if place}
    offices = {office: first for _place, office, first in rows if office}
    served = OfficeCoverage.objects.filter(region__in=places, office__in=list(offices)) if offices else ()
    for coverage in served:
        place, first = coverage.region_id, offices[coverage.office_id]
        since[place] = min(first, since.get(place, first))
    return {
        code: min(since[place] for place in found if place in since)
        for code, found in above.items()
        if any(place in since for place in found)
    }
