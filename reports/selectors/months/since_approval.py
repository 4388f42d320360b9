"""What has changed under a month since it was last verified or closed: told by rows and their history."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL
from django.utils.dateparse import parse_date
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from participants.enums import short_segment
from regions.access import scope_of
from regions.enums import APPROVED_STATES
from regions.fact_kind import CountedKind, FactKind
from regions.formats import MISSING, day_name, month_name
from regions.models import MonthStep, Region, User
from regions.number import grouped
from regions.reading import reading_connection
from regions.selectors.fact_change import counted_kinds, counting_parameters, counting_sql, kind_name
from regions.selectors.reporting_month import At
from reports.selectors.boards.comparison import list_names

_MOST = 100
# Days that stand for their month.
_MONTHS = frozenset({"month", "first_month", "last_month"})


@cache
def _moved() -> str:
    return counting_sql(counted_kinds())


@cache
def _by_name() -> dict[str, CountedKind]:
    return {kind_name(kind): kind for kind in counted_kinds()}


def count_since_approval(codes: Iterable[str], months: Iterable[date]) -> dict[At, int]:
    """(region code, month) → changes since its last approval, for months that have any; one question."""
    with reading_connection().cursor() as cursor:
        cursor.execute(
            f"{_moved()} SELECT region_code, month, count(*) FROM moved GROUP BY region_code, month",
            counting_parameters(codes, months),
        )
        return {(code, month): count for code, month, count in cursor.fetchall()}


def changes_of(code: str, month: date) -> RawSQL:
    """The same number of one region and month, as a column of another question."""
    sql = f"{_moved()} SELECT count(*) FROM moved"
    return RawSQL(sql, counting_parameters([code], [month]), output_field=BigIntegerField())


def _list_sql() -> str:
    """Rows stored at once by one person, such as a list, stand in one line."""
    return f"""{_moved()}
SELECT kind, act, at, place, before - 'participant_id' AS old, after - 'participant_id' AS new, who, reason,
  count(*), min(pk) FROM moved
GROUP BY kind, act, at, place, old, new, who, reason ORDER BY at DESC, kind, min(pk) LIMIT %s"""


@dataclass(frozen=True)
class Said:
    """One column of a row before and after; empty where the row was not there."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Moved:
    """One change (or `count` alike of one moment): what, where, when, by whom, and from what to what."""

    kind: str
    act: str
    at: datetime
    place: Region | None
    who: str
    reason: str
    count: int
    said: list[Said] = field(default_factory=list)
    url_name: str = ""
    pk: int = 0


@dataclass(frozen=True)
class SinceApproval:
    """`approved_at` is None where the month was never verified or closed."""

    approved_at: datetime | None
    count: int = 0
    rows: list[Moved] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        return sum(row.count for row in self.rows) < self.count


def approved_at(steps: Iterable[MonthStep]) -> datetime | None:
    return max((step.at for step in steps if step.to_state in APPROVED_STATES), default=None)


def get_since_approval(user: User, region: Region, month: date, steps: Iterable[MonthStep]) -> SinceApproval:
    approved = approved_at(steps)
    if approved is None:
        return SinceApproval(None)
    parameters = counting_parameters([region.code], [month])
    with reading_connection().cursor() as cursor:
        cursor.execute(_list_sql(), [*parameters, _MOST])
        found = cursor.fetchall()
    count = sum(row[8] for row in found)
    if len(found) == _MOST:
        count = count_since_approval([region.code], [month])[region.code, month]
    return SinceApproval(approved, count, _told(user, found) if found else [])


def _told(user: User, found: Sequence[tuple[Any, ...]]) -> list[Moved]:
    users = User.objects.in_bulk({row[6] for row in found if row[6]})
    places = Region.objects.select_related("parent").in_bulk({row[3] for row in found if row[3]})
    names, scope = list_names().names, scope_of(user)
    gone = {(row[0], row[9]) for row in found if row[1] == "removed"}
    rows = []
    for kind, act, at, place, old, new, who, reason, count, pk in found:
        counted, before, after = _by_name().get(kind), _json(old), _json(new)
        may_open = isinstance(counted, FactKind) and scope.holds(counted.permission, place)
        rows.append(
            Moved(
                kind=_which(counted, after or before, names) if counted else after["subject"],
                act=act if counted else "acted",
                at=at,
                place=places.get(place),
                who=str(users.get(who, "")),
                reason=reason,
                count=count,
                said=_said(counted, before, after, names) if counted else [],
                url_name=_correcting(counted) if may_open and (kind, pk) not in gone else "",
                pk=pk,
            )
        )
    return rows


def _correcting(kind: CountedKind | None) -> str:
    return kind.url_name("correct") if isinstance(kind, FactKind) else ""


def _json(stored: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else (stored or {})
    return found


def _said(
    kind: CountedKind, before: dict[str, Any], after: dict[str, Any], names: Mapping[str, str]
) -> list[Said]:
    """Of a correction the columns that differ; otherwise what the row says, without whose word it is."""
    alone = (*kind.word, *kind.named, "participant_id")
    columns = [column for column in kind.columns if (before and after) or column not in alone]
    return [
        Said(_label(kind, column), _text(kind, column, before, names), _text(kind, column, after, names))
        for column in columns
        if before.get(column) != after.get(column)
    ]


def _which(kind: CountedKind, version: dict[str, Any], names: Mapping[str, str]) -> str:
    """The kind of the fact and which of its rows."""
    words = [_text(kind, column, version, names) for column in kind.named if version.get(column)]
    return ": ".join([str(kind.model._meta.verbose_name), *([", ".join(words)] if words else [])])


def _label(kind: CountedKind, column: str) -> str:
    field: Any = kind.model._meta.get_field(column)
    return str(field.verbose_name)


def _text(kind: CountedKind, column: str, version: dict[str, Any], names: Mapping[str, str]) -> str:
    """A value as pages write it; an empty one is a dash where the row was there."""
    if not version:
        return ""
    value = version.get(column)
    if value is None or value in ("", []):
        return MISSING
    field: Any = kind.model._meta.get_field(column)
    if column in _MONTHS:
        return month_name(parse_date(value))
    if field.choices:
        return str(dict(field.choices).get(value, value))
    if field.is_relation:
        return names.get(value, str(value))
    return _WRITTEN.get(field.get_internal_type(), str)(value)


# As the history keeps them, which is as JSON.
_WRITTEN: dict[str, Callable[[Any], str]] = {
    "BooleanField": lambda value: _("ya") if value else _("tidak"),
    "DecimalField": lambda value: str(number_format(str(value))),
    "DateField": lambda value: day_name(parse_date(value)),
    "ArrayField": lambda value: ", ".join(map(short_segment, value)),
    "BigIntegerField": grouped,
    "PositiveIntegerField": grouped,
}
