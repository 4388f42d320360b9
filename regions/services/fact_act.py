"""The act about a set of facts: which field said what before, and says what now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from regions.enums import Verb
from regions.fact_kind import FactKind
from regions.models import SourcedFact, User
from regions.models.region import common_code
from regions.month import first_of, iso_month, months_between
from regions.services.act import record_act

# Enough for a page of a month; of a file of thousands the ledger tells the number.
MOST_ROWS = 20
# By which people know a row; numbers of papers and what they were made of say less.
_KNOWN_BY = (
    *("year", "month", "first_month", "last_month", "region_id", "institution_id"),
    *("category_id", "funding_id", "segment", "programme", "frame", "kind", "phase", "sequence"),
    *("sub_activity", "account"),
)
_DAYS = ("month", "paid_on", "billed_on", "posted_on", "decided_on")
_EMPTY = ("", None, False)


def note_facts(
    kind: FactKind,
    created: Sequence[SourcedFact],
    changed: Sequence[SourcedFact],
    before: Mapping[int, Mapping[str, Any]],
    *,
    by: User,
) -> None:
    """`before`: the earlier values of changed rows, by their number."""
    rows = [*created, *changed]
    detail: dict[str, Any] = {
        "created": len(created),
        "changed": len(changed),
        "origin": str(rows[0].origin),
        "facts": [_moved(kind, row, before.get(row.pk, {})) for row in rows[:MOST_ROWS]],
    }
    if len(rows) > MOST_ROWS:
        detail["more"] = len(rows) - MOST_ROWS
    record_act(
        by=by,
        verb=Verb.RECORDED,
        subject=kind.label,
        region_code=common_code({row.region_id for row in rows}),
        detail=detail,
        months={month for row in rows for month in months_said(row)},
    )


def about_fact(kind: FactKind, row: SourcedFact) -> dict[str, str]:
    """Column and value of what tells people which row it is."""
    known = (*_KNOWN_BY, "programmes") if "programmes" in kind.key else _KNOWN_BY
    columns = kind.said_of(column for column in known if hasattr(row, column))
    return {column: text for column in columns if (text := _in_act(getattr(row, column)))}


def months_said(row: SourcedFact) -> Iterator[date]:
    """The months that a row speaks of by its days; none of rows of a year."""
    for column in _DAYS:
        if day := getattr(row, column, None):
            yield first_of(day)
    first, last = getattr(row, "first_month", None), getattr(row, "last_month", None)
    if first:
        yield from months_between(first, last or first)


def pairs_in_act(pairs: Iterable[tuple[str, Any, Any]]) -> dict[str, list[str]]:
    """Column → old and new, of those that differ; what was empty and stays so says nothing."""
    return {
        column: [_in_act(old), _in_act(new)]
        for column, old, new in pairs
        if old != new and not (old in _EMPTY and new in _EMPTY)
    }


def _moved(kind: FactKind, row: SourcedFact, before: Mapping[str, Any]) -> dict[str, Any]:
    about = about_fact(kind, row)
    columns = [column for column in kind.said_of(kind.values) if before or column not in about]
    pairs = ((column, before.get(column), getattr(row, column)) for column in columns)
    return {"about": about, "changed": pairs_in_act(pairs)}


def _in_act(value: Any) -> str:
    """As the ledger keeps it: the first of a month is that month."""
    if isinstance(value, date) and value.day == 1:
        return iso_month(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
