"""The grids of figures of a month: one region with its sections, or many regions with the same figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from participants.enums import CountedSegment, Segment
from participants.hints import Limits, hints_of, oddities_of
from participants.models import Comment, EmptyCell
from participants.month_entry_key import SECTION_REPORTS, MonthEntryKey, Section
from participants.selectors.extra_field import has_month_fields
from participants.selectors.month_entry.cells import (
    CellCounts,
    EntrySeries,
    add_endings,
    count_series,
    expected_keys,
    label_keys,
    latest_source,
    limits_beside,
    limits_in_force,
    limits_told,
    list_series,
)
from participants.selectors.month_entry.entered import entered_sections, own_categories
from participants.selectors.month_entry.questions import unanswered
from regions.access import visible_regions
from regions.enums import Level
from regions.errors import OutsideScope
from regions.models import Region, User
from regions.month import add_months
from regions.roles import Permission
from regions.selectors.region import existing
from regions.selectors.reporting_month import Lock, Rules, list_reporting_months, lock_of

SECTIONS = (Section.MEMBERS, Section.HEADCOUNT)
_PAST = 12


@dataclass(frozen=True)
class MonthEntryCell:
    """One figure of a region in a month, and what stands beside it."""

    key: MonthEntryKey
    label: str
    value: int | None
    revision: int
    source: str
    # The twelve months before, newest first.
    past: tuple[tuple[date, int | None], ...]
    hints: tuple[str, ...]
    empty: EmptyCell | None
    is_expected: bool
    comments: int = 0
    follow_ups: int = 0
    # What the figure is asked and nobody answered, and what is noted beside it.
    question: str = ""
    note: str = ""
    # Who ended by name in the month before, and what the figure is without them where it is not lower.
    ended: str = ""
    lower_to: int | None = None
    # Of the hints those that whoever checks the month should see.
    oddities: tuple[str, ...] = ()

    @property
    def last_month(self) -> int | None:
        return self.past[0][1]

    @property
    def last_year(self) -> int | None:
        return self.past[-1][1]


@dataclass(frozen=True)
class MonthEntrySection:
    section: Section
    cells: list[MonthEntryCell]
    lock: Lock | None


@dataclass(frozen=True)
class MonthEntryPage:
    region: Region
    month: date
    sections: list[MonthEntrySection]
    counts: CellCounts
    source: str
    # Whether there are fields of the office's own to fill.
    has_extras: bool = False

    @property
    def sentences(self) -> list[str]:
        """Why sections are locked, each sentence once."""
        return list(dict.fromkeys(one.lock.sentence for one in self.sections if one.lock))

    def lock(self, section: Section) -> Lock | None:
        return next((one.lock for one in self.sections if one.section == section), None)

    def cell(self, key: MonthEntryKey) -> MonthEntryCell:
        """Raises OutsideScope for a figure that the page does not have."""
        for section in self.sections:
            for cell in section.cells:
                if cell.key == key:
                    return cell
        raise OutsideScope(str(key))


@dataclass(frozen=True)
class RegionRow:
    region: Region
    cells: list[MonthEntryCell]
    lock: Lock | None


@dataclass(frozen=True)
class RegionGrid:
    """`source` is the paper last named with such a figure in any of the regions."""

    rows: list[RegionRow]
    labels: dict[MonthEntryKey, str]
    source: str


def get_month_entry_page(
    user: User, code: str, month: date, extra: Sequence[MonthEntryKey] = ()
) -> MonthEntryPage:
    """The sections of a region's month that the user may enter. Raises OutsideScope or NotPermitted.

    `extra` names figures that are shown although nobody expects them.
    """
    may, own = entered_sections(user, code), own_categories(user, code)
    found = Region.objects.filter(code=code, level__lte=Level.REGENCY)
    rows = found.annotate(has_extras=has_month_fields(user, code, month))
    region = rows.annotate(hint_limits=limits_beside(month)).first()
    if region is None:
        raise OutsideScope(code)
    limits = limits_told(region.hint_limits)
    series = add_endings(list_series([code], month, SECTIONS), month)[code]
    cells = _cells(region, month, series, [*_shown(series, month), *extra], limits)
    if own is not None:
        cells = [cell for cell in cells if cell.key.category in own]
    locks = _locks([code], month, may)
    sections = [
        MonthEntrySection(one, [cell for cell in cells if cell.key.section == one], locks.get((code, one)))
        for one in SECTIONS
        if one in may
    ]
    source = latest_source(one for key, one in series.items() if key.section in may)
    counts = count_series(series, month) if own is None else counts_of(cells)
    return MonthEntryPage(region, month, sections, counts, source, region.has_extras)


def counts_of(cells: Sequence[MonthEntryCell]) -> CellCounts:
    """Of a part of the page alone."""
    filled = sum(cell.value is not None for cell in cells)
    blank = sum(cell.empty is not None for cell in cells)
    missing = sum(cell.is_expected and cell.value is None and cell.empty is None for cell in cells)
    return CellCounts(filled, blank, missing)


def list_month_cells(region: Region, month: date) -> list[MonthEntryCell]:
    """Every figure that the month has or should have, for those who check it."""
    series = add_endings(list_series([region.code], month, SECTIONS), month)[region.code]
    keys = [*expected_keys(series, month), *_here(series, month)]
    return _cells(region, month, series, keys, limits_in_force(month))


def list_month_entry_regions(user: User, permission: Permission, month: date) -> QuerySet[Region]:
    """Regencies that existed in the month and whose figures the user may enter."""
    return visible_regions(user, permission).filter(existing(month), level=Level.REGENCY).order_by("code")


def list_month_entry_regencies(user: User, month: date) -> list[Region]:
    """Regencies of which the user may enter any figure of a month."""
    allowed = [
        list_month_entry_regions(user, permission, month)
        for permission in (Permission.ENTER_MEMBERSHIP, Permission.ENTER_HEADCOUNT)
    ]
    return list(allowed[0] | allowed[1])


def get_region_grid(regions: Sequence[Region], month: date, keys: Sequence[MonthEntryKey]) -> RegionGrid:
    """One row per region with the same figures, of one section, in each; OutsideScope for unknown ones."""
    codes, section = [region.code for region in regions], keys[0].section
    by_code = list_series(codes, month, {section})
    if section == Section.HEADCOUNT:
        add_endings(by_code, month)
    labels, limits = label_keys(keys), limits_in_force(month)
    if len(labels) < len(keys):
        raise OutsideScope("figure")
    remarks, locks = _remarks(codes, month), _locks(codes, month, {section})
    rows = []
    for region in regions:
        series, told = by_code[region.code], remarks.get(region.code, {})
        cells = [
            _with_remarks(_cell(key, labels[key], series.get(key, EntrySeries()), month, limits), told)
            for key in keys
        ]
        rows.append(RegionRow(region, cells, locks.get((region.code, section))))
    source = latest_source(one for series in by_code.values() for one in series.values())
    return RegionGrid(rows, labels, source)


def _shown(series: Mapping[MonthEntryKey, EntrySeries], month: date) -> list[MonthEntryKey]:
    usual = [MonthEntryKey.members(segment) for segment in Segment.values]
    return [*expected_keys(series, month), *_here(series, month), *usual]


def _here(series: Mapping[MonthEntryKey, EntrySeries], month: date) -> list[MonthEntryKey]:
    return [key for key, one in series.items() if month in one.stored or month in one.empty]


def _cells(
    region: Region,
    month: date,
    series: Mapping[MonthEntryKey, EntrySeries],
    keys: Iterable[MonthEntryKey],
    limits: Limits,
) -> list[MonthEntryCell]:
    wanted = set(keys)
    labels = {key: series[key].label for key in wanted if key in series and series[key].label}
    labels |= label_keys(wanted - labels.keys())
    remarks = _remarks([region.code], month).get(region.code, {})
    cells = [
        _with_remarks(_cell(key, labels[key], series.get(key, EntrySeries()), month, limits), remarks)
        for key in wanted
        if key in labels
    ]
    order = {MonthEntryKey.members(value): at for at, value in enumerate(CountedSegment.values)}
    return sorted(cells, key=lambda cell: (order.get(cell.key, len(order)), cell.label))


def _cell(key: MonthEntryKey, label: str, series: EntrySeries, month: date, limits: Limits) -> MonthEntryCell:
    stored = series.stored.get(month)
    value = stored.value if stored else None
    months = [add_months(month, -back) for back in range(1, _PAST + 1)]
    hints: list[str] = []
    oddities: list[str] = []
    if value is not None:
        hints = hints_of(value, month, series.values(), limits)
        oddities = oddities_of(value, month, series.values(), limits)
    return MonthEntryCell(
        key=key,
        label=label,
        value=value,
        revision=stored.revision if stored else 0,
        source=stored.source if stored else "",
        past=tuple((at, series.value(at)) for at in months),
        hints=tuple(hints),
        empty=None if stored else series.empty.get(month),
        is_expected=key in expected_keys({key: series}, month),
        question=unanswered(series, month, limits),
        note=stored.note if stored else "",
        ended=series.ending.words if series.ending and series.ending.fewer else "",
        lower_to=series.ending.offer(value, series.value(months[0])) if series.ending else None,
        oddities=tuple(oddities),
    )


_Remarks = dict[MonthEntryKey, tuple[int, int]]


def _with_remarks(cell: MonthEntryCell, remarks: _Remarks) -> MonthEntryCell:
    comments, follow_ups = remarks.get(cell.key, (0, 0))
    return replace(cell, comments=comments, follow_ups=follow_ups)


def _remarks(codes: Iterable[str], month: date) -> dict[str, _Remarks]:
    """Region code → figure → open remarks, and how many of them mark it to be followed up."""
    rows = Comment.objects.filter(Q(participant=None), region__in=codes, month=month, settled_at=None)
    found: dict[str, _Remarks] = {}
    columns = ("region_id", "segment", "category_id", "funding_id", "is_follow_up")
    for code, segment, category, funding, is_follow_up in rows.values_list(*columns):
        key = MonthEntryKey.members(segment) if segment else MonthEntryKey.headcount(category, funding)
        comments, follow_ups = found.setdefault(code, {}).get(key, (0, 0))
        found[code][key] = (comments + 1, follow_ups + is_follow_up)
    return found


def _locks(codes: Sequence[str], month: date, sections: Iterable[Section]) -> dict[tuple[str, Section], Lock]:
    """Which sections of which regions are locked in the month."""
    rows, rules, today = list_reporting_months(codes, [month]), Rules.of(codes), localdate()
    found = {}
    for code in codes:
        for section in sections:
            report = SECTION_REPORTS[section]
            lock = lock_of((code, month), rows.get((code, month)), rules.at(code, month), report, today)
            if lock:
                found[code, section] = lock
    return found
