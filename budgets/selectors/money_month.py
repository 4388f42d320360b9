"""Contributions and claims of a region's month as they are typed: line by line, beside the months before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.enums import ClaimKind, ProgrammeGroup
from budgets.models import Claim
from budgets.models.money import MoneyFact
from budgets.money_line import MODELS, SECTIONS, MoneyLine
from participants.models import EmptyCell, Headcount
from participants.month_entry_key import MonthEntryKey, Section
from participants.selectors.month_entry.cells import MonthEntryNames, month_entry_names
from regions.access import require, scope_of
from regions.enums import Level
from regions.errors import NotPermitted, OutsideScope
from regions.models import Region, User
from regions.month import add_months, first_of
from regions.number import grouped
from regions.roles import Permission
from regions.selectors.reporting_month import Lock, Rules, list_reporting_months, lock_of

_PAST = 12
# So many times the highest or a part of the lowest of a year: a digit too many, or too few.
_TIMES = 5
_USUAL_CLAIMS = (ProgrammeGroup.JKK, ProgrammeGroup.JKM)


@dataclass
class LineSeries:
    """Rupiah of a line by month, and the payments of the month that is typed."""

    rupiah: dict[date, int] = field(default_factory=dict)
    rows: list[MoneyFact] = field(default_factory=list)


@dataclass(frozen=True)
class MoneyCell:
    """A line in a month. What several payments make is not typed over here: each has a page of its own."""

    line: MoneyLine
    label: str
    rupiah: int | None
    cases: int | None
    revision: int
    payments: int
    note: str
    last_month: int | None
    last_year: int | None

    @property
    def is_typed(self) -> bool:
        return self.payments <= 1


@dataclass(frozen=True)
class MoneySection:
    section: Section
    cells: list[MoneyCell]
    lock: Lock | None
    empty: EmptyCell | None

    @property
    def filled(self) -> int:
        return sum(cell.rupiah is not None for cell in self.cells)


@dataclass(frozen=True)
class MoneyMonth:
    region: Region
    month: date
    sections: list[MoneySection]
    source: str

    def cell(self, line: MoneyLine) -> MoneyCell:
        """Raises OutsideScope for a line that the page does not have."""
        for section in self.sections:
            for cell in section.cells:
                if cell.line == line:
                    return cell
        raise OutsideScope(str(line))

    def lock(self, section: Section) -> Lock | None:
        return next((one.lock for one in self.sections if one.section == section), None)


def get_money_month(user: User, code: str, month: date, extra: Iterable[MoneyLine] = ()) -> MoneyMonth:
    """The sections that the user may enter. Raises OutsideScope or NotPermitted."""
    may = entered_money(user, code)
    region = Region.objects.filter(code=code, level=Level.REGENCY).first()
    if region is None:
        raise OutsideScope(code)
    series = list_lines(code, month)
    # What was paid in the last year says how this region's money comes; else what is usual stands there.
    paid = {line.section for line in series}
    usual = (line for line in _expected(code, month) if line.section not in paid)
    wanted = {*series, *usual, *extra}
    names, sections = month_entry_names(), []
    for section in SECTIONS:
        if section not in may:
            continue
        lines = [line for line in wanted if line.section == section and is_known(line, names)]
        cells = [_cell(line, series.get(line, LineSeries()), month, names) for line in lines]
        cells.sort(key=lambda cell: cell.label)
        sections.append(
            MoneySection(section, cells, _lock(code, month, section), _empty(code, month, section))
        )
    typed = [row for one in series.values() for row in one.rows if row.origin == "form"]
    source = max(typed, key=lambda row: row.changed_at).source if typed else ""
    return MoneyMonth(region, month, sections, source)


def entered_money(user: User, code: str) -> frozenset[Section]:
    """Which sections the user may enter in a region; raises where there is none."""
    scope = scope_of(user)
    may = frozenset(
        section
        for section, permission in (
            (Section.CONTRIBUTIONS, Permission.ENTER_CONTRIBUTION),
            (Section.CLAIMS, Permission.ENTER_CLAIM),
        )
        if scope.holds(permission, code)
    )
    if not may:
        require(user, Permission.VIEW_COVERAGE, code)
        raise NotPermitted(Permission.ENTER_CONTRIBUTION)
    return may


def list_lines(code: str, month: date) -> dict[MoneyLine, LineSeries]:
    """Lines paid in the month or the year before it, from the months of payment."""
    found: dict[MoneyLine, LineSeries] = defaultdict(LineSeries)
    span = {"paid_on__gte": add_months(month, -_PAST), "paid_on__lt": add_months(month, 1)}
    for section in SECTIONS:
        for row in MODELS[section]._default_manager.filter(region=code, **span).order_by("pk"):
            series, paid = found[MoneyLine.of(row)], first_of(row.paid_on)
            series.rupiah[paid] = series.rupiah.get(paid, 0) + row.amount
            if paid == month:
                series.rows.append(row)
    return dict(found)


def is_known(line: MoneyLine, names: MonthEntryNames) -> bool:
    return (not line.category or line.category in names.categories) and (
        not line.funding or line.funding in names.fundings
    )


def question_on(line: MoneyLine, rupiah: int, past: Mapping[date, int]) -> str:
    """What makes an amount look like a slip of the hand: claims vary, yet not by a digit."""
    known = [amount for amount in past.values() if amount > 0]
    if not known or not rupiah:
        return ""
    highest, lowest = max(known), min(known)
    if rupiah > _TIMES * highest:
        return _("Lebih dari lima kali angka tertinggi setahun terakhir (Rp%(amount)s).") % {
            "amount": grouped(highest)
        }
    if line.section == Section.CONTRIBUTIONS and rupiah * _TIMES < lowest:
        return _("Kurang dari seperlima angka terendah setahun terakhir (Rp%(amount)s).") % {
            "amount": grouped(lowest)
        }
    return ""


def past_of(series: LineSeries, month: date) -> dict[date, int]:
    return {at: rupiah for at, rupiah in series.rupiah.items() if at < month}


def _expected(code: str, month: date) -> set[MoneyLine]:
    """What is usually paid: for those whose people were counted lately, and both kinds of claims."""
    since = add_months(month, -2)
    cells = Headcount.objects.filter(region=code, month__range=(since, month), people__gt=0)
    paid = {
        MoneyLine(Section.CONTRIBUTIONS, category, funding, ProgrammeGroup.JKK_JKM)
        for category, funding in cells.values_list("category_id", "funding_id").distinct()
    }
    usual = {MoneyLine(Section.CLAIMS, "", "", programme, ClaimKind.CASH) for programme in _USUAL_CLAIMS}
    return paid | usual


def _cell(line: MoneyLine, series: LineSeries, month: date, names: MonthEntryNames) -> MoneyCell:
    rows = series.rows
    only = rows[0] if len(rows) == 1 else None
    cases = [row.cases for row in rows if isinstance(row, Claim) and row.cases is not None]
    return MoneyCell(
        line=line,
        label=label_of(line, names),
        rupiah=sum(row.amount for row in rows) if rows else None,
        cases=sum(cases) if cases else None,
        revision=only.revision if only else 0,
        payments=len(rows),
        note=only.note if only else "",
        last_month=series.rupiah.get(add_months(month, -1)),
        last_year=series.rupiah.get(add_months(month, -_PAST)),
    )


def label_of(line: MoneyLine, names: MonthEntryNames) -> str:
    programme = str(ProgrammeGroup(line.programme).label)
    kind = str(ClaimKind(line.kind).label) if line.kind else ""
    words = [names.categories.get(line.category, ""), names.fundings.get(line.funding, ""), programme, kind]
    return ", ".join(word for word in words if word)


def _lock(code: str, month: date, section: Section) -> Lock | None:
    rows, rules = list_reporting_months([code], [month]), Rules.of([code])
    report = MoneyLine(section, "", "", "").report
    return lock_of((code, month), rows.get((code, month)), rules.at(code, month), report, localdate())


def _empty(code: str, month: date, section: Section) -> EmptyCell | None:
    rows = EmptyCell.objects.filter(region=code, month=month, cell=str(MonthEntryKey(section)))
    return rows.select_related("entered_by").first()
