"""Figures of a month typed into a grid: saved, taken back, or taken over from the month before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.month_entry_key import MonthEntryKey, Section
from participants.selectors.institution_category import require_figure
from participants.selectors.month_entry.cells import StoredEntry, list_empty_cells, list_series
from participants.selectors.month_entry.endings import endings_of
from participants.services.headcount import HEADCOUNTS
from participants.services.membership_count import MEMBERSHIP_COUNTS
from participants.services.month_entry.jump import ANSWER
from regions.enums import Origin
from regions.errors import ChangedMeanwhile, FactRefused, MonthLocked, NotPermitted, OutsideScope, Problem
from regions.models import Region, User
from regions.month import add_months, last_day
from regions.services.fact import FactStore

_SALT = "participants.figure.undo"
_UNDO_WITHIN = timedelta(hours=12)
# Before the name of a figure: the problem is answered by saying why the number is right.
BECAUSE = "because:"


ENTRY_STORES: dict[Section, FactStore[Any]] = {
    Section.MEMBERS: MEMBERSHIP_COUNTS,
    Section.HEADCOUNT: HEADCOUNTS,
}


@dataclass(frozen=True)
class Typed:
    """Typed over a figure: `value` None takes it away; `revision` is the one that was seen, 0 for none.

    `because` says why a figure that looks like a slip of the hand is right.
    """

    value: int | None
    revision: int
    because: str = ""


@dataclass(frozen=True)
class MonthEntryTerms:
    """What holds for a whole sitting: the paper the figures come from, and why stored ones change."""

    source: str
    as_of: date
    reason: str = ""
    # Of one figure: why it is right though it looks like a slip of the hand.
    note: str = ""


@dataclass(frozen=True)
class EntryPlace:
    region_code: str
    month: date
    key: MonthEntryKey


@transaction.atomic
def save_month_entries(
    *, by: User, region_code: str, month: date, typed: Mapping[MonthEntryKey, Typed], terms: MonthEntryTerms
) -> str:
    """Store a row of figures, all or nothing; returns the signed mark that takes it back.

    `undo_month_entries` reads the mark.
    Raises ChangedMeanwhile when a figure is no longer what the person saw, FactRefused (fields are the
    names of figures, those of the terms, or `because:` and the name of a figure that needs an answer),
    OutsideScope or NotPermitted.
    """
    for key in typed:
        require_figure(by, region_code, key)
    # Two who fill the same empty figure at once wait for each other here.
    Region.objects.select_for_update(no_key=True).get(pk=region_code)
    sections = {key.section for key in typed}
    series = list_series([region_code], month, sections, months=0)[region_code]
    before = {key: series[key].stored.get(month) if key in series else None for key in typed}
    done: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, one in typed.items():
        place, stored = EntryPlace(region_code, month, key), before[key]
        if one.value == (stored.value if stored else None):
            continue
        if (stored.revision if stored else 0) != one.revision:
            raise ChangedMeanwhile(stored)
        try:
            revision = _put(place, stored, one.value, replace(terms, note=one.because), by=by)
        except MonthLocked:
            raise
        except FactRefused as refused:
            problems += refused.problems
        else:
            done[str(key)] = [_told(stored), revision]
    if problems:
        raise FactRefused(dict.fromkeys(problems))
    if not done:
        return ""
    told = {"by": by.pk, "code": region_code, "month": f"{month:%Y-%m-%d}", "cells": done}
    return signing.dumps(told, salt=_SALT)


@transaction.atomic
def undo_month_entries(*, by: User, mark: str) -> EntryPlace:
    """Take back what `save_month_entries` did, while nobody touched those figures since.

    Raises ChangedMeanwhile, FactRefused, OutsideScope for an unreadable or old mark, NotPermitted for
    that of somebody else.
    """
    told = _read(mark)
    code, month = told["code"], date.fromisoformat(told["month"])
    cells = {MonthEntryKey.parse(name): cell for name, cell in told["cells"].items()}
    for key in cells:
        require_figure(by, code, key)
        if told["by"] != by.pk:
            raise NotPermitted(key.permission)
    Region.objects.select_for_update(no_key=True).get(pk=code)
    series = list_series([code], month, {key.section for key in cells}, months=0)[code]
    for key, (before, revision) in cells.items():
        stored = series[key].stored.get(month) if key in series else None
        if (stored.revision if stored else 0) != revision:
            raise ChangedMeanwhile(stored)
        value = before[0] if before else None
        source, as_of, note = (
            (before[1], date.fromisoformat(before[2]), before[3]) if before else ("", month, "")
        )
        terms = MonthEntryTerms(source, as_of, _("ditarik kembali di tabel"), note)
        _put_back(EntryPlace(code, month, key), stored, value, terms, by=by)
    return EntryPlace(code, month, next(iter(cells)))


@transaction.atomic
def repeat_month_entries(
    *, by: User, region_code: str, month: date, expected: Mapping[MonthEntryKey, int]
) -> int:
    """Give figures of the month that are missing the values of the month before; returns how many.

    `expected` is what the person was shown. Raises ChangedMeanwhile where it is no longer so.
    """
    now = _unfilled(region_code, month, {key.section for key in expected})
    if expected != {key: now[key].value for key in expected if key in now}:
        raise ChangedMeanwhile(None)
    terms = MonthEntryTerms(same_as(month), min(last_day(month), localdate()))
    typed = {key: Typed(value, 0) for key, value in expected.items()}
    save_month_entries(by=by, region_code=region_code, month=month, typed=typed, terms=terms)
    return len(typed)


def repeatable(region_code: str, month: date, sections: set[Section]) -> dict[MonthEntryKey, int]:
    """Figures of last month that this month has neither as a number nor as empty on purpose."""
    found = _unfilled(region_code, month, sections)
    empty = {row.cell for row in list_empty_cells(region_code, month)}
    fewer = _fewer(region_code, month)
    return {
        key: one.value for key, one in sorted(found.items()) if str(key) not in empty and key not in fewer
    }


def held_back(region_code: str, month: date, sections: set[Section]) -> dict[MonthEntryKey, str]:
    """Figures of last month that are not taken over as they are, since people ended by name: who."""
    found, fewer = _unfilled(region_code, month, sections), _fewer(region_code, month)
    return {key: fewer[key] for key in sorted(found) if key in fewer}


def _fewer(region_code: str, month: date) -> dict[MonthEntryKey, str]:
    endings = endings_of([region_code], month).get(region_code, {})
    return {key: one.words for key, one in endings.items() if one.fewer}


def _unfilled(region_code: str, month: date, sections: set[Section]) -> dict[MonthEntryKey, StoredEntry]:
    """Figures of last month that this month has not."""
    before = add_months(month, -1)
    series = list_series([region_code], month, sections, months=1)[region_code]
    return {
        key: one.stored[before]
        for key, one in series.items()
        if before in one.stored and month not in one.stored
    }


def same_as(month: date) -> str:
    return _("sama dengan bulan %(month)s") % {"month": date_format(add_months(month, -1), "F Y")}


def _put(
    place: EntryPlace, stored: StoredEntry | None, value: int | None, terms: MonthEntryTerms, *, by: User
) -> int:
    """One figure stored, corrected or taken away; returns its revision, 0 where it is gone."""
    if stored is not None and not terms.reason.strip():
        raise FactRefused([Problem(0, "reason", reason_needed())])
    try:
        if stored is None and value is not None:
            return _record(place, value, terms, by=by)
        if stored is not None and value is not None:
            return _correct(place, stored, value, terms, by=by)
        if stored is not None:
            _remove(place, stored, terms.reason, by=by)
        return 0
    except FactRefused as refused:
        # A sentence about the number stands at the figure, whatever the fact calls its column.
        named = {"members": str(place.key), "people": str(place.key), ANSWER: f"{BECAUSE}{place.key}"}
        raise FactRefused(
            [Problem(p.row, named.get(p.field, p.field), p.message) for p in refused.problems]
        ) from refused


def _put_back(
    place: EntryPlace, stored: StoredEntry | None, value: int | None, terms: MonthEntryTerms, *, by: User
) -> None:
    """As `_put`; a number that stood there before needs no new word that it is right."""
    try:
        _put(place, stored, value, terms, by=by)
    except FactRefused as refused:
        if any(not problem.field.startswith(BECAUSE) for problem in refused.problems):
            raise
        _put(place, stored, value, replace(terms, note=_("kembali ke angka sebelumnya")), by=by)


def _record(place: EntryPlace, value: int, terms: MonthEntryTerms, *, by: User) -> int:
    columns: dict[str, Any] = {
        "region_id": place.region_code,
        "month": place.month,
        "source": terms.source,
        "as_of": terms.as_of,
        "note": terms.note,
        "origin": Origin.FORM,
    }
    key = place.key
    if key.section == Section.MEMBERS:
        columns |= {"segment": key.segment, "members": value}
    else:
        columns |= {"category_id": key.category, "funding_id": key.funding, "people": value}
    store = ENTRY_STORES[key.section]
    revision: int = store.record([store.kind.model(**columns)], by=by).rows[0].revision
    return revision


def _correct(place: EntryPlace, stored: StoredEntry, value: int, terms: MonthEntryTerms, *, by: User) -> int:
    store = ENTRY_STORES[place.key.section]
    (counted,) = store.kind.counted
    # What was said of the number that goes does not explain the one that comes.
    new = {
        "source": terms.source,
        "as_of": terms.as_of,
        "source_url": "",
        "note": terms.note,
        counted: value,
    }
    row = store.correct(pk=stored.pk, revision=stored.revision, by=by, reason=terms.reason, new=new)
    revision: int = row.revision
    return revision


def _remove(place: EntryPlace, stored: StoredEntry, reason: str, *, by: User) -> None:
    """A figure that was typed in the wrong place leaves; its history keeps it."""
    store = ENTRY_STORES[place.key.section]
    store.remove(pk=stored.pk, revision=stored.revision, by=by, reason=reason)


def reason_needed() -> str:
    return _("Angka yang sudah tersimpan berubah. Tulis alasannya di atas tabel, sekali untuk semua.")


def _told(stored: StoredEntry | None) -> list[Any] | None:
    return [stored.value, stored.source, f"{stored.as_of:%Y-%m-%d}", stored.note] if stored else None


def _read(mark: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = signing.loads(mark, salt=_SALT, max_age=_UNDO_WITHIN)
    except signing.BadSignature as error:
        raise OutsideScope("mark") from error
    return told
