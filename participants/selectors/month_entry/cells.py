"""Figures of a month as the grids and the page of the month ask for them: stored, past, empty, expected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, JSONObject

from participants.enums import CountedSegment, EmptyReason
from participants.hints import RANGE_MONTHS, Limits
from participants.models import Category, EmptyCell, FundingSource, Headcount, HintLimit, MembershipCount
from participants.month_entry_key import MonthEntryKey, Section
from participants.programme_set import usual_programmes
from participants.selectors.month_entry.endings import EndedBefore, endings_of
from regions.enums import Origin
from regions.month import add_months
from regions.stored_text import shown

# A figure is expected where one stood, or a reason, in any of so many months before.
_EXPECTED_AFTER = 12
_UNDIVIDED_AFTER = 3
# Reasons that announce the figure for later; the others end it until a number comes again.
_COMING = frozenset({EmptyReason.NOT_REPORTED, EmptyReason.OTHER})
ALWAYS = (MonthEntryKey.members(CountedSegment.PU), MonthEntryKey.members(CountedSegment.BPU))

UNDIVIDED = MonthEntryKey.members(CountedSegment.ALL)


class MonthEntryNames(NamedTuple):
    categories: dict[str, str]
    fundings: dict[str, str]


class CellCounts(NamedTuple):
    filled: int
    blank_with_reason: int
    missing: int


@dataclass(frozen=True)
class StoredEntry:
    """A figure as it is stored, with what a correction of it has to name."""

    pk: int
    value: int
    revision: int
    source: str
    as_of: date
    origin: str
    changed_at: datetime
    note: str


@dataclass
class EntrySeries:
    """All that is stored of one figure of a region, by month."""

    label: str = ""
    stored: dict[date, StoredEntry] = field(default_factory=dict)
    empty: dict[date, EmptyCell] = field(default_factory=dict)
    # Who ended by name before the month that is asked for; asked by `add_endings`.
    ending: EndedBefore | None = None

    def value(self, month: date) -> int | None:
        return self.stored[month].value if month in self.stored else None

    def values(self) -> dict[date, int]:
        return {month: one.value for month, one in self.stored.items()}

    def is_expected(self, month: date, within: int) -> bool:
        """By the last word on it within so many months: a gap in reporting does not make it forgotten."""
        for back in range(1, within + 1):
            before = add_months(month, -back)
            if before in self.stored:
                return True
            if before in self.empty:
                return self.empty[before].reason in _COMING
        return False


By = dict[str, dict[MonthEntryKey, EntrySeries]]


def add_endings(found: By, month: date) -> By:
    """The same with who ended by name in the month before; one question."""
    for code, endings in endings_of(found, month).items():
        for key, ending in endings.items():
            if key in found[code]:
                found[code][key].ending = ending
    return found


def list_series(
    codes: Iterable[str], month: date, sections: Iterable[Section], months: int = RANGE_MONTHS
) -> By:
    """Region code → figure → its months, from `months` before the month to the month itself."""
    wanted, span = set(codes), (add_months(month, -months), month)
    found: By = {code: {} for code in wanted}
    asked = set(sections)
    for code, key, label, at, stored in _stored(wanted, span, asked):
        found[code].setdefault(key, EntrySeries(label)).stored[at] = stored
    for row in EmptyCell.objects.filter(region__in=wanted, month__range=span).select_related("entered_by"):
        key = MonthEntryKey.parse(row.cell)
        if key.section in asked:
            found[row.region_id].setdefault(key, EntrySeries()).empty[row.month] = row
    return found


def _window(key: MonthEntryKey) -> int:
    """One number for all segments stands in for them only while it goes on coming."""
    return _UNDIVIDED_AFTER if key == UNDIVIDED else _EXPECTED_AFTER


def expected_keys(series: Mapping[MonthEntryKey, EntrySeries], month: date) -> list[MonthEntryKey]:
    """Which figures a month should have: PU and BPU always, others by the months before."""
    kept = {key for key, one in series.items() if one.is_expected(month, _window(key))}
    return sorted({*ALWAYS, *kept})


def count_cells(code: str, month: date) -> CellCounts:
    """How many of the month's expected figures of a region stand, are empty on purpose, or are missing."""
    return count_cells_of([code], month)[code]


def count_cells_of(codes: Iterable[str], month: date) -> dict[str, CellCounts]:
    sections = (Section.MEMBERS, Section.HEADCOUNT)
    found = list_series(codes, month, sections, months=_EXPECTED_AFTER)
    return {code: count_series(series, month) for code, series in found.items()}


def count_series(series: Mapping[MonthEntryKey, EntrySeries], month: date) -> CellCounts:
    """Figures that nobody expected count as soon as they stand, or are empty with a reason.

    Where all segments were reported as one number, no segment is missing; and the other way about.
    """
    filled = sum(month in one.stored for one in series.values())
    blank = sum(month in one.empty and month not in one.stored for one in series.values())
    told = {key for key, one in series.items() if month in one.stored or month in one.empty}
    silent = [key for key in expected_keys(series, month) if key not in told]
    segments = {key for key in told if key.section == Section.MEMBERS}
    if UNDIVIDED in segments:
        silent = [key for key in silent if key.section != Section.MEMBERS]
    elif segments:
        silent = [key for key in silent if key != UNDIVIDED]
    return CellCounts(filled, blank, len(silent))


def list_empty_cells(region_code: str, month: date) -> list[EmptyCell]:
    rows = EmptyCell.objects.filter(region_id=region_code, month=month)
    return list(rows.select_related("entered_by").order_by("cell"))


def get_stored_value(region_code: str, month: date, key: MonthEntryKey) -> int | None:
    """None also for figures of other storeys, which are not read here."""
    span = (month, month)
    return next(
        (
            row.value
            for _c, found, _l, _at, row in _stored({region_code}, span, {key.section})
            if found == key
        ),
        None,
    )


def lowered_entries(code: str, month: date, keys: Iterable[MonthEntryKey]) -> dict[MonthEntryKey, int]:
    """Figure → last month's number less those who ended by name, where anybody did."""
    if not any(key.section == Section.HEADCOUNT for key in keys):
        return {}
    found = add_endings(list_series([code], month, {Section.HEADCOUNT}, months=1), month)[code]
    before = add_months(month, -1)
    return {
        key: one.ending.lowered(one.stored[before].value)
        for key, one in found.items()
        if one.ending and one.ending.fewer and before in one.stored
    }


def limits_in_force(month: date) -> Limits:
    return limits_told(_limits(month).values_list("told", flat=True).first())


def limits_beside(month: date) -> Subquery:
    """The same as a column of another question, for `limits_told`."""
    return Subquery(_limits(month).values("told")[:1])


def limits_told(told: Mapping[str, Any] | None) -> Limits:
    return Limits(**{**told, "deviations": Decimal(told["deviations"])}) if told else Limits()


def _limits(month: date) -> QuerySet[Any]:
    # JSON has no decimals: as text nothing of them is lost.
    told = JSONObject(
        jump_percent="jump_percent",
        deviations=Cast("deviations", TextField()),
        fewest="fewest",
        fewest_people="fewest_people",
    )
    rows = HintLimit.objects.filter(valid_from__lte=month).annotate(told=told)
    return rows.order_by("-valid_from")


def latest_source(series: Iterable[EntrySeries]) -> str:
    """The paper named by the person who last typed one of the figures."""
    typed = [row for one in series for row in one.stored.values() if row.origin == Origin.FORM]
    return max(typed, key=lambda row: row.changed_at).source if typed else ""


def month_entry_names() -> MonthEntryNames:
    """Every category and every source of funds, asked for at once."""
    categories = Category.objects.order_by().values_list(Value("category"), "pk", "name")
    fundings = FundingSource.objects.order_by().values_list(Value("funding"), "pk", "name")
    found: dict[str, dict[str, str]] = {"category": {}, "funding": {}}
    for kind, code, name in sorted(categories.union(fundings, all=True), key=lambda row: row[2]):
        found[kind][code] = shown(name)
    return MonthEntryNames(found["category"], found["funding"])


def label_keys(keys: Iterable[MonthEntryKey]) -> dict[MonthEntryKey, str]:
    """What the figures are called; those whose category or source of funds is unknown are left out."""
    wanted = list(keys)
    labels = {key: str(CountedSegment(key.segment).label) for key in wanted if key.segment}
    counted = [key for key in wanted if key.category]
    if not counted:
        return labels
    names = month_entry_names()
    for key in counted:
        if key.category in names.categories and key.funding in names.fundings:
            labels[key] = f"{names.categories[key.category]}, {names.fundings[key.funding]}"
    return labels


_NAMES = ("category__name", "funding__name")
_COLUMNS = ("region_id", "month", "pk", "revision", "source", "as_of", "origin", "changed_at", "note")


def _stored(
    codes: set[str], span: tuple[date, date], sections: set[Section]
) -> Iterator[tuple[str, MonthEntryKey, str, date, StoredEntry]]:
    """What is stored in both tables, asked for at once where both are wanted."""
    here = {"region__in": codes, "month__range": span}
    nothing = [Value("")] * 3
    tables = {
        Section.MEMBERS: MembershipCount.objects.filter(**here, programmes=usual_programmes()).values_list(
            *_COLUMNS, Value("members"), "segment", *nothing, "members"
        ),
        Section.HEADCOUNT: Headcount.objects.filter(**here).values_list(
            *_COLUMNS, Value("headcount"), "category_id", "funding_id", *_NAMES, "people"
        ),
    }
    wanted = [rows.order_by() for section, rows in tables.items() if section in sections]
    if not wanted:
        return
    for code, at, pk, *told, section, one, two, name, payer, value in wanted[0].union(*wanted[1:], all=True):
        stored = StoredEntry(pk, value, *told)
        if section == Section.MEMBERS:
            yield code, MonthEntryKey.members(one), str(CountedSegment(one).label), at, stored
        else:
            yield code, MonthEntryKey.headcount(one, two), f"{shown(name)}, {shown(payer)}", at, stored
