"""Which figures look like a slip of the hand and carry no word that they are right."""

from collections.abc import Iterable, Sequence
from datetime import date

from participants.hints import QUESTION_MONTHS, Limits, question_of
from participants.models import Headcount, MembershipCount
from participants.month_entry_key import MonthEntryKey, Section
from participants.selectors.month_entry.cells import EntrySeries, limits_in_force, list_series
from regions.enums import Origin

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
    series, limits = list_series(codes, month, sections, months=QUESTION_MONTHS), limits_in_force(month)
    questions = {
        place: question_of(_counted(row), month, _past(series[row.region_id].get(keys[place])), limits)
        for place, row in rows.items()
    }
    return {place: question for place, question in questions.items() if question}


def _counted(row: Headcount | MembershipCount) -> int:
    return row.members if isinstance(row, MembershipCount) else row.people


def _past(series: EntrySeries | None) -> dict[date, int]:
    return series.values() if series else {}


def unanswered(series: EntrySeries, month: date, limits: Limits) -> str:
    """The question that a stored figure raises and nobody answered; empty where there is none."""
    stored = series.stored.get(month)
    if stored is None or stored.note.strip() or stored.origin not in ASKED_ORIGINS:
        return ""
    return question_of(stored.value, month, series.values(), limits)


def count_unanswered(codes: Iterable[str], month: date) -> dict[str, int]:
    """Region code → figures of the month whose jump nobody explained."""
    found = list_series(codes, month, (Section.MEMBERS, Section.HEADCOUNT), months=QUESTION_MONTHS)
    limits = limits_in_force(month)
    return {
        code: sum(bool(unanswered(one, month, limits)) for one in series.values())
        for code, series in found.items()
    }
