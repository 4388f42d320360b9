"""What is read before a month is submitted, verified or closed: figures beside others, and what is open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import MoneyBatch
from budgets.selectors.paid_months import paid_in
from participants.enums import BatchState
from participants.hints import change_percent
from participants.selectors.batches.waiting import WaitingList, list_waiting
from participants.selectors.month_entry.grid import MonthEntryCell, list_month_cells
from participants.selectors.persons.months import count_named
from regions.addresses import address
from regions.enums import LOCKED_STATES, Level
from regions.formats import percent, rupiah, signed_percent, whole
from regions.models import Region, ReportingMonth, User
from regions.month import add_months, iso_month
from regions.region_months import RegionMonths
from regions.selectors.region import list_children
from regions.selectors.reporting_month import list_reporting_months
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue

Number = int | Decimal | None


@dataclass(frozen=True)
class ReviewRow:
    """A figure of the month beside last month's and that of a year ago, and what is said of it.

    `remarks` are what is odd, `note` what somebody wrote to it, `question` what nobody answered yet.
    """

    label: str
    write: Callable[[Any], str]
    now: Number
    last_month: Number
    last_year: Number
    remarks: tuple[str, ...] = ()
    note: str = ""
    question: str = ""
    url: str = ""

    @property
    def cells(self) -> list[str]:
        return [self.write(one) for one in (self.now, self.last_month, self.last_year)]

    @property
    def change(self) -> str:
        """Against last month, in percent; empty where one of the two is missing or nought."""
        if not isinstance(self.now, int) or not isinstance(self.last_month, int):
            return ""
        change = change_percent(self.now, self.last_month)
        return "" if change is None else signed_percent(change)

    @property
    def is_odd(self) -> bool:
        return bool(self.remarks or self.question)


@dataclass(frozen=True)
class MonthReview:
    """`below` are the regions directly below that have not submitted the month."""

    rows: Sequence[ReviewRow]
    waiting: Sequence[WaitingList]
    money_files: Sequence[MoneyBatch]
    below: Sequence[Region]

    @property
    def unanswered(self) -> int:
        return sum(bool(row.question) for row in self.rows)

    @property
    def odd(self) -> int:
        return sum(row.is_odd for row in self.rows)

    @property
    def waiting_rows(self) -> int:
        return sum(one.parked + one.unapproved for one in self.waiting)

    @property
    def is_busy(self) -> bool:
        return any(one.is_busy for one in self.waiting)


def get_review(user: User, region: Region, month: date, *, may_enter: bool) -> MonthReview:
    """`may_enter`: rows lead to where their figures are entered. Ask for the region's coverage before."""
    rows = _coverage(region, month)
    if region.level < Level.REGENCY:
        return MonthReview(rows, (), (), _below(user, region, month))
    figures = [*_figures(region, month, may_enter), *_persons(region, month), *_money(region, month)]
    waiting = list_waiting([region.code], month).get(region.code, [])
    money_files = MoneyBatch.objects.filter(region=region, state=BatchState.CHECKED).defer("content_sealed")
    # What is odd stands first; else as the grid has it.
    rows += sorted(figures, key=lambda row: not row.is_odd)
    return MonthReview(rows, waiting, list(money_files.order_by("pk")), ())


def _compared(month: date) -> tuple[date, date, date]:
    return month, add_months(month, -1), add_months(month, -12)


def _coverage(region: Region, month: date) -> list[ReviewRow]:
    """The coverage of the runs that stand; its change is one of points, which the board explains."""
    months = _compared(month)
    values = MeasureValue.objects.filter(
        run__is_current=True,
        run__region=region,
        run__period__in=months,
        measure=MeasureCode.COVERAGE,
        segment="",
    )
    rates = dict(values.values_list("run__period", "rate"))
    url = address("region_board", region.code, month=month)
    now, before, year = (rates.get(one) for one in months)
    return [ReviewRow(_("UCJ seluruh segmen"), percent, now, before, year, url=url)]


def _figures(region: Region, month: date, may_enter: bool) -> list[ReviewRow]:
    return [_figure(cell, region, month, may_enter) for cell in list_month_cells(region, month)]


def _figure(cell: MonthEntryCell, region: Region, month: date, may_enter: bool) -> ReviewRow:
    remarks, note = list(cell.oddities), cell.note
    if cell.value is None:
        remarks = [_("Belum diisi.")] if cell.empty is None else []
        note = str(cell.empty) if cell.empty else ""
    url = reverse("month_entry_cell", args=[region.code, iso_month(month), cell.key]) if may_enter else ""
    return ReviewRow(
        label=cell.label,
        write=whole,
        now=cell.value,
        last_month=cell.last_month,
        last_year=cell.last_year,
        remarks=tuple(remarks),
        note=note,
        question=cell.question,
        url=url,
    )


def _persons(region: Region, month: date) -> list[ReviewRow]:
    """People listed by name, each once; no row where nobody ever was."""
    months = _compared(month)
    persons = [count_named(RegionMonths.at(one, region.code)).persons for one in months]
    counts = [
        found[one][region.code].all if region.code in found.get(one, {}) else None
        for one, found in zip(months, persons, strict=True)
    ]
    if not any(counts):
        return []
    now, before, year = counts
    return [ReviewRow(_("Peserta menurut nama"), whole, now, before, year)]


def _money(region: Region, month: date) -> list[ReviewRow]:
    months = _compared(month)
    paid = paid_in(region.code, months)
    told = ((_("Iuran diterima bulan ini"), paid.contributions), (_("Klaim dibayar bulan ini"), paid.claims))
    rows = []
    for label, by_month in told:
        now, before, year = (by_month.get(one) for one in months)
        remarks = (_("Belum ada yang dicatat."),) if now is None else ()
        rows.append(ReviewRow(label, rupiah, now, before, year, remarks))
    return rows


def _below(user: User, region: Region, month: date) -> list[Region]:
    children = list(list_children(user, region, localdate()))
    stored = list_reporting_months([child.code for child in children], [month])
    return [child for child in children if not _is_in(stored.get((child.code, month)))]


def _is_in(row: ReportingMonth | None) -> bool:
    return row is not None and row.state in LOCKED_STATES
