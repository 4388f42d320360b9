"""The act about a set of facts: which field said what before, and says what now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from regions.enums import Verb
from regions.fact_kind import FactKind
from regions.models import SourcedFact, User
from regions.models.region import common_code
from regions.month import iso_month
from regions.services.act import record_act

# Enough for a page of a month; of a file of thousands the ledger tells the number.
MOST_ROWS = 20


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
    )


def _moved(kind: FactKind, row: SourcedFact, before: Mapping[str, Any]) -> dict[str, Any]:
    pairs = {column: (before.get(column), getattr(row, column)) for column in kind.said_of(kind.values)}
    return {
        "about": [_in_act(getattr(row, column)) for column in kind.said_of(kind.key)],
        "changed": {
            column: [_in_act(old), _in_act(new)] for column, (old, new) in pairs.items() if old != new
        },
    }


def _in_act(value: Any) -> str:
    """As the ledger keeps it: the first of a month is that month."""
    if isinstance(value, date) and value.day == 1:
        return iso_month(value)
    return "" if value is None else str(value)
