"""Which figures look like a slip of the hand and carry no word that they are right."""

from collections.abc import Iterable, Sequence
from datetime import date

from participants.hints import QUESTION_MONTHS, Limits, question_of
from participants.models import Headcount, MembershipCount
from participants.month_entry_key import MonthEntryKey, Section
from participants.selectors.month_entry.cells import EntrySeries, add_endings, limits_in_force, list_series
from regions.enums import Origin
from regions.month import add_months

# What was published somewhere else is not asked about here.
ASKED_ORIGINS = frozenset({Origin.FORM, Origin.FILE, Origin.API})


def key_of_row(row: Headcount | MembershipCount) -> MonthEntryKey:
    if isinstance(row, MembershipCount):
        return MonthEntryKey.members(row.segment)
    return MonthEntryKey.headcount(row.category_id, row.funding_id)


def questions_on(rows: Sequence[Headcount | MembershipCount]) -> dict[int, str]:
    """Place among the rows → the question that its figure raises; rows with a note have answered it."""
    asked = {place: row for place, row in enumerate(rows) if not row.note.strip()}
    found: dict[int, str] = {}
    for month in {row.month for row in asked.values()}:
        here = {place: row for place, row in asked.items() if row.month == month}
        found |= _of_month(here, month)
    return found


def _of_month(rows: dict[int, Headcount | MembershipCount], month: date) -> dict[int, str]:
    keys = {place: key_of_row(row) for place, row in rows.items()}
    sections = {key.section for key in keys.values()}
    codes = {row.region_id for row in rows.values()}
    found, limits = list_series(codes, month, sections, months=QUESTION_MONTHS), limits_in_force(month)
    series = add_endings(found, month) if Section.HEADCOUNT in sections else found
    questions = {
        place: asked_of(_counted(row), month, series[row.region_id].get(keys[place], EntrySeries()), limits)
        for place, row in rows.items()
    }
    return {place: question for place, question in questions.items() if question}


def _counted(row: Headcount | MembershipCount) -> int:
    return row.members if isinstance(row, MembershipCount) else row.people


def asked_of(value: int, month: date, series: EntrySeries, limits: Limits) -> str:
    """Everything that a figure is asked; those who ended by name explain a fall by just as many."""
    before, ending = series.value(add_months(month, -1)), series.ending
    if ending and ending.explains(value, before):
        return ""
    jump = question_of(value, month, series.values(), limits)
    return " ".join(one for one in (ending.question(value, before) if ending else "", jump) if one)


def unanswered(series: EntrySeries, month: date, limits: Limits) -> str:
    """The question that a stored figure raises and nobody answered; empty where there is none."""
    stored = series.stored.get(month)
    if stored is None or stored.note.strip() or stored.origin not in ASKED_ORIGINS:
        return ""
    return asked_of(stored.value, month, series, limits)


def count_unanswered(codes: Iterable[str], month: date) -> dict[str, int]:
    """Region code → figures of the month whose jump nobody explained."""
    found = list_series(codes, month, (Section.MEMBERS, Section.HEADCOUNT), months=QUESTION_MONTHS)
    add_endings(found, month)
    limits = limits_in_force(month)
    return {
        code: sum(bool(unanswered(one, month, limits)) for one in series.values())
        for code, series in found.items()
    }
