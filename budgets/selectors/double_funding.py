"""Persons for whom two payers pay in the same month, and what it costs.

A person is a row with all that was merged into it, and the rows of equal NIK elsewhere. Month by month
the spells are taken by precedence (who began earlier first among equals): a spell stays unless one that
stays already has another payer, and the two categories are not on the list of those that go together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from budgets.selectors.price_table import Prices, price_arrays
from participants.enums import PayerKind
from participants.models import Enrolment, Participant
from regions.access import Scope, require, scope_of
from regions.models import User
from regions.month import fiscal_year_start
from regions.roles import Permission

_DROPPED = """
WITH RECURSIVE own AS MATERIALIZED (
    SELECT id, coalesce(merged_into_id, id) AS root, nik_digest
    FROM participants_participant
    WHERE %(code)s = 'ID' OR region_id = %(code)s OR region_id LIKE %(code)s || '.%%'
),
-- Rows of one NIK in several regions of the subtree, and through them whole families, are one person.
shared AS MATERIALIZED (
    SELECT root, nik_digest FROM own
    WHERE nik_digest IN (SELECT nik_digest FROM own GROUP BY nik_digest HAVING count(*) > 1)
),
reach AS (
    SELECT root AS start, root FROM shared
    UNION
    SELECT r.start, t.root
    FROM reach r JOIN shared s ON s.root = r.root JOIN shared t ON t.nik_digest = s.nik_digest
),
joined AS (SELECT start, min(root) AS person FROM reach GROUP BY start),
inside AS MATERIALIZED (
    SELECT own.id, own.nik_digest, coalesce(joined.person, own.root) AS person
    FROM own LEFT JOIN joined ON joined.start = own.root
),
twins AS MATERIALIZED (
    SELECT DISTINCT inside.person, coalesce(twin.merged_into_id, twin.id) AS root
    FROM inside JOIN participants_participant twin ON twin.nik_digest = inside.nik_digest
    WHERE NOT (%(code)s = 'ID' OR twin.region_id = %(code)s OR twin.region_id LIKE %(code)s || '.%%')
),
people AS MATERIALIZED (
    SELECT person, id, TRUE AS is_own FROM inside
    UNION
    SELECT person, root, FALSE FROM twins
    UNION
    SELECT twins.person, row.id, FALSE
    FROM twins JOIN participants_participant row ON row.merged_into_id = twins.root
),
spells AS MATERIALIZED (
    SELECT people.person, people.is_own, e.id, e.category_id::text AS category, e.first_month AS began,
           p.region_id || ' ' || e.funding_id AS payer, f.precedence,
           greatest(e.first_month, %(start)s) AS first_month,
           least(coalesce(e.last_month, %(month)s), %(month)s) AS last_month
    FROM people
    JOIN participants_enrolment e ON e.participant_id = people.id
    JOIN participants_participant p ON p.id = e.participant_id
    JOIN participants_fundingsource f ON f.code = e.funding_id
    WHERE e.state IN ('active', 'ended') AND e.first_month <= %(month)s
      AND (e.last_month IS NULL OR e.last_month >= %(start)s)
      AND (%(persons)s::bigint[] IS NULL OR people.person = ANY(%(persons)s::bigint[]))
),
several AS MATERIALIZED (
    SELECT spells.* FROM spells
    JOIN (SELECT person FROM spells GROUP BY person HAVING min(payer) <> max(payer)) AS p USING (person)
),
-- Stretches of months in which nothing begins and nothing ends are looked at once.
points AS (
    SELECT person, first_month AS at FROM several
    UNION
    SELECT person, (last_month + interval '1 month')::date FROM several
),
stretches AS (
    SELECT person, at, lead(at) OVER (PARTITION BY person ORDER BY at) AS until FROM points
),
turns AS MATERIALIZED (
    SELECT s.*, w.at, w.until,
           row_number() OVER (PARTITION BY s.person, w.at ORDER BY s.precedence, s.began, s.id) AS turn
    FROM several s
    JOIN stretches w ON w.person = s.person AND w.at BETWEEN s.first_month AND s.last_month
),
walk AS (
    SELECT person, at, until, turn, id, is_own, ARRAY[]::bigint[] AS beside, FALSE AS beside_own,
           ARRAY[id] AS stay, ARRAY[payer] AS payers, ARRAY[category] AS categories, ARRAY[is_own] AS owns
    FROM turns WHERE turn = 1
    UNION ALL
    SELECT t.person, t.at, t.until, t.turn, t.id, t.is_own, against.ids, against.any_own,
           CASE WHEN against.ids = '{}' THEN w.stay || t.id ELSE w.stay END,
           CASE WHEN against.ids = '{}' THEN w.payers || t.payer ELSE w.payers END,
           CASE WHEN against.ids = '{}' THEN w.categories || t.category ELSE w.categories END,
           CASE WHEN against.ids = '{}' THEN w.owns || t.is_own ELSE w.owns END
    FROM walk w
    JOIN turns t ON t.person = w.person AND t.at = w.at AND t.turn = w.turn + 1
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(s.id ORDER BY s.id), '{}') AS ids,
               coalesce(bool_or(s.own), FALSE) AS any_own
        FROM unnest(w.stay, w.payers, w.categories, w.owns) AS s(id, payer, category, own)
        WHERE s.payer <> t.payer AND NOT (s.category <> t.category AND EXISTS (
            SELECT FROM participants_overlapallowance a
            WHERE (a.first_id = s.category AND a.second_id = t.category)
               OR (a.first_id = t.category AND a.second_id = s.category)))
    ) AS against
),
months AS (SELECT m::date AS month FROM generate_series(%(start)s, %(month)s, interval '1 month') AS m),
prices AS MATERIALIZED (
    SELECT * FROM unnest(%(price_keys)s::text[], %(price_programmes)s::text[], %(price_rupiah)s::bigint[],
                         %(price_first)s::date[], %(price_last)s::date[])
        AS price(key, programme, rupiah, first, last)
),
-- Two payers outside that meet are the matter of those regions.
found AS MATERIALIZED (
    SELECT walk.person, walk.at, walk.until, walk.id, walk.beside, e.programmes, e.segment
           || CASE WHEN f.is_government THEN '|t|' ELSE '|f|' END
           || CASE WHEN e.segment = 'pu' THEN p.region_id || '|' || e.category_id
                   WHEN e.category_id = ANY(%(transport)s) THEN 'transport' ELSE '' END AS key
    FROM walk JOIN participants_enrolment e ON e.id = walk.id
    JOIN participants_participant p ON p.id = e.participant_id
    JOIN participants_fundingsource f ON f.code = e.funding_id
    WHERE walk.beside <> '{}' AND (walk.is_own OR walk.beside_own)
),
-- Each combination is priced once; it has no price unless each of its programmes has one.
priced AS MATERIALIZED (
    SELECT wanted.key, wanted.programmes, wanted.month,
           CASE WHEN count(*) = count(prices.rupiah) THEN sum(prices.rupiah) END AS rupiah
    FROM (SELECT DISTINCT key, programmes, months.month FROM found
          JOIN months ON months.month >= found.at AND months.month < found.until) AS wanted
    CROSS JOIN LATERAL unnest(wanted.programmes) AS one(programme)
    LEFT JOIN prices ON prices.key = wanted.key AND prices.programme = one.programme
                    AND wanted.month BETWEEN prices.first AND prices.last
    GROUP BY wanted.key, wanted.programmes, wanted.month
),
dropped AS (
    SELECT found.person, found.id, found.beside, months.month, priced.rupiah
    FROM found
    JOIN months ON months.month >= found.at AND months.month < found.until
    LEFT JOIN priced ON priced.key = found.key AND priced.programmes = found.programmes
                    AND priced.month = months.month
),
-- Months of one number of a run follow each other without a gap.
runs AS (
    SELECT dropped.*, month - interval '1 month' * row_number() OVER (
        PARTITION BY person, id, beside ORDER BY month) AS run
    FROM dropped
)
"""

_SUMMARY = (
    _DROPPED
    + """
SELECT person, count(DISTINCT month), coalesce(sum(rupiah), 0)::bigint,
       count(*) FILTER (WHERE rupiah IS NULL), bool_or(month = %(month)s)
FROM dropped GROUP BY person ORDER BY 3 DESC, 2 DESC, person
"""
)

_LINES = (
    _DROPPED
    + """
SELECT person, id, beside, count(*), min(month), max(month), sum(rupiah)::bigint,
       count(*) FILTER (WHERE rupiah IS NULL)
FROM runs GROUP BY person, id, beside, run ORDER BY person, min(month), id
"""
)


@dataclass(frozen=True)
class Payer:
    """Who pays, as far as this reader may know: of another region's payer only the kind."""

    words: str
    is_hidden: bool
    category: str = ""
    region: str = ""


@dataclass(frozen=True)
class Line:
    """Months in which `drops` should not have paid, since `stays` did; no dates of another region."""

    drops: Payer
    stays: list[Payer]
    months: int
    first_month: date | None
    last_month: date | None
    rupiah: int | None
    unpriced: int


@dataclass(frozen=True)
class Doubled:
    """A person for whom more than one payer paid since the beginning of the fiscal year."""

    person_id: int
    months: int
    rupiah: int
    unpriced: int
    goes_on: bool
    person: Participant | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Totals:
    persons: int
    person_months: int
    rupiah: int
    unpriced: int
    going_on: int


def list_double_funding(
    user: User, region_code: str, month: date, prices: Prices | None = None
) -> list[Doubled]:
    """Persons of the region, most rupiah first, without particulars; for those see `explain_persons`."""
    require(user, Permission.VIEW_PERSONS, region_code)
    return [Doubled(*row) for row in _ask(_SUMMARY, region_code, month, prices)]


def sum_double_funding(rows: Sequence[Doubled]) -> Totals:
    return Totals(
        persons=len(rows),
        person_months=sum(row.months for row in rows),
        rupiah=sum(row.rupiah for row in rows),
        unpriced=sum(row.unpriced for row in rows),
        going_on=sum(row.goes_on for row in rows),
    )


def explain_persons(
    user: User, region_code: str, month: date, rows: Sequence[Doubled], prices: Prices | None = None
) -> list[Doubled]:
    """The same persons with their names, payers and months."""
    require(user, Permission.VIEW_PERSONS, region_code)
    pks = [row.person_id for row in rows]
    people = Participant.objects.select_related("region").in_bulk(pks)
    found = _ask(_LINES, region_code, month, prices, pks) if pks else []
    payers = _payers(scope_of(user), {pk for line in found for pk in (line[1], *line[2])})
    lines: dict[int, list[Line]] = {}
    for person, drops, stays, months, first, last, rupiah, unpriced in found:
        known = not any(payers[pk].is_hidden for pk in (drops, *stays))
        line = Line(
            drops=payers[drops],
            stays=[payers[pk] for pk in stays],
            months=months,
            first_month=first if known else None,
            last_month=last if known else None,
            rupiah=rupiah,
            unpriced=unpriced,
        )
        lines.setdefault(person, []).append(line)
    return [
        replace(row, person=people.get(row.person_id), lines=lines.get(row.person_id, [])) for row in rows
    ]


def _ask(
    sql: str, code: str, month: date, prices: Prices | None, persons: list[int] | None = None
) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "code": code,
        "start": fiscal_year_start(month),
        "month": month,
        "persons": persons,
        **(prices or price_arrays(fiscal_year_start(month), month)),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _payers(scope: Scope, spells: set[int]) -> dict[int, Payer]:
    rows = Enrolment.objects.filter(pk__in=spells).select_related(
        "category", "funding", "participant__region"
    )
    return {row.pk: _payer(scope, row) for row in rows}


def _payer(scope: Scope, spell: Enrolment) -> Payer:
    region = spell.participant.region
    if not scope.holds(Permission.VIEW_PERSONS, region.pk):
        return Payer(_elsewhere(PayerKind(spell.funding.payer)), is_hidden=True)
    return Payer(spell.funding.name, False, spell.category.name, region.full_label)


def _elsewhere(kind: PayerKind) -> str:
    return {
        PayerKind.LOCAL_GOVERNMENT: _("dibayar pemerintah daerah lain"),
        PayerKind.CENTRAL_GOVERNMENT: _("dibayar pemerintah pusat, tercatat di daerah lain"),
        PayerKind.VILLAGE: _("dibayar pemerintah desa di daerah lain"),
        PayerKind.ELECTION_BODY: _("dibayar penyelenggara pemilu di daerah lain"),
        PayerKind.COMPANY: _("dibayar perusahaan di daerah lain"),
        PayerKind.CHARITY: _("dibayar lembaga amal di daerah lain"),
        PayerKind.WORKER: _("dibayar pekerja sendiri, tercatat di daerah lain"),
    }[kind]
