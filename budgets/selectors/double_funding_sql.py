"""The question of double funding in SQL; `double_funding` says in words what it does."""

_ALL = """
WITH RECURSIVE own AS MATERIALIZED (
    SELECT id, coalesce(merged_into_id, id) AS root, nik_digest
    FROM participants_participant
    WHERE %(code)s = 'ID' OR region_id = %(code)s OR region_id LIKE %(code)s || '.%%'
),
"""

# Only persons asked for, and whoever is one of them by an equal NIK in the subtree: found by index, where
# the rows of a region would be read one and all.
_SOME = """
WITH RECURSIVE family AS (
    SELECT unnest(%(persons)s::bigint[]) AS root
    UNION
    SELECT coalesce(twin.merged_into_id, twin.id)
    FROM family
    CROSS JOIN LATERAL (
        SELECT nik_digest FROM participants_participant WHERE id = family.root
        UNION ALL
        SELECT nik_digest FROM participants_participant WHERE merged_into_id = family.root
    ) AS row
    JOIN participants_participant twin ON twin.nik_digest = row.nik_digest
    WHERE %(code)s = 'ID' OR twin.region_id = %(code)s OR twin.region_id LIKE %(code)s || '.%%'
),
own AS MATERIALIZED (
    SELECT row.id, family.root, row.nik_digest
    FROM family
    CROSS JOIN LATERAL (
        SELECT id, region_id, nik_digest FROM participants_participant WHERE id = family.root
        UNION ALL
        SELECT id, region_id, nik_digest FROM participants_participant WHERE merged_into_id = family.root
    ) AS row
    WHERE %(code)s = 'ID' OR row.region_id = %(code)s OR row.region_id LIKE %(code)s || '.%%'
),
"""

_DROPPED = """
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

_SUMMED = """
SELECT person, count(DISTINCT month), coalesce(sum(rupiah), 0)::bigint,
       count(*) FILTER (WHERE rupiah IS NULL), bool_or(month = %(month)s)
FROM dropped GROUP BY person ORDER BY 3 DESC, 2 DESC, person
"""

_IN_LINES = """
SELECT person, id, beside, count(*), min(month), max(month), sum(rupiah)::bigint,
       count(*) FILTER (WHERE rupiah IS NULL)
FROM runs GROUP BY person, id, beside, run ORDER BY person, min(month), id
"""

SUMMARY = _ALL + _DROPPED + _SUMMED
SUMMARY_OF_SOME = _SOME + _DROPPED + _SUMMED
LINES_OF_SOME = _SOME + _DROPPED + _IN_LINES
