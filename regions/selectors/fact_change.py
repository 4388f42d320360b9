"""Which stored changes of facts count for which months: told from the rows and their history.

A change is the making of a row, a correction of it, or its removal. Each counts for the months for which
what the row says has become something else: a payment moved to another month counts for both, a spell
made longer for the months added.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model

from regions.models import Act
from regions.models.region import NATION
from regions.roles import Permission

PROVENANCE = ("source", "source_url", "as_of", "note")


@dataclass(frozen=True)
class CountedKind:
    """How a table of facts says for which months its rows count.

    `first` and `last` are SQL over one version `v` of a row (`'infinity'` for no last month); `counts` says
    whether the version counts at all. A change of `values`, or of `word` (who says so), changes every month.
    """

    model: type[Model]
    values: tuple[str, ...]
    first: str
    last: str
    counts: str = "TRUE"
    word: tuple[str, ...] = PROVENANCE
    # Told with a change, though not what it is about: which row it is, and columns that make the months.
    named: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    reaches_down: bool = False
    # What is told of a month also counts in what is summed from January on.
    counts_on: bool = False
    # The page of a row with its history, and who may open it.
    url_name: str = ""
    permission: Permission | None = None

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def history(self) -> str:
        return self.model.pgh_event_model._meta.db_table  # type: ignore[attr-defined]

    def months(self, version: str) -> str:
        """Of one version, as a multirange of days."""
        span = f"daterange(({self.first})::date, ({self.last})::date, '[]')"
        whole = f"CASE WHEN {self.counts} THEN datemultirange({span}) ELSE '{{}}'::datemultirange END"
        return f"(SELECT {whole} FROM (SELECT {version}.*) AS v)"

    @property
    def reach(self) -> str:
        """The days of which a change must tell something to count for an approved month `a`."""
        first = "date_trunc('year', a.month)::date" if self.counts_on else "a.month"
        return f"daterange({first}, a.month, '[]')"

    @property
    def columns(self) -> tuple[str, ...]:
        """What the history tells of a version."""
        return tuple(dict.fromkeys((*self.named, *self.values, *self.also, *self.word)))

    def told(self, version: str) -> str:
        return _json(version, self.columns)

    def said(self, version: str) -> str:
        """What must differ for a change of all its months."""
        return _json(version, (*self.values, *self.word))


def _json(version: str, columns: Iterable[str]) -> str:
    pairs = ", ".join(f"'{column}', {version}.{column}" for column in columns)
    return f"jsonb_build_object({pairs})"


def year_end(day: str) -> str:
    """The last month of the year of a day, in SQL."""
    return f"date_trunc('year', {day}) + interval '11 months'"


# Approvals of regions' months: the last verifying or closing step. Parameters: regions, months.
_APPROVED = """
approved AS MATERIALIZED (
  SELECT s.region_id, s.month, max(s.at) AS at FROM regions_monthstep AS s
  WHERE s.region_id = ANY(%s::text[]) AND s.month = ANY(%s::date[]) AND s.to_state IN ('verified', 'closed')
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


def counting_sql(kinds: Iterable[CountedKind]) -> str:
    """One row per change and approved month that it counts for, as a common table expression `moved`."""
    parts = [part for kind in kinds for part in (_made(kind), _corrected(kind), _removed(kind))]
    union = "\nUNION ALL\n".join([*parts, _acts()])
    return f"WITH {_APPROVED}, {_PLACES}, moved ({_COLUMNS}) AS (\n{union}\n)"


def counting_parameters(codes: Iterable[str], months: Iterable[date]) -> list[Any]:
    return [list(codes), list(months)]


def _place(kind: CountedKind, at: str) -> str:
    return f"{at} = a.place" if kind.reaches_down else f"{at} = a.place AND NOT a.above"


def _made(kind: CountedKind) -> str:
    """The first version of every row, removed ones too, as it was when it was entered."""
    return f"""
SELECT a.region_id, a.month, '{kind.name}', 'made', o.entered_at, o.id, o.region_id,
  NULL::jsonb, f.told, f.who, ''
FROM places AS a JOIN (
  SELECT id, region_id, entered_at FROM {kind.table}
  UNION ALL SELECT id, region_id, entered_at FROM {kind.history} WHERE pgh_label = 'delete'
) AS o ON o.entered_at > a.at AND {_place(kind, "o.region_id")}
CROSS JOIN LATERAL (
  SELECT {kind.told("e")} AS told, {kind.months("e")} AS months, e.entered_by_id AS who, e.pgh_id AS step
  FROM {kind.history} AS e WHERE e.pgh_obj_id = o.id
  UNION ALL SELECT {kind.told("m")}, {kind.months("m")}, m.entered_by_id, NULL
  FROM {kind.table} AS m WHERE m.id = o.id
  ORDER BY step NULLS LAST LIMIT 1
) AS f
WHERE f.months && {kind.reach}"""


def _corrected(kind: CountedKind) -> str:
    """Each earlier version beside the one that took its place."""
    return f"""
SELECT a.region_id, a.month, '{kind.name}', 'corrected', n.at, e.id, e.region_id, {kind.told("e")}, n.told,
  coalesce((c.metadata ->> 'user')::bigint, n.who), coalesce(c.metadata ->> 'reason', '')
FROM places AS a
JOIN {kind.history} AS e ON e.pgh_label = 'update' AND e.pgh_created_at > a.at - interval '1 day'
  AND {_place(kind, "e.region_id")}
LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id
CROSS JOIN LATERAL (
  SELECT {kind.told("x")} AS told, {kind.said("x")} AS said, {kind.months("x")} AS months,
    x.entered_by_id AS who, x.pgh_id AS step, greatest(e.pgh_created_at, x.changed_at) AS at
  FROM {kind.history} AS x WHERE x.pgh_obj_id = e.pgh_obj_id AND x.pgh_id > e.pgh_id
  UNION ALL SELECT {kind.told("m")}, {kind.said("m")}, {kind.months("m")}, m.entered_by_id, NULL,
    greatest(e.pgh_created_at, m.changed_at)
  FROM {kind.table} AS m WHERE m.id = e.pgh_obj_id
  ORDER BY step NULLS LAST LIMIT 1
) AS n
CROSS JOIN LATERAL (SELECT {kind.months("e")} AS months) AS o
WHERE n.at > a.at AND {kind.reach} && CASE WHEN n.said = {kind.said("e")}
  THEN o.months + n.months - o.months * n.months ELSE o.months + n.months END"""


def _removed(kind: CountedKind) -> str:
    return f"""
SELECT a.region_id, a.month, '{kind.name}', 'removed', e.pgh_created_at, e.id, e.region_id, {kind.told("e")},
  NULL::jsonb, (c.metadata ->> 'user')::bigint, coalesce(c.metadata ->> 'reason', '')
FROM places AS a
JOIN {kind.history} AS e ON e.pgh_label = 'delete' AND e.pgh_created_at > a.at
  AND {_place(kind, "e.region_id")}
LEFT JOIN pghistory_context AS c ON c.id = e.pgh_context_id
WHERE {kind.months("e")} && {kind.reach}"""


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
