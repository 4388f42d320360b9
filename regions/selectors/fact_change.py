"""Which stored changes of facts count for which months, as the rows and their history say.

A change is the making of a row, a correction of it, or its removal. Each counts for the months for which
what the row says has become something else: a payment moved to another month counts for both, a spell
made longer for the months added.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from regions.enums import APPROVED_STATES
from regions.fact_kind import CountedKind
from regions.models import Act, User
from regions.models.region import NATION


@cache
def counted_kinds() -> tuple[CountedKind, ...]:
    """Every kind of fact that a model of the application declares."""
    declared = (vars(model).get("fact") for model in apps.get_models())
    return tuple(kind for kind in declared if isinstance(kind, CountedKind))


def kind_name(kind: CountedKind) -> str:
    name: str = kind.model._meta.label_lower
    return name


def _table(kind: CountedKind) -> str:
    table: str = kind.model._meta.db_table
    return table


def _history(kind: CountedKind) -> str:
    table: str = kind.model.pgh_event_model._meta.db_table
    return table


def _months(kind: CountedKind, version: str) -> str:
    """Of one version, as a multirange of days."""
    span = f"daterange(({kind.first.sql()})::date, ({kind.last.sql()})::date, '[]')"
    whole = f"CASE WHEN {kind.counts} THEN datemultirange({span}) ELSE '{{}}'::datemultirange END"
    return f"(SELECT {whole} FROM (SELECT {version}.*) AS v)"


def _reach(kind: CountedKind) -> str:
    """The days of which a change must say something to count for an approved month `a`."""
    first = "date_trunc('year', a.month)::date" if kind.counts_on else "a.month"
    return f"daterange({first}, a.month, '[]')"


def _shown(kind: CountedKind, version: str) -> str:
    return _json(version, kind.columns)


def _said(kind: CountedKind, version: str) -> str:
    """What must differ for a change of all its months."""
    return _json(version, (*kind.counted, *kind.word))


def _json(version: str, columns: Iterable[str]) -> str:
    pairs = ", ".join(f"'{column}', {version}.{column}" for column in columns)
    return f"jsonb_build_object({pairs})"


_STATES = ", ".join(f"'{state.value}'" for state in sorted(APPROVED_STATES))
# Approvals of regions' months: the last step that checked or closed. Parameters: regions, months.
_APPROVED = f"""
approved AS MATERIALIZED (
  SELECT s.region_id, s.month, max(s.at) AS at FROM regions_monthstep AS s
  WHERE s.region_id = ANY(%s::text[]) AND s.month = ANY(%s::date[]) AND s.to_state IN ({_STATES})
  GROUP BY s.region_id, s.month)
"""
# The moment from which changes count for the check of a month that was closed before: since it was last
# closed, or since it was first reopened where it never was. Parameters: regions, months.
_HANDED_OUT = """
approved AS MATERIALIZED (
  SELECT s.region_id, s.month,
    coalesce(max(s.at) FILTER (WHERE s.to_state = 'closed'),
             min(s.at) FILTER (WHERE s.to_state = 'reopened')) AS at
  FROM regions_monthstep AS s
  WHERE s.region_id = ANY(%s::text[]) AND s.month = ANY(%s::date[]) AND s.to_state IN ('closed', 'reopened')
  GROUP BY s.region_id, s.month)
"""
# The places whose facts count for an approved month: its own region; those above, where facts reach down;
# and those below that it sums, but for what is closed there and therefore summed as it was closed.
_PLACES = f"""
places AS MATERIALIZED (
  SELECT region_id, month, at, region_id AS place, FALSE AS above FROM approved
  UNION ALL
  SELECT a.region_id, a.month, a.at, higher.code, TRUE FROM approved AS a
  CROSS JOIN LATERAL unnest(ARRAY['{NATION}', split_part(a.region_id, '.', 1)]) AS higher (code)
  WHERE higher.code <> a.region_id AND a.region_id <> '{NATION}'
  UNION ALL
  SELECT a.region_id, a.month, a.at, r.code, FALSE FROM approved AS a
  JOIN regions_region AS r ON r.level IN (1, 2) AND r.code <> a.region_id
    AND (a.region_id = '{NATION}' OR starts_with(r.code, a.region_id || '.'))
  WHERE position('.' IN a.region_id) = 0 AND NOT EXISTS (
    SELECT FROM regions_reportingmonth AS closed
    WHERE closed.month = a.month AND closed.state = 'closed' AND closed.region_id <> a.region_id
      AND closed.region_id IN (r.code, split_part(r.code, '.', 1))))
"""
_COLUMNS = "region_code, month, kind, act, at, pk, place, before, after, who, reason"


def counting_sql(kinds: Iterable[CountedKind], *, since: str = _APPROVED) -> str:
    """One row per change and month that it counts for since then, as a common table expression `moved`."""
    parts = [part for kind in kinds for part in (_made(kind), _corrected(kind), _removed(kind))]
    union = "\nUNION ALL\n".join([*parts, _acts()])
    return f"WITH {since}, {_PLACES}, moved ({_COLUMNS}) AS (\n{union}\n)"


def changers_of(codes: Iterable[str], months: Iterable[date]) -> dict[tuple[str, date], set[int]]:
    """(Region code, month) → who changed what it says since it was last closed, or reopened; one question.

    What a program changed, the person who answers for it changed too.
    """
    moved = counting_sql(counted_kinds(), since=_HANDED_OUT)
    found: dict[tuple[str, date], set[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{moved} SELECT DISTINCT m.region_code, m.month, w.who FROM moved AS m
            LEFT JOIN {User._meta.db_table} AS u ON u.id = m.who
            CROSS JOIN LATERAL (VALUES (m.who), (u.keeper_id)) AS w(who) WHERE w.who IS NOT NULL""",
            counting_parameters(codes, months),
        )
        for code, month, who in cursor.fetchall():
            found.setdefault((code, month), set()).add(who)
    return found


def counting_parameters(codes: Iterable[str], months: Iterable[date]) -> list[Any]:
    return [list(codes), list(months)]


def _place(at: str) -> str:
    """A row counts for its own region and those above it, never for those below."""
    return f"{at} = a.place AND NOT a.above"


def _made(kind: CountedKind) -> str:
    """The first version of every row, removed ones too, as it was when it was entered."""
    return f"""
SELECT a.region_id, a.month, '{kind_name(kind)}', 'made', o.entered_at, o.id, o.region_id,
  NULL::jsonb, f.told, f.who, ''
FROM places AS a JOIN (
  SELECT id, region_id, entered_at FROM {_table(kind)}
  UNION ALL SELECT id, region_id, entered_at FROM {_history(kind)} WHERE pgh_label = 'delete'
) AS o ON o.entered_at > a.at AND {_place("o.region_id")}
CROSS JOIN LATERAL (
  SELECT {_shown(kind, "e")} AS told, {_months(kind, "e")} AS months, e.entered_by_id AS who, e.pgh_id AS step
  FROM {_history(kind)} AS e WHERE e.pgh_obj_id = o.id
  UNION ALL SELECT {_shown(kind, "m")}, {_months(kind, "m")}, m.entered_by_id, NULL
  FROM {_table(kind)} AS m WHERE m.id = o.id
  ORDER BY step NULLS LAST LIMIT 1
) AS f
WHERE f.months && {_reach(kind)}"""


def _corrected(kind: CountedKind) -> str:
    """Each earlier version beside the one that took its place."""
    return f"""
SELECT a.region_id, a.month, '{kind_name(kind)}', 'corrected', n.at, e.id, e.region_id,
  {_shown(kind, "e")}, n.told,
  coalesce((c.metadata ->> 'user')::bigint, n.who), coalesce(c.metadata ->> 'reason', '')
FROM places AS a
JOIN {_history(kind)} AS e ON e.pgh_label = 'update' AND e.pgh_created_at > a.at - interval '1 day'
  AND {_place("e.region_id")}
LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id
CROSS JOIN LATERAL (
  SELECT {_shown(kind, "x")} AS told, {_said(kind, "x")} AS said, {_months(kind, "x")} AS months,
    x.entered_by_id AS who, x.pgh_id AS step, greatest(e.pgh_created_at, x.changed_at) AS at
  FROM {_history(kind)} AS x WHERE x.pgh_obj_id = e.pgh_obj_id AND x.pgh_id > e.pgh_id
  UNION ALL SELECT {_shown(kind, "m")}, {_said(kind, "m")}, {_months(kind, "m")}, m.entered_by_id, NULL,
    greatest(e.pgh_created_at, m.changed_at)
  FROM {_table(kind)} AS m WHERE m.id = e.pgh_obj_id
  ORDER BY step NULLS LAST LIMIT 1
) AS n
CROSS JOIN LATERAL (SELECT {_months(kind, "e")} AS months) AS o
WHERE n.at > a.at AND {_reach(kind)} && CASE WHEN n.said = {_said(kind, "e")}
  THEN o.months + n.months - o.months * n.months ELSE o.months + n.months END"""


def _removed(kind: CountedKind) -> str:
    return f"""
SELECT a.region_id, a.month, '{kind_name(kind)}', 'removed', e.pgh_created_at, e.id, e.region_id,
  {_shown(kind, "e")},
  NULL::jsonb, (c.metadata ->> 'user')::bigint, coalesce(c.metadata ->> 'reason', '')
FROM places AS a
JOIN {_history(kind)} AS e ON e.pgh_label = 'delete' AND e.pgh_created_at > a.at
  AND {_place("e.region_id")}
LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id
WHERE {_months(kind, "e")} && {_reach(kind)}"""


def _acts() -> str:
    """What has no history of rows (rates, definitions, persons merged): acts that say for which months."""
    return f"""
SELECT a.region_id, a.month, '{Act._meta.label_lower}', t.verb, t.at, t.id, t.region_code, NULL::jsonb,
  jsonb_build_object('subject', t.subject), t.actor_id, coalesce(t.detail ->> 'reason', '')
FROM places AS a
JOIN {Act._meta.db_table} AS t ON t.at > a.at AND t.detail ? 'counted_months'
  AND coalesce(nullif(t.region_code, ''), '{NATION}') = a.place
WHERE EXISTS (
  SELECT FROM jsonb_array_elements(t.detail -> 'counted_months') AS span
  WHERE a.month BETWEEN (span ->> 0)::date AND coalesce((span ->> 1)::date, 'infinity'))"""
